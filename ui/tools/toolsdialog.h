// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"
#include "store/toolstore.h"

#include <QDialog>
#include <QSet>
#include <QUndoStack>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;

namespace diptych {

class ToolEditor;

/// The library of tools, and which of them a session offers to its models. Works on a copy: nothing is changed before
/// OK, and every edit can be undone. To be shown with open().
class ToolsDialog : public QDialog
{
    Q_OBJECT
public:
    /// Tools of the settings that are not in the library are added to it. `scope` says whose settings they are.
    ToolsDialog(const ToolCollection &collection, const RequestSettings &settings, const QString &scope,
        QWidget *parent = nullptr);

    [[nodiscard]] const ToolCollection &collection() const { return m_state.collection; }
    /// The settings with the tools that were chosen.
    [[nodiscard]] RequestSettings settings() const;
    void importJson(const QByteArray &json);
    void showTool(int row);
    [[nodiscard]] ToolEditor &editor() { return *m_editor; }

Q_SIGNALS:
    void callsRequested(); ///< to see the table of calls

private:
    struct State {
        ToolCollection collection {};
        QSet<QString> offered {};
        bool operator==(const State &) const = default;
    };
    [[nodiscard]] QWidget *libraryColumn();
    [[nodiscard]] QWidget *choiceRow();
    [[nodiscard]] QWidget *buttonRow();
    void restore(const State &state);
    void commit(const QString &text, const State &after, int kind = -1);
    void fillList(int row);
    void fillChoices();
    void takeEditor();
    void takeCheck(QListWidgetItem *item);
    void addTool();
    void duplicateTool();
    void removeTool();
    void importFile();
    void refresh();
    [[nodiscard]] QString freshName(const QString &wanted) const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] std::optional<ToolChoice> choice() const;

    RequestSettings m_settings;
    State m_state {};
    QUndoStack m_undo;
    QListWidget *m_list;
    ToolEditor *m_editor;
    QLabel *m_empty;
    QComboBox *m_choice;
    QComboBox *m_parallel;
    QLabel *m_problem;
    QPushButton *m_ok = nullptr;
    QToolButton *m_remove = nullptr;
    QToolButton *m_duplicate = nullptr;
    bool m_isFilling = false;
};

} // namespace diptych
