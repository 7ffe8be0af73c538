// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replayfile.h"

#include "api/redaction.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>

#include <array>

namespace diptych {

namespace {

using Microseconds = std::chrono::microseconds;

constexpr int formatVersion = 1;
constexpr int maxAttempts = 100;
constexpr int maxHeaders = 1000;
const QString formatName = QStringLiteral("diptych-exchange");

struct PhaseName {
    const char *name;
    PhaseTimes::Time PhaseTimes::*time;
};
constexpr std::array phaseNames {PhaseName {"dequeued", &PhaseTimes::dequeued},
    PhaseName {"resolved", &PhaseTimes::resolved}, PhaseName {"connected", &PhaseTimes::connected},
    PhaseName {"encrypted", &PhaseTimes::encrypted}, PhaseName {"sent", &PhaseTimes::sent},
    PhaseName {"firstByte", &PhaseTimes::firstByte}, PhaseName {"firstToken", &PhaseTimes::firstToken},
    PhaseName {"firstText", &PhaseTimes::firstText}, PhaseName {"finished", &PhaseTimes::finished}};

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QJsonValue base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QJsonArray headersToJson(const HeaderList &headers)
{
    QJsonArray array;
    for (const HeaderField &field : withoutSecrets(headers))
        array.append(QJsonObject {
            {text("name"), QString::fromLatin1(field.name)}, {text("value"), QString::fromUtf8(field.value)}});
    return array;
}

HeaderList headersFromJson(const QJsonValue &value)
{
    HeaderList headers;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        const QByteArray name = item[u"name"].toString().toLatin1();
        if (!name.isEmpty() && headers.size() < maxHeaders)
            headers.push_back({.name = name, .value = item[u"value"].toString().toUtf8()});
    }
    return headers;
}

/// Frames with their bytes, and what of the body is between them.
QJsonArray framesToJson(const Exchange &exchange)
{
    QJsonArray array;
    qint64 done = 0;
    Microseconds last = exchange.phases.firstByte.value_or(Microseconds(0));
    const qint64 recorded = exchange.responseBody.size();
    const auto between = [&](qint64 end) {
        end = std::min(end, recorded);
        if (end <= done)
            return;
        array.append(QJsonObject {{text("at"), static_cast<qint64>(last.count())}, {text("isBetween"), true},
            {text("bytesBase64"), base64(exchange.responseBody.mid(done, end - done))}});
        done = end;
    };
    for (const ExchangeFrame &frame : exchange.frames) {
        between(frame.offset);
        const bool isWhole = frame.offset == done && frame.offset + frame.size <= recorded;
        QJsonObject object {{text("at"), static_cast<qint64>(frame.at.count())},
            {text("bytesBase64"),
                base64(isWhole ? exchange.responseBody.mid(frame.offset, frame.size) : QByteArray())}};
        if (isWhole) {
            done += frame.size;
        } else {
            object.insert(text("offset"), frame.offset);
            object.insert(text("size"), frame.size);
        }
        if (frame.isVisible)
            object.insert(text("isVisible"), true);
        array.append(object);
        last = frame.at;
    }
    between(recorded);
    return array;
}

void framesFromJson(const QJsonValue &value, Exchange &exchange)
{
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        const QByteArray bytes = bytesOf(item[u"bytesBase64"]);
        const bool fits = exchange.responseBody.size() + bytes.size() <= Exchange::maxRecordedBody;
        ExchangeFrame frame {.at = Microseconds(item[u"at"].toInteger()),
            .offset = exchange.responseBody.size(),
            .size = bytes.size(),
            .isVisible = item[u"isVisible"].toBool()};
        if (item[u"size"].isDouble()) {
            frame.offset = std::max<qint64>(item[u"offset"].toInteger(), 0);
            frame.size = std::max<qint64>(item[u"size"].toInteger(), 0);
        }
        if (fits)
            exchange.responseBody += bytes;
        if (!item[u"isBetween"].toBool() && exchange.frames.size() < Exchange::maxRecordedFrames)
            exchange.frames.push_back(frame);
    }
}

