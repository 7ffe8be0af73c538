// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repeatseries.h"

#include "api/connections.h"
#include "models/conversation.h"
#include "models/repeatreport.h"
#include "models/sessionrequest.h"
#include "runs/repeatrun.h"
#include "store/sessionstore.h"

#include <algorithm>

namespace diptych {

namespace {

bool hasEndedWell(const Answer &answer)
{
    return answer.state == Answer::State::Complete || answer.state == Answer::State::AwaitingTools;
}

void takeOutcome(Answer &answer, const RepeatRun::Outcome &outcome)
{
    if (!outcome.response.choices.empty()) {
        const ChatChoice &choice = outcome.response.choices.front();
        answer.message = choice.message;
        answer.finishReason = choice.finishReason;
        answer.logprobs = choice.logprobs;
    }
    answer.error = outcome.error;
    answer.metrics = outcome.metrics;
    if (!outcome.error)
        answer.state = answer.message.toolCalls.empty() ? Answer::State::Complete : Answer::State::AwaitingTools;
    else
        answer.state = outcome.error->kind == Error::Kind::Cancelled ? Answer::State::Stopped : Answer::State::Failed;
}

} // namespace

RepeatSeries::RepeatSeries(Conversation &conversation, Connections &connections, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_connections(connections)
{
    connect(&m_conversation, &Conversation::answerStarted, this, &RepeatSeries::remember);
    connect(&m_conversation, &Conversation::answerFinished, this, &RepeatSeries::takeFirst);
    connect(&m_conversation, &Conversation::paneRemoved, this, &RepeatSeries::cancel);
    const auto cancelAll = [this] {
        while (!m_running.empty())
            cancel(QString(m_running.begin()->first));
    };
    connect(&m_conversation, &Conversation::sessionReplaced, this, [this, cancelAll] {
        cancelAll();
        m_asked.clear();
        m_errors.clear();
    });
    connect(&m_conversation, &Conversation::branchShown, this, cancelAll);
    connect(&m_connections, &Connections::endpointAboutToChange, this, [this](const QString &endpointId) {
        QStringList concerned;
        for (const auto &[paneId, running] : m_running) {
            if (running.model.endpointId == endpointId)
                concerned.append(paneId);
        }
        for (const QString &paneId : std::as_const(concerned))
            cancel(paneId);
    });
}

RepeatSeries::~RepeatSeries() = default;

int RepeatSeries::turnOf(const QString &paneId) const
{
    const std::vector<Turn> &turns = m_conversation.session().turns;
    for (std::size_t turn = turns.size(); turn-- > 0;) {
        if (answerOf(turns[turn], paneId))
            return static_cast<int>(turn);
    }
    return -1;
}

int RepeatSeries::wanted(const QString &paneId) const
{
    const auto running = m_running.find(paneId);
    return running == m_running.end() ? 0 : running->second.wanted;
}

std::optional<std::optional<qint64>> RepeatSeries::seedOf(const QString &paneId) const
{
    const auto asked = m_asked.find(paneId);
    const int turn = turnOf(paneId);
    if (asked == m_asked.end() || turn < 0
        || m_conversation.session().turns[static_cast<std::size_t>(turn)].id != asked->second.turnId)
        return {};
    return asked->second.request.sampling.seed;
}

std::optional<Error> RepeatSeries::error(const QString &paneId) const
{
    const auto known = m_errors.find(paneId);
    return known == m_errors.end() ? std::nullopt : std::optional(known->second);
}

ChatRequest RepeatSeries::requestOf(const QString &paneId, int turn) const
{
    const PaneState &pane = *m_conversation.pane(paneId);
    const auto index = static_cast<std::size_t>(turn);
    ChatRequest request = requestUpTo(m_conversation.session(), pane, index);
    request.model = pane.model.model;
    request.messages.push_back(m_conversation.session().turns[index].prompt);
    return request;
}

void RepeatSeries::start(const QString &paneId, int count, int parallel)
{
    const PaneState *pane = m_conversation.pane(paneId);
    const int turn = turnOf(paneId);
    if (!pane || turn < 0 || isRunning(paneId))
        return;
    m_errors.erase(paneId);
    const Turn &asked = m_conversation.session().turns[static_cast<std::size_t>(turn)];
    m_running[paneId] = {.turnId = asked.id,
        .wanted = std::clamp(count, least, most),
        .parallel = std::max(parallel, 1),
        .model = pane->model};
    const auto known = m_asked.find(paneId);
    const bool isSame =
        known != m_asked.end() && known->second.turnId == asked.id && known->second.request == requestOf(paneId, turn);
    const Answer *first = answerOf(asked, paneId);
    if (isSame && hasEndedWell(*first) && first->model == pane->model)
        repeat(paneId);
    else if (!m_conversation.isRunning(paneId))
        m_conversation.regenerate(paneId, turn);
    Q_EMIT changed(paneId);
}

void RepeatSeries::remember(const QString &paneId, int turn)
{
    const qint64 turnId = m_conversation.session().turns[static_cast<std::size_t>(turn)].id;
    const auto running = m_running.find(paneId);
    if (running != m_running.end() && running->second.run && running->second.turnId == turnId)
        cancel(paneId); // the answer that was repeated gives way to another
    if (const ChatRequest *request = m_conversation.requestUnderWay(paneId))
        m_asked[paneId] = {.turnId = turnId, .request = *request};
}

void RepeatSeries::takeFirst(const QString &paneId)
{
    const auto running = m_running.find(paneId);
    if (running == m_running.end() || running->second.run)
        return;
    const int turn = shownIndex(m_conversation.session(), running->second.turnId);
    const Answer *first =
        turn < 0 ? nullptr : answerOf(m_conversation.session().turns[static_cast<std::size_t>(turn)], paneId);
    if (first && hasEndedWell(*first)) {
        repeat(paneId);
    } else {
        if (first && first->error && first->error->kind != Error::Kind::Cancelled)
            m_errors[paneId] = *first->error;
        m_running.erase(running);
    }
    Q_EMIT changed(paneId);
}

void RepeatSeries::repeat(const QString &paneId)
{
    Running &running = m_running.at(paneId);
    const int turn = shownIndex(m_conversation.session(), running.turnId);
    Provider *provider = m_connections.provider(running.model.endpointId);
    if (turn < 0 || !provider) {
        m_running.erase(paneId);
        return;
    }
    const Turn &asked = m_conversation.session().turns[static_cast<std::size_t>(turn)];
    const std::vector<const Answer *> series = seriesOf(asked, paneId);
    const int missing = running.wanted - static_cast<int>(series.size());
    if (missing <= 0) {
        m_running.erase(paneId);
        return;
    }
    running.firstRepeat = series.empty() ? 2 : series.back()->repeat + 1;
    running.answers.resize(static_cast<std::size_t>(missing));
    running.run = std::make_unique<RepeatRun>(
        *provider, requestOf(paneId, turn), RepeatRun::Options {.count = missing, .parallel = running.parallel});
    RepeatRun *run = running.run.get();
    connect(run, &RepeatRun::answerStarted, this,
        [this, paneId](int index, ChatReply *reply) { begin(paneId, index, reply); });
    connect(run, &RepeatRun::deltaReceived, this, [this, paneId](int index, const ChatDelta &delta) {
        const Answer &answer = m_running.at(paneId).answers.at(static_cast<std::size_t>(index));
        SessionStore *store = m_conversation.store();
        if (store && answer.id > 0 && delta.choice == 0 && (!delta.text.isEmpty() || !delta.reasoning.isEmpty()))
            store->journal(answer.id, delta.text, delta.reasoning);
    });
    connect(run, &RepeatRun::answerFinished, this, [this, paneId](int index) { take(paneId, index); });
    connect(run, &RepeatRun::finished, this, [this, paneId] { finish(paneId); });
}

void RepeatSeries::begin(const QString &paneId, int index, ChatReply *reply)
{
    Running &running = m_running.at(paneId);
    Answer &answer = running.answers.at(static_cast<std::size_t>(index));
    answer = {.paneId = paneId,
        .model = running.model,
        .modelLabel = m_connections.displayName(running.model),
        .repeat = running.firstRepeat + index};
    SessionStore *store = m_conversation.store();
    if (store && running.turnId > 0) {
        if (const Result<qint64> id = store->addAnswer(running.turnId, answer))
            answer.id = *id;
        else
            Q_EMIT storageFailed(id.error());
    }
    Q_EMIT replyStarted(paneId, reply, running.run->request());
}

void RepeatSeries::take(const QString &paneId, int index)
{
    Running &running = m_running.at(paneId);
    Answer &answer = running.answers.at(static_cast<std::size_t>(index));
    takeOutcome(answer, running.run->outcomes().at(static_cast<std::size_t>(index)));
    SessionStore *store = m_conversation.store();
    if (store && answer.id > 0) {
        if (const Result<void> saved = store->saveAnswer(answer); !saved)
            Q_EMIT storageFailed(saved.error());
    }
    const int turn = shownIndex(m_conversation.session(), running.turnId);
    if (turn >= 0)
        m_conversation.addAnswers(turn, {Answer(answer)});
    Q_EMIT changed(paneId);
}

void RepeatSeries::finish(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    RepeatRun *run = found->second.run.release(); // it is emitting
    run->disconnect(this);
    run->deleteLater();
    m_running.erase(found);
    if (run->error() && run->error()->kind != Error::Kind::Cancelled)
        m_errors[paneId] = *run->error();
    Q_EMIT changed(paneId);
}

void RepeatSeries::cancel(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    if (found->second.run) {
        found->second.run->cancel(); // finish() follows inside the call
        return;
    }
    m_running.erase(found);
    m_conversation.stop(paneId);
    Q_EMIT changed(paneId);
}

} // namespace diptych
