// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/toolstore.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTabWidget;

namespace diptych {

class JsonEdit;
class MockTable;
class ParameterTable;

/// One tool, as a form and as JSON, which edit the same, and how its calls are answered.
class ToolEditor : public QWidget
{
    Q_OBJECT
public:
    explicit ToolEditor(QWidget *parent = nullptr);

    void setTool(const LibraryTool &tool);
    [[nodiscard]] const LibraryTool &tool() const { return m_tool; }
    void showAnswerPage();
    void showJsonPage();

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QWidget *formPage();
    [[nodiscard]] QWidget *jsonPage();
    void takeForm();
    void takeJson(const QJsonValue &value);
    void refresh();
    void report();

    LibraryTool m_tool {};
    QTabWidget *m_tabs;
    QLineEdit *m_name;
    QPlainTextEdit *m_description;
    ParameterTable *m_parameters;
    QLabel *m_hidden;
    QLabel *m_problem;
    JsonEdit *m_json;
    QLabel *m_jsonProblem;
    MockTable *m_answer;
    bool m_isRefreshing = false;
};

} // namespace diptych
