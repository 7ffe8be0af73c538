// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/harexport.h"

#include "api/redaction.h"

#include <QJsonArray>
#include <QStringDecoder>
#include <QUrlQuery>

namespace diptych {

namespace {

QJsonObject pair(const QString &name, const QString &value)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
}

QJsonArray headersOf(const HeaderList &headers)
{
    QJsonArray array;
    for (const HeaderField &field : withoutSecrets(headers))
        array.append(pair(QString::fromLatin1(field.name), QString::fromUtf8(field.value)));
    return array;
}

/// Unset when the bytes are not UTF-8.
std::optional<QString> textOf(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

double milliseconds(std::chrono::microseconds time)
{
    return static_cast<double>(time.count()) / 1000.0;
}

/// From the end of the latest phase before it to its own end; -1 where it did not happen.
class PhaseWalk
{
public:
    double next(const PhaseTimes::Time &end)
    {
        if (!end)
            return -1;
        const double length = milliseconds(std::max(*end - m_last, std::chrono::microseconds(0)));
        m_last = std::max(m_last, *end);
        return length;
    }

private:
    std::chrono::microseconds m_last {0};
};

QJsonObject timingsOf(const Exchange &exchange)
{
    const PhaseTimes &phases = exchange.phases;
    PhaseWalk walk;
    const double blocked = walk.next(phases.dequeued);
    const double dns = exchange.reusedConnection ? -1 : walk.next(phases.resolved);
    double connect = exchange.reusedConnection ? -1 : walk.next(phases.connected);
    const double ssl = exchange.reusedConnection ? -1 : walk.next(phases.encrypted);
    if (ssl >= 0)
        connect = std::max(connect, 0.0) + ssl; // the format counts TLS as part of connecting
    // These three are required and may not be unknown.
    const double send = std::max(walk.next(phases.sent), 0.0);
    const double wait = std::max(walk.next(phases.firstByte), 0.0);
    const double receive = std::max(walk.next(phases.finished), 0.0);
    return {{QStringLiteral("blocked"), blocked}, {QStringLiteral("dns"), dns}, {QStringLiteral("connect"), connect},
        {QStringLiteral("ssl"), ssl}, {QStringLiteral("send"), send}, {QStringLiteral("wait"), wait},
        {QStringLiteral("receive"), receive}};
}

/// All timings but ssl, which is part of connect; unknown ones do not count.
double totalOf(const QJsonObject &timings)
{
    double total = 0;
    for (auto it = timings.begin(); it != timings.end(); ++it) {
        if (it.key() != QLatin1String("ssl"))
            total += std::max(it.value().toDouble(), 0.0);
    }
    return total;
}

QJsonObject requestOf(const Exchange &exchange)
{
    const QUrl url = withoutSecrets(exchange.url);
    QJsonArray query;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        query.append(pair(name, value));
    QJsonObject request {{QStringLiteral("method"), QString::fromLatin1(exchange.method)},
        {QStringLiteral("url"), url.toString(QUrl::FullyEncoded)},
        {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")}, {QStringLiteral("cookies"), QJsonArray()},
        {QStringLiteral("headers"), headersOf(exchange.requestHeaders)}, {QStringLiteral("queryString"), query},
        {QStringLiteral("headersSize"), -1}, {QStringLiteral("bodySize"), exchange.requestBody.size()}};
    if (exchange.requestBody.isEmpty())
        return request;
    QJsonObject post {
        {QStringLiteral("mimeType"), QString::fromLatin1(headerValue(exchange.requestHeaders, "Content-Type"))},
        {QStringLiteral("params"), QJsonArray()}};
    if (const auto text = textOf(exchange.requestBody)) {
        post.insert(QStringLiteral("text"), *text);
    } else {
        post.insert(QStringLiteral("text"), QString::fromLatin1(exchange.requestBody.toBase64()));
        post.insert(QStringLiteral("_encoding"), QStringLiteral("base64"));
    }
    request.insert(QStringLiteral("postData"), post);
    return request;
}

QJsonObject responseOf(const Exchange &exchange)
{
    QJsonObject content {{QStringLiteral("size"), exchange.bytesReceived},
        {QStringLiteral("mimeType"), QString::fromLatin1(headerValue(exchange.responseHeaders, "Content-Type"))}};
    if (const auto text = textOf(exchange.responseBody)) {
        content.insert(QStringLiteral("text"), *text);
    } else {
        content.insert(QStringLiteral("text"), QString::fromLatin1(exchange.responseBody.toBase64()));
        content.insert(QStringLiteral("encoding"), QStringLiteral("base64"));
    }
    if (exchange.bytesReceived > exchange.responseBody.size())
        content.insert(QStringLiteral("comment"),
            QStringLiteral("only the first %1 bytes were recorded").arg(exchange.responseBody.size()));
    return {{QStringLiteral("status"), exchange.status},
        {QStringLiteral("statusText"), QString::fromLatin1(exchange.reason)},
        {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")}, {QStringLiteral("cookies"), QJsonArray()},
        {QStringLiteral("headers"), headersOf(exchange.responseHeaders)}, {QStringLiteral("content"), content},
        {QStringLiteral("redirectURL"), QString::fromUtf8(headerValue(exchange.responseHeaders, "Location"))},
        {QStringLiteral("headersSize"), -1}, {QStringLiteral("bodySize"), -1}};
}

QJsonArray framesOf(const Exchange &exchange)
{
    QJsonArray frames;
    for (const ExchangeFrame &frame : exchange.frames)
        frames.append(QJsonObject {{QStringLiteral("time"), milliseconds(frame.at)},
            {QStringLiteral("offset"), frame.offset}, {QStringLiteral("size"), frame.size}});
    return frames;
}

QJsonObject entryOf(const Exchange &exchange)
{
    const QJsonObject timings = timingsOf(exchange);
    // The format wants a time, also of a request that never started.
    const QDateTime started = exchange.startedAt.isValid() ? exchange.startedAt : QDateTime::fromMSecsSinceEpoch(0);
    QJsonObject entry {{QStringLiteral("startedDateTime"), started.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("time"), totalOf(timings)}, {QStringLiteral("request"), requestOf(exchange)},
        {QStringLiteral("response"), responseOf(exchange)}, {QStringLiteral("cache"), QJsonObject()},
        {QStringLiteral("timings"), timings}, {QStringLiteral("_attempt"), exchange.attempt},
        {QStringLiteral("_frames"), framesOf(exchange)}};
    // Address and port in one; the format has only room for the address.
    const qsizetype colon = exchange.peerAddress.lastIndexOf(u':');
    if (colon > 0)
        entry.insert(QStringLiteral("serverIPAddress"), exchange.peerAddress.left(colon).remove(u'[').remove(u']'));
    return entry;
}

} // namespace

QJsonObject toHar(std::span<const Exchange> exchanges)
{
    QJsonArray entries;
    for (const Exchange &exchange : exchanges)
        entries.append(entryOf(exchange));
    const QJsonObject creator {{QStringLiteral("name"), QStringLiteral("Diptych")},
        {QStringLiteral("version"), QStringLiteral(DIPTYCH_VERSION)}};
    const QJsonObject log {{QStringLiteral("version"), QStringLiteral("1.2")}, {QStringLiteral("creator"), creator},
        {QStringLiteral("pages"), QJsonArray()}, {QStringLiteral("entries"), entries}};
    return {{QStringLiteral("log"), log}};
}

} // namespace diptych
