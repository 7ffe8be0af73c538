// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/redaction.h"

#include "core/secret.h"

#include <QStringList>

namespace diptych {

namespace {

/// Parameters in which services take a key: Gemini's key, and the usual names of others.
bool isSecretParameter(const QString &name)
{
    static const QStringList names {QStringLiteral("key"), QStringLiteral("api-key"), QStringLiteral("api_key"),
        QStringLiteral("apikey"), QStringLiteral("access_token"), QStringLiteral("token"), QStringLiteral("sig"),
        QStringLiteral("subscription-key")};
    return names.contains(name, Qt::CaseInsensitive);
}

} // namespace

HeaderList withoutSecrets(const HeaderList &headers)
{
    HeaderList made = headers;
    for (HeaderField &field : made) {
        if (isSecretHeader(field.name))
            field.value = redacted;
    }
    return made;
}

QUrl withoutSecrets(const QUrl &url)
{
    QUrl made = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    // Part by part, so that the rest of the query stays as it was written.
    QStringList parts = made.query(QUrl::FullyEncoded).split(u'&');
    for (QString &part : parts) {
        const QString name = part.section(u'=', 0, 0);
        if (isSecretParameter(QUrl::fromPercentEncoding(name.toLatin1())))
            part = name + u'=' + QLatin1String(redacted);
    }
    if (made.hasQuery())
        made.setQuery(parts.join(u'&'), QUrl::StrictMode);
    return made;
}

} // namespace diptych
