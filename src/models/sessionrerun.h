// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/conversation.h"

namespace diptych {

/// Asks every turn of a session again, of the models that its panes have now, in a copy of the session: each turn with
/// the history that the new answers make. The tools that were answered then get the same results now.
class SessionRerun : public QObject
{
    Q_OBJECT
public:
    /// `store` may be null: the copy is not kept then. All must outlive the run.
    SessionRerun(Connections &connections, SessionStore *store, const Session &original, QObject *parent = nullptr);

    void start();
    void cancel(); ///< what was answered so far stays in the copy
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

    [[nodiscard]] const Session &original() const { return m_original; }
    [[nodiscard]] const Session &copy() const { return m_conversation.session(); }
    [[nodiscard]] int turnCount() const { return int(m_original.turns.size()); }
    [[nodiscard]] int askedTurns() const { return m_next; }

Q_SIGNALS:
    void progressChanged(); ///< a turn was asked
    void finished(bool isComplete);
    void storageFailed(const diptych::Error &error);

private:
    void askNext();
    void continueSoon();
    bool answerTools(int turn);
    void end(bool isComplete);

    Session m_original;
    Conversation m_conversation;
    int m_next = 0;
    bool m_isRunning = false;
};

} // namespace diptych
