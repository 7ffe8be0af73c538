// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationkeys.h"

#include "api/connections.h"
#include "store/endpointstore.h"
#include "store/secretstore.h"

#include <algorithm>

namespace diptych {

/// The keys of one endpoint on their way in.
struct ApplicationKeys::Loading {
    Endpoint endpoint {};
    std::vector<std::pair<QString, std::unique_ptr<SecretJob>>> jobs {};
    std::size_t open = 0;
};

ApplicationKeys::ApplicationKeys(Connections &connections, SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_secrets(secrets)
{
}

ApplicationKeys::~ApplicationKeys() = default;

void ApplicationKeys::load(const Endpoint &endpoint)
{
    auto loading = std::make_unique<Loading>();
    loading->endpoint = endpoint;
    Loading *raw = loading.get();
    for (const NamedSecret &named : secretsOf(endpoint)) {
        std::unique_ptr<SecretJob> job = m_secrets.read(named.key);
        connect(job.get(), &SecretJob::finished, this, [this, raw] {
            if (--raw->open == 0)
                takeLoaded(*raw);
        });
        raw->jobs.emplace_back(named.key, std::move(job));
    }
    raw->open = raw->jobs.size();
    m_loading.push_back(std::move(loading));
    if (raw->open == 0)
        takeLoaded(*raw);
}

void ApplicationKeys::takeLoaded(Loading &loading)
{
    Endpoint endpoint = loading.endpoint;
    for (const auto &[key, job] : loading.jobs) {
        if (job->result())
            setSecret(endpoint, key, *job->result());
        else
            Q_EMIT failed(job->result().error());
        job.get()->disconnect(this);
    }
    for (auto &[key, job] : loading.jobs)
        job.release()->deleteLater(); // one of them is emitting finished()
    std::erase_if(m_loading, [&loading](const auto &known) { return known.get() == &loading; });
    m_connections.update(endpoint);
    Q_EMIT loaded(endpoint.id);
}

void ApplicationKeys::save(const Endpoint &endpoint)
{
    for (const NamedSecret &named : secretsOf(endpoint))
        run(named.secret.isEmpty() ? m_secrets.remove(named.key) : m_secrets.write(named.key, named.secret));
}

void ApplicationKeys::remove(const Endpoint &endpoint)
{
    for (const NamedSecret &named : secretsOf(endpoint))
        run(m_secrets.remove(named.key));
}

void ApplicationKeys::run(std::unique_ptr<SecretJob> job)
{
    SecretJob *raw = job.get();
    connect(raw, &SecretJob::finished, this, [this, raw] {
        if (!raw->result())
            Q_EMIT failed(raw->result().error());
        const auto found =
            std::find_if(m_jobs.begin(), m_jobs.end(), [raw](const auto &known) { return known.get() == raw; });
        if (found == m_jobs.end())
            return;
        found->release()->deleteLater();
        m_jobs.erase(found);
    });
    m_jobs.push_back(std::move(job));
}

} // namespace diptych
