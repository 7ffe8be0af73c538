// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/accesspolicy.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHostAddress>
#include <QSysInfo>
#include <QUrl>

namespace diptych {

namespace {

bool isLoopbackName(const QString &host)
{
    return host == u"127.0.0.1" || host.compare(u"localhost", Qt::CaseInsensitive) == 0 || host == u"::1"
        || host == u"[::1]";
}

bool isOfThisMachine(const QString &host)
{
    const QString name = QSysInfo::machineHostName();
    return !QHostAddress(host).isNull() || host.compare(name, Qt::CaseInsensitive) == 0
        || host.compare(name + QStringLiteral(".local"), Qt::CaseInsensitive) == 0;
}

/// Compares in a time that does not depend on where they differ; the digests have equal lengths.
bool equalInConstantTime(const QByteArray &left, const QByteArray &right)
{
    const QByteArray first = QCryptographicHash::hash(left, QCryptographicHash::Sha256);
    const QByteArray second = QCryptographicHash::hash(right, QCryptographicHash::Sha256);
    unsigned difference = 0;
    for (qsizetype i = 0; i < first.size(); ++i)
        difference |= static_cast<unsigned char>(first[i]) ^ static_cast<unsigned char>(second[i]);
    return difference == 0;
}

Error refused(int status, const char *message)
{
    return {.kind = Error::Kind::Authentication,
        .httpStatus = status,
        .message = QCoreApplication::translate("diptych::AccessPolicy", message)};
}

} // namespace

AccessPolicy::AccessPolicy(Secret key, quint16 port, bool allowsOtherMachines)
    : m_key(std::move(key))
    , m_port(port)
    , m_allowsOtherMachines(allowsOtherMachines)
{
}

std::optional<Error> AccessPolicy::refusal(const HttpServerRequest &request, bool keyNeeded) const
{
    if (!isHostAllowed(request))
        return refused(403, "The Host header has to name this machine's loopback address and the gateway's port.");
    const QByteArray origin = request.header("Origin");
    if (!origin.isEmpty() && !isLoopbackName(QUrl(QString::fromUtf8(origin)).host()))
        return refused(403, "Pages of other sites may not use the gateway.");
    if (keyNeeded && !isKeyRight(request))
        return refused(
            401, "Access denied: the key is missing or wrong. Send it as api-key, x-api-key or Authorization: Bearer.");
    return std::nullopt;
}

bool AccessPolicy::isHostAllowed(const HttpServerRequest &request) const
{
    int count = 0;
    for (const HeaderField &field : request.headers)
        count += field.name.compare("Host", Qt::CaseInsensitive) == 0 ? 1 : 0;
    if (count != 1)
        return false;
    const QUrl url(QStringLiteral("http://%1/").arg(QString::fromUtf8(request.header("Host"))), QUrl::StrictMode);
    const bool isOurs = isLoopbackName(url.host()) || (m_allowsOtherMachines && isOfThisMachine(url.host()));
    return url.isValid() && url.userInfo().isEmpty() && url.path() == u"/" && isOurs && url.port(80) == m_port;
}

bool AccessPolicy::isKeyRight(const HttpServerRequest &request) const
{
    bool given = false;
    bool right = true;
    for (const HeaderField &field : request.headers) {
        const QByteArray name = field.name.toLower();
        QByteArray value = field.value;
        if (name == "authorization") {
            if (value.left(7).compare("Bearer ", Qt::CaseInsensitive) == 0)
                value = value.mid(7).trimmed();
        } else if (name != "api-key" && name != "x-api-key" && name != "x-goog-api-key") {
            continue;
        }
        given = true;
        right = equalInConstantTime(value, m_key.reveal()) && right; // two at once have to agree
    }
    return given && right;
}

} // namespace diptych
