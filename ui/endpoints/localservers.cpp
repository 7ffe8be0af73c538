// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/localservers.h"

#include "api/endpointurl.h"

#include <algorithm>

namespace diptych {

namespace {

using std::chrono::milliseconds;

/// A server on this machine answers at once or is not there.
ConnectionOptions hasty()
{
    return {.deadlines = {.connect = milliseconds(500), .firstByte = milliseconds(2'000), .idle = milliseconds(2'000)},
        .proxy = {.mode = ProxyOptions::Mode::None},
        .retry = {.maxRetries = 0}};
}

bool isSameServer(const QUrl &one, const QUrl &other)
{
    const auto place = [](const QUrl &url) {
        return url.host() == u"localhost" || url.host() == u"::1" ? QStringLiteral("127.0.0.1") : url.host();
    };
    return one.port() == other.port() && place(one) == place(other);
}

} // namespace

LocalServers::LocalServers(
    Connections::ProviderFactory factory, std::vector<ProviderDescriptor> descriptors, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_descriptors(std::move(descriptors))
{
}

LocalServers::~LocalServers() = default;

void LocalServers::search(const std::vector<QUrl> &known)
{
    m_probes.clear();
    m_open = 0;
    std::vector<Endpoint> candidates;
    for (const KnownLocalServer &server : knownLocalServers()) {
        const Result<EndpointProposal> proposal =
            recognise(QStringLiteral("127.0.0.1:%1").arg(server.port), m_descriptors);
        const auto isKnown = [&proposal](const QUrl &url) { return isSameServer(url, proposal->endpoint.baseUrl); };
        if (proposal && std::none_of(known.begin(), known.end(), isKnown))
            candidates.push_back(proposal->endpoint);
    }
    m_open = int(candidates.size());
    for (const Endpoint &candidate : candidates)
        start(candidate);
    if (m_open == 0)
        QMetaObject::invokeMethod(this, &LocalServers::finished, Qt::QueuedConnection);
}

void LocalServers::start(const Endpoint &endpoint)
{
    Endpoint asked = endpoint;
    asked.id = endpoint.name;
    asked.connection = hasty();
    auto probe = std::make_unique<Probe>();
    probe->provider = m_factory(asked);
    probe->reply = probe->provider->listModels();
    connect(probe->reply.get(), &Reply::finished, this, [this, raw = probe.get()] { take(*raw); });
    m_probes.push_back(std::move(probe));
}

void LocalServers::take(const Probe &probe)
{
    const bool isLast = --m_open == 0;
    if (!probe.reply->error()) {
        Endpoint endpoint = probe.provider->endpoint();
        endpoint.id.clear();
        endpoint.connection = {};
        const QPointer<LocalServers> self(this);
        Q_EMIT found(endpoint, int(probe.reply->response().size()));
        if (!self)
            return;
    }
    if (isLast)
        Q_EMIT finished();
}

} // namespace diptych
