// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/reply.h"

#include <QPointer>

namespace diptych {

Reply::Reply(QObject *parent)
    : QObject(parent)
{
}

Reply::~Reply() = default;

void Reply::cancel()
{
    if (m_finished)
        return;
    const QPointer<Reply> self(this);
    abortExchange();
    if (self)
        fail({.kind = Error::Kind::Cancelled, .message = tr("Stopped.")});
}

void Reply::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    Q_EMIT finished();
}

void Reply::fail(Error error)
{
    if (m_finished)
        return;
    m_finished = true;
    m_error = std::move(error);
    Q_EMIT finished();
}

Result<ChatResponse> ChatReply::result() const
{
    if (error())
        return Failure(*error());
    return m_response;
}

bool ChatReply::deliver(const ChatDelta &delta)
{
    if (isFinished())
        return false;
    append(m_response, delta);
    const QPointer<ChatReply> self(this);
    Q_EMIT deltaReceived(delta);
    return self && !isFinished();
}

Result<CompletionResponse> CompletionReply::result() const
{
    if (error())
        return Failure(*error());
    return m_response;
}

bool CompletionReply::deliver(const CompletionDelta &delta)
{
    if (isFinished())
        return false;
    append(m_response, delta);
    const QPointer<CompletionReply> self(this);
    Q_EMIT deltaReceived(delta);
    return self && !isFinished();
}

} // namespace diptych
