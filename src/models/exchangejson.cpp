// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchangejson.h"

#include <QJsonArray>
#include <QStringDecoder>

namespace diptych {

namespace {

QJsonArray headersToJson(const HeaderList &headers)
{
    QJsonArray array;
    for (const HeaderField &field : headers) {
        array.append(QJsonObject {{QStringLiteral("name"), QString::fromLatin1(field.name)},
            {QStringLiteral("value"), QString::fromUtf8(field.value)}});
    }
    return array;
}

void insertBody(QJsonObject &object, const QByteArray &body)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(body);
    if (decoder.hasError())
        object.insert(QStringLiteral("bodyBase64"), QString::fromLatin1(body.toBase64()));
    else
        object.insert(QStringLiteral("body"), text);
}

QJsonObject phasesToJson(const PhaseTimes &phases)
{
    QJsonObject object;
    const auto add = [&object](const QString &name, const PhaseTimes::Time &time) {
        if (time)
            object.insert(name, static_cast<qint64>(time->count()));
    };
    add(QStringLiteral("dequeued"), phases.dequeued);
    add(QStringLiteral("connected"), phases.connected);
    add(QStringLiteral("encrypted"), phases.encrypted);
    add(QStringLiteral("sent"), phases.sent);
    add(QStringLiteral("firstByte"), phases.firstByte);
    add(QStringLiteral("firstToken"), phases.firstToken);
    add(QStringLiteral("finished"), phases.finished);
    return object;
}

QJsonObject errorToJson(const Error &error)
{
    return {{QStringLiteral("kind"), kindName(error.kind)}, {QStringLiteral("httpStatus"), error.httpStatus},
        {QStringLiteral("message"), error.message}, {QStringLiteral("code"), error.providerCode},
        {QStringLiteral("parameter"), error.parameter}, {QStringLiteral("requestId"), error.requestId}};
}

QJsonArray changesToJson(const ChangeLog &changes)
{
    QJsonArray array;
    for (const Change &change : changes) {
        array.append(
            QJsonObject {{QStringLiteral("kind"), changeKindName(change.kind)}, {QStringLiteral("field"), change.field},
                {QStringLiteral("wire"), change.wire}, {QStringLiteral("reason"), change.reason}});
    }
    return array;
}

} // namespace

QJsonObject exchangeToJson(const Exchange &exchange, const ChangeLog &changeLog, const std::optional<Error> &error)
{
    QJsonObject request {{QStringLiteral("method"), QString::fromLatin1(exchange.method)},
        {QStringLiteral("url"), exchange.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo)},
        {QStringLiteral("headers"), headersToJson(exchange.requestHeaders)}};
    insertBody(request, exchange.requestBody);
    QJsonObject response {{QStringLiteral("status"), exchange.status},
        {QStringLiteral("reason"), QString::fromLatin1(exchange.reason)},
        {QStringLiteral("headers"), headersToJson(exchange.responseHeaders)},
        {QStringLiteral("bytesReceived"), exchange.bytesReceived}};
    insertBody(response, exchange.responseBody);
    QJsonArray frames;
    for (const ExchangeFrame &frame : exchange.frames) {
        frames.append(QJsonObject {{QStringLiteral("at"), static_cast<qint64>(frame.at.count())},
            {QStringLiteral("offset"), frame.offset}, {QStringLiteral("size"), frame.size}});
    }
    QJsonObject object {{QStringLiteral("startedAt"), exchange.startedAt.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("attempt"), exchange.attempt}, {QStringLiteral("peer"), exchange.peerAddress},
        {QStringLiteral("tls"), exchange.tlsProtocol}, {QStringLiteral("request"), request},
        {QStringLiteral("changes"), changesToJson(changeLog)}, {QStringLiteral("response"), response},
        {QStringLiteral("phases"), phasesToJson(exchange.phases)}, {QStringLiteral("frames"), frames}};
    if (error)
        object.insert(QStringLiteral("error"), errorToJson(*error));
    return object;
}

} // namespace diptych
