// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/endpointrequest.h"

namespace diptych {

namespace {

QUrl urlOf(const Endpoint &endpoint, const EndpointCall &call)
{
    QUrl url = endpoint.baseUrl;
    QString path = call.isFromOrigin ? QString() : url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    path += call.path;
    url.setPath(path, QUrl::StrictMode);
    QUrlQuery query(endpoint.baseUrl);
    const QString versionKey = QStringLiteral("api-version");
    const auto add = [&query](const QString &key, const QString &value) {
        query.removeAllQueryItems(key);
        query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    if (!endpoint.apiVersion.isEmpty())
        add(versionKey, endpoint.apiVersion);
    const auto items = call.query.queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items)
        add(key, value);
    url.setQuery(query);
    url.setFragment(QString());
    return url;
}

void setHeader(HeaderList &headers, const QByteArray &name, const QByteArray &value)
{
    for (HeaderField &field : headers) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0) {
            field = {name, value};
            return;
        }
    }
    headers.push_back({name, value});
}

/// A provider's own key header takes what the command prints, everything else a bearer token.
TokenCommand tokenOf(const Endpoint &endpoint, const QByteArray &keyHeader)
{
    if (endpoint.tokenCommand.isEmpty() || endpoint.auth == Endpoint::Auth::None)
        return {};
    TokenCommand token {.command = endpoint.tokenCommand, .scope = endpoint.tokenScope};
    if (endpoint.kind == Endpoint::Kind::Native && endpoint.auth == Endpoint::Auth::ApiKey) {
        token.header = keyHeader;
        token.prefix.clear();
    }
    return token;
}

void addCredential(HeaderList &headers, const Endpoint &endpoint, const QByteArray &keyHeader)
{
    if (!endpoint.tokenCommand.isEmpty())
        return;
    const QByteArray key = endpoint.credential.reveal().trimmed();
    if (key.isEmpty() || endpoint.auth == Endpoint::Auth::None)
        return;
    if (endpoint.auth != Endpoint::Auth::ApiKey)
        setHeader(headers, "Authorization", "Bearer " + key);
    if (endpoint.auth != Endpoint::Auth::Bearer)
        setHeader(headers, keyHeader, key);
}

HttpRequest requestOf(const Endpoint &endpoint, const EndpointCall &call)
{
    HttpRequest request {.method = call.method, .url = urlOf(endpoint, call), .connection = endpoint.connection};
    setHeader(request.headers, "User-Agent", "Diptych/" DIPTYCH_VERSION);
    const QByteArray usual = call.expectsStream ? "text/event-stream, application/json" : "application/json";
    setHeader(request.headers, "Accept", call.accept.isEmpty() ? usual : call.accept);
    if (call.method != "GET")
        setHeader(request.headers, "Content-Type", "application/json");
    for (const HeaderField &field : call.headers)
        setHeader(request.headers, field.name, field.value);
    addCredential(request.headers, endpoint, call.keyHeader);
    request.token = tokenOf(endpoint, call.keyHeader);
    return request;
}

void addOwnHeaders(HttpRequest &request, const Endpoint &endpoint)
{
    for (const HeaderField &field : endpoint.headers)
        setHeader(request.headers, field.name, field.value);
    // A header that the person wrote needs no token.
    if (!headerValue(endpoint.headers, request.token.header).isEmpty())
        request.token = {};
}

} // namespace

Outgoing makeOutgoing(const Endpoint &endpoint, const EndpointCall &call, const Result<BodyEncoder> &encoder)
{
    if (!encoder)
        return {.request = Failure(encoder.error())};
    HttpRequest request = requestOf(endpoint, call);
    for (const auto &[name, value] : encoder->headers())
        setHeader(request.headers, name, value);
    addOwnHeaders(request, endpoint);
    request.body = encoder->body();
    return {.request = std::move(request), .changeLog = encoder->changes()};
}

Outgoing makeOutgoing(const Endpoint &endpoint, const EndpointCall &call)
{
    HttpRequest request = requestOf(endpoint, call);
    addOwnHeaders(request, endpoint);
    return {.request = std::move(request)};
}

Result<WirePreview> previewOf(const Outgoing &outgoing)
{
    if (!outgoing.request)
        return Failure(outgoing.request.error());
    WirePreview preview {.method = outgoing.request->method,
        .url = redactedUrl(outgoing.request->url),
        .headers = outgoing.request->headers,
        .body = outgoing.request->body,
        .changeLog = outgoing.changeLog};
    for (HeaderField &field : preview.headers) {
        if (isSecretHeader(field.name))
            field.value = "***";
    }
    if (const TokenCommand &token = outgoing.request->token; !token.isEmpty())
        preview.headers.push_back({token.header, "***"});
    return preview;
}

} // namespace diptych
