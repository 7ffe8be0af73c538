// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answerruns.h"

#include "api/connections.h"
#include "api/provider.h"
#include "models/sessionrequest.h"
#include "store/recordingstore.h"
#include "store/sessionstore.h"

namespace diptych {

namespace {

Answer::State stateAfter(const ChatReply &reply, const Message &message)
{
    if (!reply.error())
        return message.toolCalls.empty() ? Answer::State::Complete : Answer::State::AwaitingTools;
    return reply.error()->kind == Error::Kind::Cancelled ? Answer::State::Stopped : Answer::State::Failed;
}

/// What the model was given, and what it added.
Message continued(const Message &given, Message added)
{
    const QString text = given.text();
    if (text.isEmpty())
        return added;
    for (ContentPart &part : added.content) {
        if (auto *first = std::get_if<TextPart>(&part)) {
            first->text.prepend(text);
            return added;
        }
    }
    added.content.insert(added.content.begin(), TextPart {text});
    return added;
}

} // namespace

AnswerRuns::AnswerRuns(Connections &connections, SessionStore *store, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_store(store)
{
}

AnswerRuns::~AnswerRuns() = default;

bool AnswerRuns::start(const ChatRequest &request, const Answer &answer)
{
    const QString paneId = answer.paneId;
    stop(paneId);
    Provider *provider = m_connections.provider(answer.model.endpointId);
    if (!provider)
        return false;
    Running running {.reply = provider->chat(request), .request = request, .answer = answer};
    running.clock.start();
    ChatReply *reply = running.reply.get();
    connect(
        reply, &ChatReply::deltaReceived, this, [this, paneId](const ChatDelta &delta) { takeDelta(paneId, delta); });
    connect(reply, &Reply::finished, this, [this, paneId] { finish(paneId); });
    m_running.insert_or_assign(paneId, std::move(running));
    return true;
}

void AnswerRuns::takeDelta(const QString &paneId, const ChatDelta &delta)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    Running &running = found->second;
    if (delta.choice == 0 && (!delta.text.isEmpty() || !delta.reasoning.isEmpty())) {
        if (m_store && running.answer.id > 0)
            m_store->journal(running.answer.id, delta.text, delta.reasoning);
        const Recording::Step last = running.steps.empty() ? Recording::Step() : running.steps.back();
        running.steps.push_back({.at = std::chrono::microseconds(running.clock.nsecsElapsed() / 1000),
            .text = last.text + static_cast<int>(delta.text.size()),
            .reasoning = last.reasoning + static_cast<int>(delta.reasoning.size())});
    }
    Q_EMIT deltaReceived(paneId, delta);
}

void AnswerRuns::finish(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found == m_running.end())
        return;
    Running running = std::move(found->second);
    m_running.erase(found);
    const ChatReply &reply = *running.reply;
    const ChatResponse &response = reply.response();
    Answer &answer = running.answer;
    const qsizetype given = answer.message.text().size();
    if (!response.choices.empty()) {
        const ChatChoice &choice = response.choices.front();
        answer.message = continued(answer.message, choice.message);
        answer.finishReason = choice.finishReason;
        answer.logprobs = choice.logprobs;
    }
    answer.givenLength = given;
    answer.state = stateAfter(reply, answer.message);
    answer.error = reply.error();
    answer.metrics = measure(reply.exchange(), response.usage, textLength(running.request),
        answer.message.text().size() - given + answer.message.reasoning.size(), answer.message.reasoning.size());
    save(running);
    Q_EMIT finished(answer);
    // The reply is still emitting finished(): it goes when the event loop runs again.
    running.reply.release()->deleteLater();
}

void AnswerRuns::save(const Running &running)
{
    if (!m_store || running.answer.id <= 0)
        return;
    if (const Result<void> saved = m_store->saveAnswer(running.answer); !saved)
        Q_EMIT storageFailed(saved.error());
    if (!running.steps.empty())
        m_store->recordings().keep(running.answer.id, {.steps = running.steps, .exchange = running.reply->exchange()});
}

void AnswerRuns::stop(const QString &paneId)
{
    const auto found = m_running.find(paneId);
    if (found != m_running.end())
        found->second.reply->cancel(); // finish() follows inside the call
}

void AnswerRuns::stopAll()
{
    while (!m_running.empty())
        m_running.begin()->second.reply->cancel();
}

ChatReply *AnswerRuns::reply(const QString &paneId) const
{
    const auto found = m_running.find(paneId);
    return found == m_running.end() ? nullptr : found->second.reply.get();
}

const ChatRequest *AnswerRuns::request(const QString &paneId) const
{
    const auto found = m_running.find(paneId);
    return found == m_running.end() ? nullptr : &found->second.request;
}

const Answer *AnswerRuns::answer(const QString &paneId) const
{
    const auto found = m_running.find(paneId);
    return found == m_running.end() ? nullptr : &found->second.answer;
}

} // namespace diptych
