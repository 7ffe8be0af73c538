// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <QSet>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace diptych {

Secret::Secret(QByteArray value)
    : m_value(std::move(value))
{
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    return debug << (secret.isEmpty() ? "(none)" : "***");
}

bool isSecretHeader(const QByteArray &name)
{
    static const QSet<QByteArray> names {"authorization", "proxy-authorization", "cookie", "set-cookie", "apikey",
        "api_key", "token", "secret", "password"};
    // These end like secrets and are none.
    static const QSet<QByteArray> harmless {"idempotency-key", "x-idempotency-key", "sec-websocket-key"};
    const QByteArray lower = name.toLower();
    if (names.contains(lower))
        return true;
    static constexpr const char *ends[] = {
        "-key", "-token", "-secret", "-password", "-authorization", "_key", "_token"};
    return !harmless.contains(lower)
        && std::any_of(std::begin(ends), std::end(ends), [&lower](const char *end) { return lower.endsWith(end); });
}

bool isSecretQueryItem(const QString &name)
{
    static const QSet<QString> names {QStringLiteral("key"), QStringLiteral("apikey"), QStringLiteral("code"),
        QStringLiteral("sig"), QStringLiteral("signature"), QStringLiteral("password")};
    const QString lower = name.toLower();
    return names.contains(lower) || isSecretHeader(lower.toUtf8());
}

QUrl redactedUrl(const QUrl &url)
{
    QUrl result = url.adjusted(QUrl::RemoveUserInfo);
    if (!url.hasQuery())
        return result;
    QStringList items = url.query(QUrl::FullyEncoded).split(u'&');
    for (QString &item : items) {
        const QString name = item.section(u'=', 0, 0);
        if (isSecretQueryItem(QUrl::fromPercentEncoding(name.toLatin1())) && item.size() > name.size() + 1)
            item = QString(name % u"=***");
    }
    result.setQuery(items.join(u'&'), QUrl::StrictMode);
    return result;
}

} // namespace diptych
