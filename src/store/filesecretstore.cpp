// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filesecretstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace diptych {

FileSecretStore::FileSecretStore(const QString &path)
    : m_file(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner)
{
}

std::unique_ptr<SecretJob> FileSecretStore::read(const QString &key)
{
    auto job = std::make_unique<SecretJob>();
    job->finishLater(m_file.read().map(
        [&key](const QJsonObject &keys) { return Secret(QByteArray::fromBase64(keys[key].toString().toLatin1())); }));
    return job;
}

std::unique_ptr<SecretJob> FileSecretStore::change(const std::function<void(QJsonObject &)> &edit)
{
    auto job = std::make_unique<SecretJob>();
    job->finishLater(m_file.change(edit).map([] { return Secret(); }));
    return job;
}

std::unique_ptr<SecretJob> FileSecretStore::write(const QString &key, const Secret &secret)
{
    // Base64: keys are bytes. It hides nothing.
    return change([&key, &secret](QJsonObject &keys) { keys[key] = QString::fromLatin1(secret.reveal().toBase64()); });
}

std::unique_ptr<SecretJob> FileSecretStore::remove(const QString &key)
{
    return change([&key](QJsonObject &keys) { keys.remove(key); });
}

void FileSecretStore::removeFile() const
{
    QFile::remove(m_file.path());
}

QString FileSecretStore::describe() const
{
    return QCoreApplication::translate("diptych::SecretStore",
        "Keys are kept unencrypted in %1, which only your user account may read. Backups of your files contain them.")
        .arg(QDir::toNativeSeparators(m_file.path()));
}

} // namespace diptych
