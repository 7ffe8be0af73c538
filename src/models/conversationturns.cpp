// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "models/sessionrequest.h"
#include "store/sessionstore.h"

#include <algorithm>

// The half of Conversation that asks: turns, branches and answers.

namespace diptych {

namespace {

bool hasResultFor(const ToolCall &call, const std::vector<Message> &results)
{
    return std::any_of(results.begin(), results.end(),
        [&call](const Message &result) { return result.role == Role::Tool && result.toolCallId == call.id; });
}

} // namespace

Turn *Conversation::shownTurn(int turn)
{
    const bool isThere = turn >= 0 && turn < std::ssize(m_session.turns);
    return isThere ? &m_session.turns[static_cast<std::size_t>(turn)] : nullptr;
}

void Conversation::ask(const Message &prompt, const QStringList &paneIds)
{
    QStringList asked = paneIds;
    if (asked.isEmpty()) {
        for (const PaneState &known : m_session.panes) {
            if (known.isSynced)
                asked.push_back(known.id);
        }
    }
    if (asked.isEmpty())
        return;
    const qint64 parent = m_session.turns.empty() ? 0 : m_session.turns.back().id;
    addTurn({.parentId = parent, .at = QDateTime::currentDateTimeUtc(), .prompt = prompt}, asked);
}

void Conversation::addTurn(Turn turn, const QStringList &paneIds)
{
    for (const QString &paneId : paneIds)
        stop(paneId);
    if (m_session.title.isEmpty())
        setTitle(titleFrom(turn.prompt));
    m_session.turns.push_back(std::move(turn));
    const std::size_t index = m_session.turns.size() - 1;
    m_isStored = true;
    saveSession();
    saveTurn(m_session.turns.back());
    Q_EMIT turnAdded(static_cast<int>(index));
    // Nobody is always the first to get at the network and the processor.
    const qsizetype first = static_cast<qsizetype>(index) % paneIds.size();
    for (qsizetype place = 0; place < paneIds.size(); ++place) {
        if (const PaneState *known = pane(paneIds.at((first + place) % paneIds.size())))
            start(PaneState(*known), index, known->model, {}, static_cast<int>(place) + 1);
    }
}

void Conversation::regenerate(const QString &paneId, int turn, const ModelRef &model)
{
    const PaneState *known = pane(paneId);
    if (!known || m_session.turns.empty())
        return;
    std::size_t index = m_session.turns.size() - 1;
    if (shownTurn(turn)) {
        index = static_cast<std::size_t>(turn);
    } else {
        // A pane that was added later has no answer yet: it is asked the last prompt.
        for (std::size_t candidate = m_session.turns.size(); candidate-- > 0;) {
            if (answerOf(m_session.turns[candidate], paneId)) {
                index = candidate;
                break;
            }
        }
    }
    stop(paneId);
    start(PaneState(*known), index, model.isValid() ? model : known->model);
}

void Conversation::continueAnswer(const QString &paneId, int turn, const QString &given)
{
    const PaneState *known = pane(paneId);
    const Turn *asked = shownTurn(turn);
    if (!known || !asked)
        return;
    stop(paneId);
    const Answer *answer = answerOf(*asked, paneId);
    const QString text = !given.isNull() || !answer ? given : answer->message.text();
    start(PaneState(*known), static_cast<std::size_t>(turn), known->model, text);
}

void Conversation::start(
    const PaneState &pane, std::size_t turn, const ModelRef &model, const QString &given, int startOrder)
{
    Answer answer {.paneId = pane.id,
        .model = model,
        .modelLabel = m_connections.displayName(model),
        .givenLength = given.size(),
        .startOrder = startOrder};
    if (!given.isEmpty())
        answer.message = Message::fromText(Role::Assistant, given);
    Turn &asked = m_session.turns[turn];
    storeAnswer(asked, answer);
    asked.answers.push_back(answer);
    ChatRequest request = requestUpTo(m_session, pane, turn);
    request.model = model.model;
    request.messages.push_back(sentPrompt(asked.prompt));
    if (!given.isEmpty())
        request.messages.push_back(answer.message);
    send(request, answer, turn);
}

void Conversation::send(const ChatRequest &request, const Answer &answer, std::size_t turn)
{
    const int index = static_cast<int>(turn);
    if (!m_runs.start(request, answer)) {
        Q_EMIT answerStarted(answer.paneId, index, nullptr);
        Answer failed = answer;
        failed.state = Answer::State::Failed;
        failed.error = Error {.kind = Error::Kind::NotFound,
            .message = tr("The endpoint of this pane is no longer there. Pick another model.")};
        if (m_store && failed.id > 0) {
            if (const Result<void> saved = m_store->saveAnswer(failed); !saved)
                Q_EMIT storageFailed(saved.error());
        }
        takeFinished(failed);
        return;
    }
    Q_EMIT answerStarted(answer.paneId, index, m_runs.reply(answer.paneId));
    Q_EMIT runningChanged(runningCount());
}

void Conversation::takeFinished(const Answer &answer)
{
    Answer *known = findAnswer(m_session, answer.id);
    if (!known)
        return;
    *known = answer;
    m_session.updatedAt = QDateTime::currentDateTimeUtc();
    for (std::size_t turn = 0; turn < m_session.turns.size(); ++turn) {
        const std::vector<Answer> &answers = m_session.turns[turn].answers;
        if (known >= answers.data() && known < answers.data() + answers.size())
            Q_EMIT answerFinished(answer.paneId, static_cast<int>(turn));
    }
    Q_EMIT runningChanged(runningCount());
}

Result<void> Conversation::setToolResults(const QString &paneId, const std::vector<Message> &results)
{
    const PaneState *known = pane(paneId);
    for (std::size_t turn = m_session.turns.size(); known && turn-- > 0;) {
        const Answer *last = answerOf(m_session.turns[turn], paneId);
        if (!last)
            continue;
        if (last->state != Answer::State::AwaitingTools)
            break;
        for (const ToolCall &call : last->message.toolCalls) {
            if (!hasResultFor(call, results))
                return Failure({.kind = Error::Kind::InvalidRequest,
                    .message = tr("The call of %1 has no result yet.").arg(call.name)});
        }
        Answer &answer = *findAnswer(m_session, last->id);
        answer.toolRounds.push_back(answer.message);
        answer.toolRounds.insert(answer.toolRounds.end(), results.begin(), results.end());
        answer.message = {.role = Role::Assistant};
        answer.state = Answer::State::Streaming;
        if (m_store && answer.id > 0) {
            if (const Result<void> resumed = m_store->resumeAnswer(answer); !resumed)
                Q_EMIT storageFailed(resumed.error());
        }
        ChatRequest request = requestUpTo(m_session, *known, turn);
        request.model = answer.model.model;
        request.messages.push_back(sentPrompt(m_session.turns[turn].prompt));
        request.messages.insert(request.messages.end(), answer.toolRounds.begin(), answer.toolRounds.end());
        const Answer copy = answer; // finishing at once would replace it
        send(request, copy, turn);
        return {};
    }
    return Failure({.kind = Error::Kind::InvalidRequest, .message = tr("This pane awaits no results of tools.")});
}

void Conversation::addAnswers(int turn, const std::vector<Answer> &answers)
{
    Turn *asked = shownTurn(turn);
    if (!asked || answers.empty())
        return;
    for (Answer answer : answers) {
        if (answer.id <= 0)
            storeAnswer(*asked, answer);
        asked->answers.push_back(std::move(answer));
    }
    Q_EMIT turnChanged(turn);
}

void Conversation::editTurn(int turn, const Message &prompt)
{
    const Turn *old = shownTurn(turn);
    if (!old)
        return;
    QStringList asked;
    for (const PaneState &known : m_session.panes) {
        if (answerOf(*old, known.id))
            asked.push_back(known.id);
    }
    const qint64 parent = old->parentId;
    stopAll();
    showPathTo(parent);
    if (asked.isEmpty())
        ask(prompt);
    else
        ask(prompt, asked);
}

void Conversation::showBranch(qint64 turnId)
{
    if (!findTurn(m_session, turnId))
        return;
    stopAll();
    showPathTo(newestLeaf(m_session, turnId));
}

void Conversation::rewindTo(int turn)
{
    const Turn *last = shownTurn(turn);
    stopAll();
    showPathTo(last ? last->id : 0);
}

void Conversation::showPathTo(qint64 leafTurnId)
{
    showPath(m_session, leafTurnId);
    if (m_store && m_isStored && leafTurnId > 0) {
        if (const Result<void> shown = m_store->showBranch(m_session.id, leafTurnId); !shown)
            Q_EMIT storageFailed(shown.error());
    }
    Q_EMIT branchShown();
}

void Conversation::adoptAnswer(int turn, qint64 answerId)
{
    Turn *known = shownTurn(turn);
    if (!known || known->adoptedAnswerId == answerId)
        return;
    known->adoptedAnswerId = answerId;
    if (m_store && known->id > 0) {
        if (const Result<void> adopted = m_store->adoptAnswer(known->id, answerId); !adopted)
            Q_EMIT storageFailed(adopted.error());
    }
    Q_EMIT turnChanged(turn);
}

} // namespace diptych
