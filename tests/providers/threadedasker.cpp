// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "threadedasker.h"

#include "providers/registry.h"

#include <QThread>

namespace diptych::test {

ThreadedAsker::ThreadedAsker(const Endpoint &endpoint)
    : m_endpoint(endpoint)
{
}

void ThreadedAsker::ask()
{
    m_client = std::make_unique<HttpClient>();
    m_provider = makeProvider(m_endpoint, *m_client);
    m_reply = m_provider->chat({.messages = {Message::fromText(Role::User, QStringLiteral("Hi"))}});
    connect(m_reply.get(), &ChatReply::deltaReceived, this, &ThreadedAsker::note, Qt::DirectConnection);
    connect(m_reply.get(), &Reply::attemptStarted, this, &ThreadedAsker::note, Qt::DirectConnection);
    connect(m_reply.get(), &Reply::finished, this, &ThreadedAsker::note, Qt::DirectConnection);
    connect(m_reply.get(), &Reply::finished, this, &ThreadedAsker::end, Qt::QueuedConnection);
}

void ThreadedAsker::note()
{
    m_isElsewhere |= QThread::currentThread() != thread() || m_reply->thread() != thread();
}

// Everything that was made on this thread goes on it, too.
void ThreadedAsker::end()
{
    m_text = m_reply->response().text();
    m_reply.reset();
    m_provider.reset();
    m_client.reset();
    Q_EMIT done();
}

} // namespace diptych::test
