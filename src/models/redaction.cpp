// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction.h"

#include "core/secret.h"

#include <QUrlQuery>

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
    // Without a secret the query stays as it was written.
    auto items = QUrlQuery(made).queryItems(QUrl::FullyEncoded);
    bool hasSecret = false;
    for (auto &[name, value] : items) {
        if (!isSecretParameter(name))
            continue;
        value = QString::fromLatin1(redacted);
        hasSecret = true;
    }
    if (!hasSecret)
        return made;
    QUrlQuery query;
    query.setQueryItems(items);
    made.setQuery(query);
    return made;
}

} // namespace diptych
