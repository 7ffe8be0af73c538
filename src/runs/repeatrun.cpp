// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/repeatrun.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace diptych {

namespace {

/// The same request would fail the same way again.
bool isFinal(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::InvalidRequest:
    case Error::Kind::Authentication:
    case Error::Kind::NotFound:
    case Error::Kind::Unsupported:
        return true;
    default:
        return false;
    }
}

} // namespace

RepeatRun::RepeatRun(Provider &provider, ChatRequest request, const Options &options, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_request(std::move(request))
    , m_parallel(std::max(options.parallel, 1))
    , m_outcomes(static_cast<std::size_t>(std::max(options.count, 1)))
{
    for (const Message &message : m_request.messages)
        m_promptLength += message.text().size();
    QTimer::singleShot(0, this, &RepeatRun::fill);
}

RepeatRun::~RepeatRun() = default;

void RepeatRun::fill()
{
    const QPointer<RepeatRun> self(this);
    while (self && !m_finished && !m_error && m_next < m_outcomes.size()
        && static_cast<int>(m_inFlight.size()) < m_parallel)
        ask(m_next++);
    if (self && !m_finished && m_inFlight.empty())
        end();
}

void RepeatRun::ask(std::size_t index)
{
    auto reply = m_provider.chat(m_request);
    ChatReply *raw = reply.get();
    const int number = static_cast<int>(index);
    connect(raw, &ChatReply::deltaReceived, this,
        [this, number](const ChatDelta &delta) { Q_EMIT deltaReceived(number, delta); });
    connect(raw, &Reply::finished, this, [this, index] { receive(index); });
    m_inFlight.push_back({.index = index, .reply = std::move(reply)});
    m_outcomes[index].state = Outcome::State::Running;
    Q_EMIT answerStarted(number, raw);
}

void RepeatRun::receive(std::size_t index)
{
    const auto found = std::find_if(
        m_inFlight.begin(), m_inFlight.end(), [index](const InFlight &candidate) { return candidate.index == index; });
    if (found == m_inFlight.end())
        return;
    // The reply is emitting: it lives until the event loop runs again.
    ChatReply *reply = found->reply.release();
    m_inFlight.erase(found);
    reply->deleteLater();
    const ChatResponse &response = reply->response();
    const qsizetype reasoning = response.choices.empty() ? 0 : response.choices.front().message.reasoning.size();
    m_outcomes[index] = {.state = Outcome::State::Done,
        .response = response,
        .error = reply->error(),
        .metrics =
            measure(reply->exchange(), response.usage, m_promptLength, response.text().size() + reasoning, reasoning)};
    ++m_done;
    if (reply->error() && !m_error && isFinal(*reply->error()))
        m_error = reply->error();
    const QPointer<RepeatRun> self(this);
    Q_EMIT answerFinished(static_cast<int>(index));
    if (self && !m_finished)
        fill();
}

void RepeatRun::cancel()
{
    if (m_finished)
        return;
    m_error = Error {.kind = Error::Kind::Cancelled, .message = tr("Stopped.")};
    const QPointer<RepeatRun> self(this);
    while (self && !m_inFlight.empty())
        m_inFlight.front().reply->cancel(); // receive() follows inside the call
    if (self && !m_finished)
        end();
}

void RepeatRun::end()
{
    m_finished = true;
    Q_EMIT finished();
}

} // namespace diptych
