// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>

#include <map>

class QAction;

namespace diptych {

class Conversation;

/// What of a conversation an edit can change, and undo brings back. Questions and answers are not among it: they are
/// kept anyway, on their branches.
struct EditableState {
    std::vector<PaneState> panes {};
    RequestSettings settings {};
    QString systemPrompt {};
    QString title {};
    QJsonObject variables {};
    std::map<qint64, qint64> adopted {}; ///< turn → answer
    qint64 leaf = 0; ///< last turn of the branch that is shown; 0: none
    bool operator==(const EditableState &) const = default;
};

/// Undo and redo for every edit of a conversation, whoever made it: it compares what was there before a signal of the
/// conversation with what is there after it. Another session begins with an empty history.
class ConversationUndo : public QObject
{
    Q_OBJECT
public:
    explicit ConversationUndo(Conversation &conversation, QObject *parent = nullptr);
    ~ConversationUndo() override;

    [[nodiscard]] QUndoStack &stack() { return m_stack; }
    /// "Undo: remove pane 2" and "Redo: …", with the usual keys; they belong to `parent`.
    [[nodiscard]] QAction *createUndoAction(QObject *parent);
    [[nodiscard]] QAction *createRedoAction(QObject *parent);

    /// Makes the conversation what it was before or after an edit that led from `from` to `to`; what did not differ
    /// between the two stays as it is now.
    void apply(const EditableState &from, const EditableState &to);

private:
    void startAnew();
    void noteEdit();
    void noteTurn();
    [[nodiscard]] EditableState current() const;
    void applyPanes(const std::vector<PaneState> &panes);
    void applyAdopted(const std::map<qint64, qint64> &from, const std::map<qint64, qint64> &to);
    void applyLeaf(qint64 turnId);

    Conversation &m_conversation;
    QUndoStack m_stack;
    EditableState m_known;
    QElapsedTimer m_sinceEdit;
    bool m_isApplying = false;
};

} // namespace diptych
