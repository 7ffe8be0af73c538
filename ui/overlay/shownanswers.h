// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "overlay/overlay.h"

namespace diptych {

class Conversation;

/// An answer as it is shown now, finished or under way.
struct ShownAnswer {
    bool exists = false;
    QString text {};
    qsizetype givenLength = 0; ///< see Answer
    bool isFinished = false;
    const std::vector<TokenLogprob> *logprobs = nullptr; ///< valid until the conversation goes on; null: none
};

/// Finds the answers of a conversation's turns, and knows which turn an answer under way belongs to.
class ShownAnswers
{
public:
    explicit ShownAnswers(const Conversation &conversation)
        : m_conversation(conversation)
    {
    }

    void noteStart(const AnswerKey &key) { m_running.insert(key.paneId, key.turn); }
    void clear() { m_running.clear(); }
    [[nodiscard]] bool has(const AnswerKey &key) const;
    [[nodiscard]] ShownAnswer find(const AnswerKey &key) const;
    /// The turn that a pane's answer under way belongs to, or would.
    [[nodiscard]] int runningTurn(const QString &paneId) const;
    /// The last turn that the pane has an answer to; -1: none.
    [[nodiscard]] int lastTurn(const QString &paneId) const;
    [[nodiscard]] int turnCount() const;

private:
    const Conversation &m_conversation;
    QHash<QString, int> m_running;
};

} // namespace diptych
