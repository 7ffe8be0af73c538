// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessioncodec.h"

#include "store/storedjson.h"

#include <QJsonArray>
#include <QMetaEnum>

#include <array>

namespace diptych {

namespace {

struct EncodePart {
    QJsonObject operator()(const TextPart &part) const
    {
        QJsonObject object {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), part.text}};
        stored::put(object, QStringLiteral("name"), part.name);
        return object;
    }
    QJsonObject operator()(const ImagePart &part) const
    {
        QJsonObject object {{QStringLiteral("type"), QStringLiteral("image")}, {QStringLiteral("url"), part.url}};
        stored::put(object, QStringLiteral("detail"), part.detail);
        stored::put(object, QStringLiteral("name"), part.name);
        return object;
    }
    QJsonObject operator()(const AudioPart &part) const
    {
        QJsonObject object {{QStringLiteral("type"), QStringLiteral("audio")},
            {QStringLiteral("data"), QString::fromLatin1(part.data.toBase64())},
            {QStringLiteral("format"), part.format}};
        stored::put(object, QStringLiteral("name"), part.name);
        return object;
    }
    QJsonObject operator()(const AudioUrlPart &part) const
    {
        return {{QStringLiteral("type"), QStringLiteral("audioUrl")}, {QStringLiteral("url"), part.url}};
    }
};

std::optional<ContentPart> decodePart(const QJsonObject &object)
{
    const QString type = stored::text(object, QStringLiteral("type"));
    const QString url = stored::text(object, QStringLiteral("url"));
    const QString name = stored::text(object, QStringLiteral("name"));
    if (type == u"text")
        return TextPart {stored::text(object, QStringLiteral("text")), name};
    if (type == u"image")
        return ImagePart {url, stored::text(object, QStringLiteral("detail")), name};
    if (type == u"audio") {
        return AudioPart {QByteArray::fromBase64(stored::text(object, QStringLiteral("data")).toLatin1()),
            stored::text(object, QStringLiteral("format")), name};
    }
    if (type == u"audioUrl")
        return AudioUrlPart {url};
    return std::nullopt;
}

QJsonObject encodeUsage(const Usage &usage)
{
    QJsonObject object;
    stored::put(object, QStringLiteral("prompt"), usage.promptTokens);
    stored::put(object, QStringLiteral("completion"), usage.completionTokens);
    stored::put(object, QStringLiteral("total"), usage.totalTokens);
    stored::put(object, QStringLiteral("cached"), usage.cachedTokens);
    stored::put(object, QStringLiteral("reasoning"), usage.reasoningTokens);
    stored::put(object, QStringLiteral("audio"), usage.audioTokens);
    if (usage.source == Usage::Source::Estimated)
        object[QStringLiteral("estimated")] = true;
    return object;
}

Usage decodeUsage(const QJsonObject &object)
{
    return {
        .promptTokens = stored::integer(object, QStringLiteral("prompt")),
        .completionTokens = stored::integer(object, QStringLiteral("completion")),
        .totalTokens = stored::integer(object, QStringLiteral("total")),
        .cachedTokens = stored::integer(object, QStringLiteral("cached")),
        .reasoningTokens = stored::integer(object, QStringLiteral("reasoning")),
        .audioTokens = stored::integer(object, QStringLiteral("audio")),
        .source = object[QStringLiteral("estimated")].toBool() ? Usage::Source::Estimated : Usage::Source::Provider,
    };
}

QJsonObject encodePieces(const GapDistribution &pieces)
{
    QJsonArray buckets;
    for (const qint64 bucket : pieces.buckets)
        buckets.append(bucket);
    while (!buckets.isEmpty() && buckets.last().toInteger() == 0)
        buckets.removeLast();
    return {{QStringLiteral("count"), pieces.count}, {QStringLiteral("total"), qint64(pieces.total.count())},
        {QStringLiteral("longest"), qint64(pieces.longest.count())},
        {QStringLiteral("median"), qint64(pieces.median.count())},
        {QStringLiteral("percentile95"), qint64(pieces.percentile95.count())}, {QStringLiteral("buckets"), buckets}};
}

GapDistribution decodePieces(const QJsonObject &object)
{
    const auto time = [&object](const char *key) {
        return stored::microseconds(object, QString::fromLatin1(key)).value_or(std::chrono::microseconds(0));
    };
    GapDistribution pieces {.count = object[QStringLiteral("count")].toInteger(),
        .total = time("total"),
        .longest = time("longest"),
        .median = time("median"),
        .percentile95 = time("percentile95")};
    const QJsonArray buckets = object[QStringLiteral("buckets")].toArray();
    for (std::size_t i = 0; i < pieces.buckets.size(); ++i)
        pieces.buckets.at(i) = buckets.at(static_cast<qsizetype>(i)).toInteger();
    return pieces;
}

