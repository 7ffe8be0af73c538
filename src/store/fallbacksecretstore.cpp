// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fallbacksecretstore.h"

#include "core/logging.h"

namespace diptych {

/// Does what the job of another store does, once it is known which store that is.
class FallbackSecretStore::DeferredJob : public SecretJob
{
public:
    void follow(std::unique_ptr<SecretJob> job)
    {
        m_job = std::move(job);
        connect(m_job.get(), &SecretJob::finished, this, [this] { finish(m_job->result()); });
    }

private:
    std::unique_ptr<SecretJob> m_job;
};

FallbackSecretStore::FallbackSecretStore(
    const QString &filePath, std::unique_ptr<KeychainSecretStore> keychain, QObject *parent)
    : QObject(parent)
    , m_keychain(std::move(keychain))
    , m_file(filePath)
{
}

FallbackSecretStore::~FallbackSecretStore() = default;

void FallbackSecretStore::check()
{
    if (m_probe || m_place != Place::Unknown)
        return;
    m_probe = m_keychain->probe();
    connect(m_probe.get(), &SecretJob::finished, this, &FallbackSecretStore::takeProbe);
}

void FallbackSecretStore::takeProbe()
{
    const Result<Secret> outcome = m_probe->result();
    m_probe.release()->deleteLater();
    if (outcome) {
        setPlace(Place::Keychain);
        return;
    }
    qCInfo(logStore) << "no keychain:" << outcome.error().message;
    m_problem = outcome.error().message;
    setPlace(m_isFileAllowed ? Place::File : Place::Memory);
}

void FallbackSecretStore::allowFile(bool allowed)
{
    if (m_isFileAllowed == allowed)
        return;
    m_isFileAllowed = allowed;
    if (m_place == Place::Memory && allowed) {
        moveMemoryToFile();
        setPlace(Place::File);
    } else if (m_place == Place::File && !allowed) {
        setPlace(Place::Memory);
        m_file.removeFile();
    }
}

void FallbackSecretStore::moveMemoryToFile()
{
    // Carried out before the jobs end; a failure shows again with the next write.
    const QHash<QString, Secret> &secrets = m_memory.secrets();
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret) {
        [[maybe_unused]] const auto job = m_file.write(secret.key(), secret.value());
    }
}

void FallbackSecretStore::setPlace(Place place)
{
    m_place = place;
    const std::vector<Waiting> waiting = std::exchange(m_waiting, {});
    for (const Waiting &entry : waiting) {
        // What was asked for is done also when nobody waits for it any more.
        std::unique_ptr<SecretJob> job = entry.task(current());
        if (entry.job)
            entry.job->follow(std::move(job));
    }
    Q_EMIT placeChanged();
}

SecretStore &FallbackSecretStore::current()
{
    switch (m_place) {
    case Place::Keychain:
        return *m_keychain;
    case Place::File:
        return m_file;
    case Place::Unknown:
    case Place::Memory:
        break;
    }
    return m_memory;
}

std::unique_ptr<SecretJob> FallbackSecretStore::run(Task task)
{
    auto job = std::make_unique<DeferredJob>();
    if (m_place == Place::Unknown) {
        m_waiting.push_back({std::move(task), job.get()});
        check();
    } else {
        job->follow(task(current()));
    }
    return job;
}

std::unique_ptr<SecretJob> FallbackSecretStore::read(const QString &key)
{
    return run([key](SecretStore &store) { return store.read(key); });
}

std::unique_ptr<SecretJob> FallbackSecretStore::write(const QString &key, const Secret &secret)
{
    return run([key, secret](SecretStore &store) { return store.write(key, secret); });
}

std::unique_ptr<SecretJob> FallbackSecretStore::remove(const QString &key)
{
    return run([key](SecretStore &store) { return store.remove(key); });
}

QString FallbackSecretStore::describe() const
{
    switch (m_place) {
    case Place::Memory:
        return m_memory.describe();
    case Place::File:
        return m_file.describe();
    case Place::Unknown:
    case Place::Keychain:
        break;
    }
    return m_keychain->describe();
}

} // namespace diptych
