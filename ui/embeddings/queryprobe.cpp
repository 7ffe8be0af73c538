// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/queryprobe.h"

namespace diptych {

QueryProbe::QueryProbe(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &QueryProbe::send);
}

QueryProbe::~QueryProbe() = default;

void QueryProbe::ask(Provider &provider, const EmbeddingRequest &request)
{
    m_reply.reset();
    m_provider = &provider;
    m_request = request;
    m_timer.start();
}

void QueryProbe::drop()
{
    m_timer.stop();
    m_reply.reset();
    m_provider = nullptr;
}

void QueryProbe::send()
{
    if (!m_provider)
        return;
    m_reply = m_provider->embed(m_request);
    connect(m_reply.get(), &Reply::finished, this, &QueryProbe::receive);
    Q_EMIT replyStarted(m_reply.get(), m_request);
}

void QueryProbe::receive()
{
    // Copies: a receiver may ask again, which ends the reply.
    const auto result = m_reply->result();
    if (!result)
        Q_EMIT failed(Error(result.error()));
    else if (result->count() != 1)
        Q_EMIT failed({.kind = Error::Kind::Protocol,
            .message = tr("Asked for one embedding, received %1.").arg(result->count())});
    else
        Q_EMIT answered(std::vector<float>(result->values));
}

} // namespace diptych