using StateName = std::pair<Answer::State, QLatin1String>;
constexpr std::array stateNames {
    StateName {Answer::State::Streaming, QLatin1String("streaming")},
    StateName {Answer::State::Complete, QLatin1String("complete")},
    StateName {Answer::State::Stopped, QLatin1String("stopped")},
    StateName {Answer::State::Failed, QLatin1String("failed")},
    StateName {Answer::State::Interrupted, QLatin1String("interrupted")},
    StateName {Answer::State::AwaitingTools, QLatin1String("awaiting-tools")},
};

QJsonObject messageObject(const Message &message)
{
    QJsonArray content;
    for (const ContentPart &part : message.content)
        content.append(std::visit(EncodePart {}, part));
    QJsonArray calls;
    for (const ToolCall &call : message.toolCalls) {
        calls.append(QJsonObject {{QStringLiteral("id"), call.id}, {QStringLiteral("name"), call.name},
            {QStringLiteral("arguments"), call.arguments}});
    }
    QJsonObject object {{QStringLiteral("role"), roleName(message.role)}, {QStringLiteral("content"), content}};
    if (!calls.isEmpty())
        object[QStringLiteral("toolCalls")] = calls;
    stored::put(object, QStringLiteral("toolCallId"), message.toolCallId);
    stored::put(object, QStringLiteral("reasoning"), message.reasoning);
    stored::put(object, QStringLiteral("refusal"), message.refusal);
    if (!message.opaque.isEmpty())
        object[QStringLiteral("opaque")] = message.opaque;
    return object;
}

Message messageFrom(const QJsonObject &object)
{
    Message message {
        .role = roleFromName(stored::text(object, QStringLiteral("role"))).value_or(Role::User),
        .toolCallId = stored::text(object, QStringLiteral("toolCallId")),
        .reasoning = stored::text(object, QStringLiteral("reasoning")),
        .refusal = stored::text(object, QStringLiteral("refusal")),
        .opaque = object[QStringLiteral("opaque")].toArray(),
    };
    const QJsonArray content = object[QStringLiteral("content")].toArray();
    for (const QJsonValue &part : content) {
        if (auto known = decodePart(part.toObject()))
            message.content.push_back(std::move(*known));
    }
    const QJsonArray calls = object[QStringLiteral("toolCalls")].toArray();
    for (const QJsonValue &value : calls) {
        const QJsonObject call = value.toObject();
        message.toolCalls.push_back({.id = stored::text(call, QStringLiteral("id")),
            .name = stored::text(call, QStringLiteral("name")),
            .arguments = stored::text(call, QStringLiteral("arguments"))});
    }
    return message;
}

} // namespace

QByteArray encodeMessage(const Message &message)
{
    return stored::write(messageObject(message));
}

Result<Message> decodeMessage(const QByteArray &json)
{
    return stored::read(json).map(&messageFrom);
}

QByteArray encodeMetrics(const AnswerMetrics &metrics)
{
    QJsonObject phases;
    stored::put(phases, QStringLiteral("dequeued"), metrics.phases.dequeued);
    stored::put(phases, QStringLiteral("connected"), metrics.phases.connected);
    stored::put(phases, QStringLiteral("encrypted"), metrics.phases.encrypted);
    stored::put(phases, QStringLiteral("sent"), metrics.phases.sent);
    stored::put(phases, QStringLiteral("firstByte"), metrics.phases.firstByte);
    stored::put(phases, QStringLiteral("firstToken"), metrics.phases.firstToken);
    stored::put(phases, QStringLiteral("firstText"), metrics.phases.firstText);
    stored::put(phases, QStringLiteral("finished"), metrics.phases.finished);
    const QJsonObject gaps {{QStringLiteral("count"), metrics.gaps.count},
        {QStringLiteral("total"), qint64(metrics.gaps.total.count())},
        {QStringLiteral("longest"), qint64(metrics.gaps.longest.count())}};
    QJsonObject object {{QStringLiteral("phases"), phases}, {QStringLiteral("gaps"), gaps},
        {QStringLiteral("usage"), encodeUsage(metrics.usage)}};
    if (metrics.pieces.count > 0)
        object[QStringLiteral("pieces")] = encodePieces(metrics.pieces);
    if (metrics.usage.source == Usage::Source::Estimated) {
        object[QStringLiteral("estimatedPrompt")] = metrics.isPromptEstimated;
        object[QStringLiteral("estimatedCompletion")] = metrics.isCompletionEstimated;
    }
    stored::put(object, QStringLiteral("estimatedText"), metrics.estimatedTextTokens);
    if (metrics.isConnectionReused)
        object[QStringLiteral("reused")] = true;
    if (metrics.attempts != 1)
        object[QStringLiteral("attempts")] = metrics.attempts;
    return stored::write(object);
}

