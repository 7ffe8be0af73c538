// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/shownanswers.h"

#include "api/reply.h"
#include "models/conversation.h"

namespace diptych {

int ShownAnswers::turnCount() const
{
    return static_cast<int>(m_conversation.session().turns.size());
}

int ShownAnswers::runningTurn(const QString &paneId) const
{
    return m_running.value(paneId, turnCount() - 1);
}

int ShownAnswers::lastTurn(const QString &paneId) const
{
    for (int turn = turnCount() - 1; turn >= 0; --turn) {
        if (has({paneId, turn}))
            return turn;
    }
    return -1;
}

bool ShownAnswers::has(const AnswerKey &key) const
{
    if (key.turn < 0 || key.turn >= turnCount())
        return false;
    return (m_conversation.isRunning(key.paneId) && runningTurn(key.paneId) == key.turn)
        || answerOf(m_conversation.session().turns[static_cast<std::size_t>(key.turn)], key.paneId);
}

ShownAnswer ShownAnswers::find(const AnswerKey &key) const
{
    const auto &turns = m_conversation.session().turns;
    if (key.turn < 0 || key.turn >= turnCount())
        return {};
    const ChatReply *reply = m_conversation.reply(key.paneId);
    const Answer *started = reply ? m_conversation.answerUnderWay(key.paneId) : nullptr;
    if (started && runningTurn(key.paneId) == key.turn) {
        ShownAnswer answer {.exists = true, .text = started->message.text(), .givenLength = started->givenLength};
        const ChatResponse &response = reply->response();
        if (!response.choices.empty()) {
            answer.text += response.choices.front().message.text();
            answer.logprobs = &response.choices.front().logprobs;
        }
        return answer;
    }
    const Answer *answer = answerOf(turns[static_cast<std::size_t>(key.turn)], key.paneId);
    if (!answer)
        return {};
    return {.exists = true,
        .text = answer->message.text(),
        .givenLength = answer->givenLength,
        .isFinished = true,
        .logprobs = &answer->logprobs};
}

} // namespace diptych
