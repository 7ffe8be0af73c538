// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QPlainTextEdit;

namespace diptych {

/// Lets Ctrl+Z in a text field through to the window when there is no typing to take back: who has just closed a pane
/// still has the cursor in the composer.
class UndoKeys : public QObject
{
    Q_OBJECT
public:
    explicit UndoKeys(QPlainTextEdit *edit);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPlainTextEdit *m_edit;
};

} // namespace diptych
