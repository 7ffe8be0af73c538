// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("HttpRequest", text);
}

Error invalid(const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest, .message = message};
}

/// Source: RFC 9110 §5.6.2
bool isToken(const QByteArray &text)
{
    const auto isTokenCharacter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    };
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isHeaderValue(const QByteArray &text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return (uchar(c) < 0x20 && c != '\t') || uchar(c) == 0x7f; });
}

bool belongsToTransport(const QByteArray &name)
{
    static constexpr const char *names[] = {"content-length", "transfer-encoding", "connection"};
    return std::any_of(std::begin(names), std::end(names),
        [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

std::optional<Error> checkUrl(const QUrl &url)
{
    if (!url.isValid())
        return invalid(tr("The address is not a valid URL: %1").arg(url.errorString()));
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        return invalid(tr("The address must begin with http:// or https://, not with \"%1\".").arg(url.scheme()));
    if (url.host().isEmpty())
        return invalid(tr("The address names no host."));
    if (url.port() == 0)
        return invalid(tr("Port 0 can not be connected to."));
    return {};
}

QByteArray pathAndQuery(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/'))
        target.prepend('/');
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return target;
}

QByteArray basicCredentials(const QString &user, const QString &password)
{
    const QString pair = user + u':' + password;
    return "Basic " + pair.toUtf8().toBase64();
}

bool has(const HeaderList &headers, const QByteArray &name)
{
    return std::any_of(headers.begin(), headers.end(),
        [&name](const HeaderField &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
}

} // namespace

std::optional<Error> checkRequest(const HttpRequest &request)
{
    if (const std::optional<Error> error = checkUrl(request.url))
        return error;
    if (!isToken(request.method))
        return invalid(tr("The request method is not valid."));
    for (const HeaderField &field : request.headers) {
        const QString name = QString::fromLatin1(field.name.toPercentEncoding());
        if (!isToken(field.name))
            return invalid(tr("\"%1\" is not a valid header name.").arg(name));
        if (!isHeaderValue(field.value))
            return invalid(tr("The value of the header %1 contains a line break or control character.").arg(name));
        if (belongsToTransport(field.name))
            return invalid(tr("The header %1 is set by the connection itself.").arg(name));
    }
    return {};
}

HeaderList completeHeaders(const HttpRequest &request, const HttpTarget &target)
{
    HeaderList headers;
    const auto add = [&request, &headers](const QByteArray &name, const QByteArray &value) {
        if (!has(request.headers, name))
            headers.push_back({.name = name, .value = value});
    };
    const bool isDefaultPort = target.port == defaultPort(request.url.scheme());
    const QString host = target.hostAndPort();
    add("Host", (isDefaultPort ? host.left(host.lastIndexOf(u':')) : host).toLatin1());
    add("User-Agent", "diptych/" DIPTYCH_VERSION);
    add("Accept-Encoding", "gzip");
    add("Connection", "keep-alive");
    if (!request.url.userName().isEmpty())
        add("Authorization", basicCredentials(request.url.userName(), request.url.password()));
    if (target.isForwardedByProxy() && !target.proxy.user().isEmpty())
        add("Proxy-Authorization", basicCredentials(target.proxy.user(), target.proxy.password()));
    headers.insert(headers.end(), request.headers.begin(), request.headers.end());
    const bool mayHaveBody = request.method != "GET" && request.method != "HEAD" && request.method != "DELETE";
    if (mayHaveBody || !request.body.isEmpty())
        headers.push_back({.name = "Content-Length", .value = QByteArray::number(request.body.size())});
    return headers;
}

QByteArray encodeHead(const HttpRequest &request, const HttpTarget &target, const HeaderList &headers)
{
    QByteArray head = request.method + ' ';
    if (target.isForwardedByProxy())
        head += "http://" + target.hostAndPort().toLatin1();
    head += pathAndQuery(request.url) + " HTTP/1.1\r\n";
    for (const HeaderField &field : headers)
        head += field.name + ": " + field.value + "\r\n";
    return head + "\r\n";
}

} // namespace diptych
