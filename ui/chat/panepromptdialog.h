// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

class QCheckBox;
class QPlainTextEdit;

namespace diptych {

/// The system prompt of one pane: the session's, or one of its own.
class PanePromptDialog : public QDialog
{
    Q_OBJECT
public:
    /// `pane`: how people know it, "pane 2, guide". `own` unset: the session's holds.
    PanePromptDialog(const QString &pane, const QString &sessionPrompt, const std::optional<QString> &own,
        QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void promptChosen(const std::optional<QString> &own);

private:
    QCheckBox *m_isOwn;
    QPlainTextEdit *m_text;
};

} // namespace diptych