Result<AnswerMetrics> decodeMetrics(const QByteArray &json)
{
    const Result<QJsonObject> object = stored::read(json);
    if (!object)
        return Failure(object.error());
    const QJsonObject phases = (*object)[QStringLiteral("phases")].toObject();
    const QJsonObject gaps = (*object)[QStringLiteral("gaps")].toObject();
    const auto none = std::chrono::microseconds(0);
    const Usage usage = decodeUsage((*object)[QStringLiteral("usage")].toObject());
    const bool isEstimated = usage.source == Usage::Source::Estimated;
    return AnswerMetrics {
        .phases =
            {
                .dequeued = stored::microseconds(phases, QStringLiteral("dequeued")),
                .connected = stored::microseconds(phases, QStringLiteral("connected")),
                .encrypted = stored::microseconds(phases, QStringLiteral("encrypted")),
                .sent = stored::microseconds(phases, QStringLiteral("sent")),
                .firstByte = stored::microseconds(phases, QStringLiteral("firstByte")),
                .firstToken = stored::microseconds(phases, QStringLiteral("firstToken")),
                .firstText = stored::microseconds(phases, QStringLiteral("firstText")),
                .finished = stored::microseconds(phases, QStringLiteral("finished")),
            },
        .gaps =
            {
                .count = gaps[QStringLiteral("count")].toInteger(),
                .total = stored::microseconds(gaps, QStringLiteral("total")).value_or(none),
                .longest = stored::microseconds(gaps, QStringLiteral("longest")).value_or(none),
            },
        .pieces = decodePieces((*object)[QStringLiteral("pieces")].toObject()),
        .usage = usage,
        // Earlier versions marked all counts at once.
        .isPromptEstimated = (*object)[QStringLiteral("estimatedPrompt")].toBool(isEstimated),
        .isCompletionEstimated = (*object)[QStringLiteral("estimatedCompletion")].toBool(isEstimated),
        .estimatedTextTokens = stored::integer(*object, QStringLiteral("estimatedText")),
        .isConnectionReused = (*object)[QStringLiteral("reused")].toBool(),
        .attempts = (*object)[QStringLiteral("attempts")].toInt(1),
    };
}

QByteArray encodeError(const Error &error)
{
    QJsonObject object {{QStringLiteral("kind"), kindName(error.kind)}};
    if (error.httpStatus != 0)
        object[QStringLiteral("httpStatus")] = error.httpStatus;
    stored::put(object, QStringLiteral("message"), error.message);
    stored::put(object, QStringLiteral("providerCode"), error.providerCode);
    stored::put(object, QStringLiteral("parameter"), error.parameter);
    stored::put(object, QStringLiteral("requestId"), error.requestId);
    if (error.retryAfter)
        object[QStringLiteral("retryAfterMs")] = qint64(error.retryAfter->count());
    stored::put(object, QStringLiteral("bodySample"), QString::fromLatin1(error.bodySample.toBase64()));
    return stored::write(object);
}

Result<Error> decodeError(const QByteArray &json)
{
    const Result<QJsonObject> object = stored::read(json);
    if (!object)
        return Failure(object.error());
    bool known = false;
    const QByteArray kind = stored::text(*object, QStringLiteral("kind")).toLatin1();
    const int value = QMetaEnum::fromType<Error::Kind>().keyToValue(kind.constData(), &known);
    Error error {
        .kind = known ? Error::Kind(value) : Error::Kind::Provider,
        .httpStatus = (*object)[QStringLiteral("httpStatus")].toInt(),
        .message = stored::text(*object, QStringLiteral("message")),
        .providerCode = stored::text(*object, QStringLiteral("providerCode")),
        .parameter = stored::text(*object, QStringLiteral("parameter")),
        .requestId = stored::text(*object, QStringLiteral("requestId")),
        .bodySample = QByteArray::fromBase64(stored::text(*object, QStringLiteral("bodySample")).toLatin1()),
    };
    if (const auto delay = stored::integer(*object, QStringLiteral("retryAfterMs")))
        error.retryAfter = std::chrono::milliseconds(*delay);
    return error;
}

QString answerStateName(Answer::State state)
{
    for (const StateName &name : stateNames) {
        if (name.first == state)
            return name.second;
    }
    return {};
}

Answer::State answerStateFromName(QStringView name)
{
    for (const StateName &candidate : stateNames) {
        if (candidate.second == name)
            return candidate.first;
    }
    return Answer::State::Interrupted;
}

} // namespace diptych
