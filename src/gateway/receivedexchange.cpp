// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/receivedexchange.h"

#include "api/redaction.h"

namespace diptych {

namespace {

QUrl urlOf(const HttpServerRequest &request)
{
    const QByteArray host = request.header("Host");
    return withoutSecrets(QUrl(QStringLiteral("http://") % QString::fromLatin1(host.isEmpty() ? "127.0.0.1" : host)
        % QString::fromLatin1(request.target)));
}

} // namespace

Exchange receivedExchange(const HttpServerRequest &request)
{
    return {.startedAt = QDateTime::currentDateTimeUtc(),
        .method = request.method,
        .url = urlOf(request),
        .requestHeaders = withoutSecrets(request.headers),
        .requestBody = request.body};
}

} // namespace diptych
