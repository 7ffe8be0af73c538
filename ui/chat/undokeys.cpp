// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/undokeys.h"

#include <QKeyEvent>
#include <QPlainTextEdit>

namespace diptych {

UndoKeys::UndoKeys(QPlainTextEdit *edit)
    : QObject(edit)
    , m_edit(edit)
{
    edit->installEventFilter(this);
}

bool UndoKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit || event->type() != QEvent::ShortcutOverride)
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool passes = (key->matches(QKeySequence::Undo) && !m_edit->document()->isUndoAvailable())
        || (key->matches(QKeySequence::Redo) && !m_edit->document()->isRedoAvailable());
    if (!passes)
        return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
}

} // namespace diptych
