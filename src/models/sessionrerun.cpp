// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionrerun.h"

namespace diptych {

namespace {

/// The result that a call of the same tool with the same arguments got; null when there was none.
const Message *resultOf(const Answer &original, const ToolCall &call)
{
    QString callId;
    for (const Message &message : original.toolRounds) {
        for (const ToolCall &known : message.toolCalls) {
            if (known.name == call.name && known.arguments == call.arguments)
                callId = known.id;
        }
        if (message.role == Role::Tool && !callId.isEmpty() && message.toolCallId == callId)
            return &message;
    }
    return nullptr;
}

} // namespace

SessionRerun::SessionRerun(Connections &connections, SessionStore *store, const Session &original, QObject *parent)
    : QObject(parent)
    , m_original(original)
    , m_conversation(connections, store)
{
    connect(&m_conversation, &Conversation::runningChanged, this, [this](int count) {
        if (count == 0)
            continueSoon();
    });
    connect(&m_conversation, &Conversation::storageFailed, this, &SessionRerun::storageFailed);
}

void SessionRerun::start()
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    Session copy = m_original;
    copy.title = tr("%1 (asked again)").arg(m_original.title);
    copy.createdAt = copy.updatedAt = QDateTime::currentDateTimeUtc();
    copy.turns.clear();
    copy.otherTurns.clear();
    copy.earlierTurns = 0;
    copy.isPinned = false;
    copy.trashedAt = {};
    m_conversation.adopt(copy);
    continueSoon();
}

void SessionRerun::continueSoon()
{
    // Not inside the call that ended an answer: the next turn needs it to be complete.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isRunning && m_conversation.runningCount() == 0)
                askNext();
        },
        Qt::QueuedConnection);
}

void SessionRerun::askNext()
{
    if (m_next > 0 && answerTools(m_next - 1))
        return; // goes on when the model has answered
    if (m_next >= turnCount()) {
        end(true);
        return;
    }
    const Turn &turn = m_original.turns[std::size_t(m_next)];
    QStringList panes;
    for (const PaneState &pane : m_original.panes) {
        if (answerOf(turn, pane.id))
            panes.append(pane.id);
    }
    ++m_next;
    if (!panes.isEmpty()) // else nobody was asked then
        m_conversation.ask(turn.prompt, panes);
    Q_EMIT progressChanged();
    // An endpoint that is gone fails at once: nothing is running then.
    if (m_conversation.runningCount() == 0)
        continueSoon();
}

bool SessionRerun::answerTools(int turn)
{
    const Session &now = copy();
    if (now.turns.empty())
        return false;
    bool isAsked = false;
    const std::vector<PaneState> panes = now.panes;
    for (const PaneState &pane : panes) {
        const Answer *answer = answerOf(now.turns.back(), pane.id);
        const Answer *original = answerOf(m_original.turns[std::size_t(turn)], pane.id);
        if (!answer || !original || answer->state != Answer::State::AwaitingTools)
            continue;
        std::vector<Message> results;
        for (const ToolCall &call : answer->message.toolCalls) {
            if (const Message *known = resultOf(*original, call)) {
                results.push_back(*known);
                results.back().toolCallId = call.id;
            }
        }
        if (!results.empty() && results.size() == answer->message.toolCalls.size())
            isAsked = m_conversation.setToolResults(pane.id, results).has_value() || isAsked;
    }
    return isAsked;
}

void SessionRerun::cancel()
{
    if (!m_isRunning)
        return;
    m_isRunning = false;
    m_conversation.stopAll();
    Q_EMIT finished(false);
}

void SessionRerun::end(bool isComplete)
{
    m_isRunning = false;
    Q_EMIT finished(isComplete);
}

} // namespace diptych