QJsonObject attemptToJson(const Exchange &exchange)
{
    QJsonObject phases;
    for (const PhaseName &phase : phaseNames) {
        if (const PhaseTimes::Time &time = exchange.phases.*phase.time)
            phases.insert(text(phase.name), static_cast<qint64>(time->count()));
    }
    const QJsonObject request {{text("method"), QString::fromLatin1(exchange.method)},
        {text("url"), withoutSecrets(exchange.url).toString(QUrl::FullyEncoded)},
        {text("headers"), headersToJson(exchange.requestHeaders)}, {text("bodyBase64"), base64(exchange.requestBody)}};
    const QJsonObject response {{text("status"), exchange.status},
        {text("reason"), QString::fromLatin1(exchange.reason)},
        {text("headers"), headersToJson(exchange.responseHeaders)}, {text("bytesReceived"), exchange.bytesReceived},
        {text("framesReceived"), exchange.framesReceived}};
    const QJsonObject gaps {{text("count"), exchange.gaps.count},
        {text("total"), static_cast<qint64>(exchange.gaps.total.count())},
        {text("longest"), static_cast<qint64>(exchange.gaps.longest.count())}};
    return {{text("startedAt"), exchange.startedAt.toUTC().toString(Qt::ISODateWithMs)},
        {text("attempt"), exchange.attempt}, {text("peer"), exchange.peerAddress}, {text("tls"), exchange.tlsProtocol},
        {text("reusedConnection"), exchange.reusedConnection}, {text("request"), request}, {text("response"), response},
        {text("frames"), framesToJson(exchange)}, {text("phases"), phases}, {text("gaps"), gaps}};
}

Exchange attemptFromJson(const QJsonValue &json)
{
    const QJsonValue request = json[u"request"];
    const QJsonValue response = json[u"response"];
    Exchange exchange {.startedAt = QDateTime::fromString(json[u"startedAt"].toString(), Qt::ISODateWithMs),
        .method = request[u"method"].toString().toLatin1(),
        .url = withoutSecrets(QUrl(request[u"url"].toString(), QUrl::StrictMode)),
        .requestHeaders = withoutSecrets(headersFromJson(request[u"headers"])),
        .requestBody = bytesOf(request[u"bodyBase64"]),
        .attempt = json[u"attempt"].toInt(1),
        .reusedConnection = json[u"reusedConnection"].toBool(),
        .status = response[u"status"].toInt(),
        .reason = response[u"reason"].toString().toLatin1(),
        .responseHeaders = withoutSecrets(headersFromJson(response[u"headers"])),
        .peerAddress = json[u"peer"].toString(),
        .tlsProtocol = json[u"tls"].toString()};
    framesFromJson(json[u"frames"], exchange);
    exchange.bytesReceived = std::max<qint64>(response[u"bytesReceived"].toInteger(), exchange.responseBody.size());
    exchange.framesReceived =
        std::max(response[u"framesReceived"].toInteger(), static_cast<qint64>(exchange.frames.size()));
    for (const PhaseName &phase : phaseNames) {
        const QJsonValue time = json[u"phases"][QLatin1String(phase.name)];
        if (time.isDouble())
            exchange.phases.*phase.time = Microseconds(time.toInteger());
    }
    const QJsonValue gaps = json[u"gaps"];
    exchange.gaps = {.count = gaps[u"count"].toInteger(),
        .total = Microseconds(gaps[u"total"].toInteger()),
        .longest = Microseconds(gaps[u"longest"].toInteger())};
    return exchange;
}

QJsonArray changesToJson(const ChangeLog &changes)
{
    QJsonArray array;
    for (const Change &change : changes)
        array.append(QJsonObject {{text("kind"), changeKindName(change.kind)}, {text("field"), change.field},
            {text("wire"), change.wire}, {text("reason"), change.reason}});
    return array;
}

