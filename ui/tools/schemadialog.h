// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"
#include "store/toolstore.h"

#include <QDialog>
#include <QUndoStack>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace diptych {

class JsonEdit;

/// The form of answers: text, any JSON, or JSON by a schema, which is written here or taken from the library. To be
/// shown with open().
class SchemaDialog : public QDialog
{
    Q_OBJECT
public:
    SchemaDialog(const ToolCollection &collection, const RequestSettings &settings, const QString &scope,
        QWidget *parent = nullptr);

    [[nodiscard]] const ToolCollection &collection() const { return m_collection; }
    [[nodiscard]] RequestSettings settings() const;

private:
    [[nodiscard]] QWidget *libraryRow();
    [[nodiscard]] QWidget *editorColumn();
    [[nodiscard]] ResponseFormat format() const;
    void showFormat(const ResponseFormat &format);
    void fillLibrary();
    void keep();
    void forget();
    void setCollection(const ToolCollection &collection);
    void refresh();

    ToolCollection m_collection;
    RequestSettings m_settings;
    QUndoStack m_undo;
    QComboBox *m_type;
    QComboBox *m_library;
    QPushButton *m_forget = nullptr;
    QPushButton *m_keep = nullptr;
    QWidget *m_schemaPart = nullptr;
    QLineEdit *m_name;
    QCheckBox *m_strict;
    JsonEdit *m_schema;
    QPlainTextEdit *m_sample;
    QLabel *m_verdict;
    QLabel *m_problem;
    QPushButton *m_ok = nullptr;
};

} // namespace diptych
