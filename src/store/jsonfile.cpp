// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/jsonfile.h"

#include "store/filelock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds lockTimeout {2'000};

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::JsonFile", text);
}

} // namespace

JsonFile::JsonFile(QString path, QFileDevice::Permissions permissions)
    : m_path(std::move(path))
    , m_permissions(permissions)
{
}

Error JsonFile::failure(const QString &message, const QString &reason) const
{
    QString text = message.arg(QDir::toNativeSeparators(m_path));
    if (!reason.isEmpty())
        text += QStringLiteral(" (%1)").arg(reason);
    return {.kind = Error::Kind::Storage, .message = text};
}

Error JsonFile::movedAside() const
{
    QString name = m_path + QStringLiteral(".damaged");
    for (int number = 2; QFile::exists(name); ++number)
        name = QStringLiteral("%1.damaged-%2").arg(m_path).arg(number);
    if (!QFile::rename(m_path, name))
        return failure(translated("%1 is damaged. Move it away, or put a backup in its place."), {});
    return failure(translated("%1 was damaged. It is kept as %2; a new one takes its place.")
                       .arg(QStringLiteral("%1"), QDir::toNativeSeparators(name)),
        {});
}

Result<QJsonObject> JsonFile::read() const
{
    QFile file(m_path);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return Failure(failure(translated("%1 can not be read. Check its permissions."), file.errorString()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (document.isObject())
        return document.object();
    file.close();
    return Failure(movedAside());
}

Result<void> JsonFile::change(const std::function<void(QJsonObject &)> &edit) const
{
    FileLock lock(QString(m_path + QStringLiteral(".lock")));
    if (!lock.tryLock(lockTimeout)) {
        return Failure(
            failure(translated("%1 can not be written. Check that its folder exists and can be written."), {}));
    }
    Result<QJsonObject> object = read();
    if (!object)
        return Failure(object.error());
    edit(*object);
    return write(*object);
}

Result<void> JsonFile::write(const QJsonObject &object) const
{
    QSaveFile file(m_path);
    const bool isOpen = file.open(QIODevice::WriteOnly);
    // Before the first byte is in it.
    if (isOpen && m_permissions)
        file.setPermissions(m_permissions);
    if (!isOpen || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit()) {
        return Failure(
            failure(translated("%1 can not be written. Check free space and permissions."), file.errorString()));
    }
    return {};
}

} // namespace diptych
