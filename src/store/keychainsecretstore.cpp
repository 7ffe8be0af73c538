// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keychainsecretstore.h"

#include <QCoreApplication>

#include <qt6keychain/keychain.h>

namespace diptych {

namespace {

Error describe(const QKeychain::Job &job)
{
    return {.kind = Error::Kind::Storage,
        .message = QCoreApplication::translate("diptych::SecretStore", "The keychain did not answer as it should: %1")
                       .arg(job.errorString().trimmed()),
        .providerCode = QString::number(job.error())};
}

Result<Secret> resultOf(const QKeychain::Job &job)
{
    // Nothing there is a result, not a failure, for reading as for removing.
    if (job.error() == QKeychain::EntryNotFound)
        return Secret();
    if (job.error() != QKeychain::NoError)
        return Failure(describe(job));
    if (const auto *reading = qobject_cast<const QKeychain::ReadPasswordJob *>(&job))
        return Secret(reading->binaryData());
    return Secret();
}

/// Starts a job of the library, which deletes itself, and hands its result to one of ours, which may be gone by then.
std::unique_ptr<SecretJob> start(QKeychain::Job *job, const QString &key)
{
    auto ours = std::make_unique<SecretJob>();
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, ours.get(),
        [target = ours.get()](QKeychain::Job *done) { target->finish(resultOf(*done)); });
    job->start();
    return ours;
}

/// Write, read, remove, one after the other.
class ProbeJob : public SecretJob
{
public:
    explicit ProbeJob(KeychainSecretStore &keychain)
        : m_keychain(keychain)
    {
        m_step = m_keychain.write(key(), Secret("canary"));
        connect(m_step.get(), &SecretJob::finished, this, &ProbeJob::readBack);
    }

private:
    static QString key() { return QStringLiteral("diptych/trial"); }

    void readBack()
    {
        if (!m_step->result())
            return finish(m_step->result());
        replaceStep(m_keychain.read(key()));
        connect(m_step.get(), &SecretJob::finished, this, &ProbeJob::compare);
    }

    void compare()
    {
        if (m_step->result() && m_step->result()->reveal() != "canary") {
            return finish(Failure({.kind = Error::Kind::Storage,
                .message =
                    QCoreApplication::translate("diptych::SecretStore", "The keychain forgets what is written.")}));
        }
        if (!m_step->result())
            return finish(m_step->result());
        replaceStep(m_keychain.remove(key()));
        connect(m_step.get(), &SecretJob::finished, this, [this] { finish(m_step->result()); });
    }

    /// The step that is replaced is emitting at this moment.
    void replaceStep(std::unique_ptr<SecretJob> next)
    {
        m_step.release()->deleteLater();
        m_step = std::move(next);
    }

    KeychainSecretStore &m_keychain;
    std::unique_ptr<SecretJob> m_step;
};

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service)
    : m_service(std::move(service))
{
}

std::unique_ptr<SecretJob> KeychainSecretStore::probe()
{
    return std::make_unique<ProbeJob>(*this);
}

std::unique_ptr<SecretJob> KeychainSecretStore::read(const QString &key)
{
    return start(new QKeychain::ReadPasswordJob(m_service), key);
}

std::unique_ptr<SecretJob> KeychainSecretStore::write(const QString &key, const Secret &secret)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setBinaryData(secret.reveal());
    return start(job, key);
}

std::unique_ptr<SecretJob> KeychainSecretStore::remove(const QString &key)
{
    return start(new QKeychain::DeletePasswordJob(m_service), key);
}

QString KeychainSecretStore::describe() const
{
    return QCoreApplication::translate("diptych::SecretStore", "Keys are kept in the keychain of your desktop.");
}

} // namespace diptych
