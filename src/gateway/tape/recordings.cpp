// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tape/recordings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>
#include <QUrl>

namespace diptych {

namespace {

Error storageError(const QString &message)
{
    return {.kind = Error::Kind::Storage, .message = message};
}

Result<Exchange> readExchange(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure(storageError(Recordings::tr("Cannot read %1: %2").arg(path, file.errorString())));
    Result<RecordedExchange> recorded = fromReplayFile(file.read(maxReplayFile + 1));
    if (!recorded)
        return Failure(storageError(QString(path % u": " % recorded.error().message)));
    return recorded->attempts.back();
}

QByteArray keyOf(const Exchange &exchange)
{
    return recordingKey(exchange.method, exchange.url.path(QUrl::FullyEncoded).toLatin1(), exchange.requestBody);
}

} // namespace

QByteArray recordingKey(const QByteArray &method, const QByteArray &path, const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QByteArray canonical = document.isNull() ? body : document.toJson(QJsonDocument::Compact);
    const QByteArray request = method + ' ' + path + '\n' + canonical;
    return QCryptographicHash::hash(request, QCryptographicHash::Sha256);
}

Recordings::Recordings(QString folder)
    : m_folder(std::move(folder))
{
}

QString Recordings::folder(const QString &routeId) const
{
    // Dots too: an id may be "..".
    QByteArray name = QUrl::toPercentEncoding(routeId, {}, ".");
    return QDir(m_folder).filePath(QString::fromLatin1(name));
}

Recordings::Shelf &Recordings::shelf(const QString &routeId)
{
    const auto known = m_shelves.find(routeId);
    if (known != m_shelves.end())
        return *known;
    Shelf &made = m_shelves[routeId];
    const QDir folder(this->folder(routeId));
    for (const QString &name : filesOf(routeId)) {
        const QString path = folder.filePath(name);
        if (const Result<Exchange> exchange = readExchange(path)) {
            made.files[keyOf(*exchange)].append(path);
        } else {
            Q_EMIT failed(exchange.error());
        }
    }
    return made;
}

Result<void> Recordings::add(const QString &routeId, const Exchange &exchange)
{
    const QDir folder(this->folder(routeId));
    // The serial number keeps the order of exchanges within a millisecond.
    const QString name = exchange.startedAt.toUTC().toString(QStringLiteral("yyyyMMdd-hhmmsszzz"))
        + QStringLiteral("-%1").arg(++m_serial, 6, 10, QLatin1Char('0')) + QLatin1String(replayFileSuffix);
    const QString path = folder.filePath(name);
    const bool hasFolder = QDir().mkpath(folder.path());
    QSaveFile file(path);
    const bool isWritten =
        hasFolder && file.open(QIODevice::WriteOnly) && file.write(toReplayFile({.attempts = {exchange}})) >= 0;
    if (!isWritten || !file.commit()) {
        const Error error =
            storageError(tr("Cannot keep a recording in %1: %2").arg(folder.path(), file.errorString()));
        Q_EMIT failed(error);
        return Failure(error);
    }
    // A shelf that nobody has played from is read when somebody does.
    if (const auto shelf = m_shelves.find(routeId); shelf != m_shelves.end())
        shelf->files[keyOf(exchange)].append(path);
    Q_EMIT changed(routeId);
    return {};
}

Result<Exchange> Recordings::next(const QString &routeId, const QByteArray &key)
{
    Shelf &shelf = this->shelf(routeId);
    const QStringList files = shelf.files.value(key);
    if (files.isEmpty()) {
        return Failure(Error {.kind = Error::Kind::NotFound,
            .message = tr("No recording of this request. The route plays recordings only; record the request first, or "
                          "switch the tape off."),
            .providerCode = QStringLiteral("recording_not_found")});
    }
    return readExchange(files[shelf.turns[key]++ % files.size()]);
}

int Recordings::count(const QString &routeId) const
{
    return static_cast<int>(filesOf(routeId).size());
}

QStringList Recordings::filesOf(const QString &routeId) const
{
    const QDir folder(this->folder(routeId));
    return folder.entryList({u'*' + QLatin1String(replayFileSuffix)}, QDir::Files, QDir::Name);
}

Result<void> Recordings::clear(const QString &routeId)
{
    QDir folder(this->folder(routeId));
    m_shelves.remove(routeId);
    const bool isGone = !folder.exists() || folder.removeRecursively();
    Q_EMIT changed(routeId);
    if (!isGone)
        return Failure(storageError(tr("Cannot remove all of %1.").arg(folder.path())));
    return {};
}

} // namespace diptych