ChangeLog changesFromJson(const QJsonValue &value)
{
    ChangeLog changes;
    const auto kinds = QMetaEnum::fromType<Change::Kind>();
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        for (int i = 0; i < kinds.keyCount(); ++i) {
            const auto kind = static_cast<Change::Kind>(kinds.value(i));
            if (changeKindName(kind) == item[u"kind"].toString())
                changes.push_back({.kind = kind,
                    .field = item[u"field"].toString(),
                    .wire = item[u"wire"].toString(),
                    .reason = item[u"reason"].toString()});
        }
    }
    return changes;
}

QJsonObject errorToJson(const Error &error)
{
    QJsonObject object {{text("kind"), kindName(error.kind)}, {text("httpStatus"), error.httpStatus},
        {text("message"), error.message}, {text("code"), error.providerCode}, {text("parameter"), error.parameter},
        {text("requestId"), error.requestId}, {text("bodySampleBase64"), base64(error.bodySample)}};
    if (error.retryAfter)
        object.insert(text("retryAfterMs"), static_cast<qint64>(error.retryAfter->count()));
    return object;
}

std::optional<Error> errorFromJson(const QJsonValue &json)
{
    if (!json.isObject())
        return std::nullopt;
    bool isKnown = false;
    const int kind =
        QMetaEnum::fromType<Error::Kind>().keyToValue(json[u"kind"].toString().toLatin1().constData(), &isKnown);
    Error error {.kind = isKnown ? static_cast<Error::Kind>(kind) : Error::Kind::Provider,
        .httpStatus = json[u"httpStatus"].toInt(),
        .message = json[u"message"].toString(),
        .providerCode = json[u"code"].toString(),
        .parameter = json[u"parameter"].toString(),
        .requestId = json[u"requestId"].toString(),
        .bodySample = bytesOf(json[u"bodySampleBase64"])};
    if (json[u"retryAfterMs"].isDouble())
        error.retryAfter = std::chrono::milliseconds(json[u"retryAfterMs"].toInteger());
    return error;
}

Failure refused(const char *why)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = QCoreApplication::translate("ReplayFile", why)});
}

} // namespace

QByteArray toReplayFile(const RecordedExchange &recorded)
{
    QJsonArray attempts;
    for (const Exchange &exchange : recorded.attempts)
        attempts.append(attemptToJson(exchange));
    QJsonObject root {{text("format"), formatName}, {text("version"), formatVersion},
        {text("commonRequest"), recorded.commonRequest}, {text("changes"), changesToJson(recorded.changeLog)},
        {text("attempts"), attempts}};
    if (recorded.error)
        root.insert(text("error"), errorToJson(*recorded.error));
    return QJsonDocument(root).toJson();
}

Result<RecordedExchange> fromReplayFile(const QByteArray &json)
{
    if (json.size() > maxReplayFile)
        return refused(QT_TRANSLATE_NOOP("ReplayFile", "The file is too large for a recorded exchange."));
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    if (root.value(u"format").toString() != formatName || !root.value(u"version").isDouble())
        return refused(QT_TRANSLATE_NOOP("ReplayFile", "This is not a recorded exchange."));
    if (root.value(u"version").toInteger() > formatVersion)
        return refused(QT_TRANSLATE_NOOP("ReplayFile", "A newer version of the program recorded this exchange."));
    RecordedExchange recorded {.commonRequest = root.value(u"commonRequest").toObject(),
        .changeLog = changesFromJson(root.value(u"changes")),
        .error = errorFromJson(root.value(u"error"))};
    const QJsonArray attempts = root.value(u"attempts").toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(attempts.size(), maxAttempts); ++i)
        recorded.attempts.push_back(attemptFromJson(attempts.at(i)));
    if (recorded.attempts.empty() || recorded.attempts.back().method.isEmpty())
        return refused(QT_TRANSLATE_NOOP("ReplayFile", "There is no request in this file."));
    return recorded;
}

} // namespace diptych
