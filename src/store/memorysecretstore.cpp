// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorysecretstore.h"

#include <QCoreApplication>

namespace diptych {

std::unique_ptr<SecretJob> MemorySecretStore::read(const QString &key)
{
    auto job = std::make_unique<SecretJob>();
    job->finishLater(m_secrets.value(key));
    return job;
}

std::unique_ptr<SecretJob> MemorySecretStore::write(const QString &key, const Secret &secret)
{
    m_secrets.insert(key, secret);
    auto job = std::make_unique<SecretJob>();
    job->finishLater({});
    return job;
}

std::unique_ptr<SecretJob> MemorySecretStore::remove(const QString &key)
{
    m_secrets.remove(key);
    auto job = std::make_unique<SecretJob>();
    job->finishLater({});
    return job;
}

QString MemorySecretStore::describe() const
{
    return QCoreApplication::translate(
        "diptych::SecretStore", "There is no keychain here. Keys are kept in memory and forgotten when Diptych ends.");
}

} // namespace diptych
