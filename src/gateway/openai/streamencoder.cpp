// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/streamencoder.h"

#include "gateway/openai/errorencoder.h"
#include "gateway/openai/responseencoder.h"

#include <QDateTime>
#include <QJsonDocument>

namespace diptych {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonArray encodeToolCallDeltas(const std::vector<ToolCallDelta> &deltas)
{
    QJsonArray calls;
    for (const ToolCallDelta &delta : deltas) {
        QJsonObject function {{QStringLiteral("arguments"), delta.arguments}};
        QJsonObject call {{QStringLiteral("index"), delta.index}};
        if (!delta.name.isEmpty())
            function.insert(QStringLiteral("name"), delta.name);
        if (!delta.id.isEmpty()) {
            call.insert(QStringLiteral("id"), delta.id);
            call.insert(QStringLiteral("type"), QStringLiteral("function"));
        }
        call.insert(QStringLiteral("function"), function);
        calls.append(call);
    }
    return calls;
}

/// Server-sent events, one for each object.
QByteArray framed(const std::vector<QByteArray> &objects)
{
    QByteArray bytes;
    for (const QByteArray &object : objects)
        bytes += "data: " + object + "\n\n";
    return bytes;
}

const QByteArray eventStream = QByteArrayLiteral("text/event-stream");

QByteArray ended(ChunkWriter &writer, const Error &error, Surface surface)
{
    std::vector<QByteArray> events = writer.flush();
    events.push_back(encodeStreamError(error, surface));
    return framed(events);
}

} // namespace

ChunkWriter::ChunkWriter(StreamOptions options, QString object, QLatin1String idPrefix)
    : m_options(std::move(options))
    , m_object(std::move(object))
    , m_idPrefix(idPrefix)
{
}

void ChunkWriter::identify(const QString &id, const QString &model, qint64 created)
{
    if (m_id.isEmpty())
        m_id = id;
    if (m_model.isEmpty())
        m_model = model;
    if (m_created == 0)
        m_created = created;
}

QJsonObject ChunkWriter::chunk(const QJsonArray &choices)
{
    // All chunks of a stream carry the same three, so they are settled with the first.
    if (m_id.isEmpty())
        m_id = makeResponseId(m_idPrefix);
    if (m_model.isEmpty())
        m_model = m_options.model;
    if (m_created == 0)
        m_created = QDateTime::currentSecsSinceEpoch();
    QJsonObject object {{QStringLiteral("id"), m_id}, {QStringLiteral("object"), m_object},
        {QStringLiteral("created"), m_created}, {QStringLiteral("model"), m_model},
        {QStringLiteral("choices"), choices}};
    if (m_options.includeUsage)
        object.insert(QStringLiteral("usage"), QJsonValue::Null);
    return object;
}

std::vector<QByteArray> ChunkWriter::add(const QJsonObject &choice, bool endsChoice)
{
    std::vector<QByteArray> ready = flush();
    QJsonObject object = chunk({choice});
    if (endsChoice)
        m_held = std::move(object);
    else
        ready.push_back(compact(object));
    return ready;
}

std::vector<QByteArray> ChunkWriter::flush()
{
    if (m_held.isEmpty())
        return {};
    std::vector<QByteArray> ready {compact(m_held)};
    m_held = {};
    return ready;
}

std::vector<QByteArray> ChunkWriter::finish(const Usage &usage)
{
    const bool onLastChunk = m_options.surface == Surface::Azure && !m_options.includeUsage;
    if (onLastChunk) {
        if (m_held.isEmpty())
            m_held = chunk({});
        m_held.insert(QStringLiteral("usage"), encodeUsage(usage));
    }
    std::vector<QByteArray> ready = flush();
    if (m_options.includeUsage) {
        QJsonObject last = chunk({});
        last.insert(QStringLiteral("usage"), encodeUsage(usage));
        ready.push_back(compact(last));
    }
    ready.emplace_back("[DONE]");
    return ready;
}

OpenAiChatEncoder::OpenAiChatEncoder(const StreamOptions &options)
    : m_surface(options.surface)
    , m_writer(options, QStringLiteral("chat.completion.chunk"), QLatin1String("chatcmpl"))
{
}

QByteArray OpenAiChatEncoder::contentType() const
{
    return eventStream;
}

QByteArray OpenAiChatEncoder::encode(const ChatDelta &delta)
{
    m_writer.identify(delta.id, delta.model, delta.created);
    const bool saysNothing = delta.text.isEmpty() && delta.reasoning.isEmpty() && delta.refusal.isEmpty()
        && delta.toolCalls.empty() && delta.logprobs.empty() && delta.finishReason.isEmpty();
    if (delta.choice < 0 || saysNothing)
        return {};
    QJsonObject piece;
    if (!m_begun.contains(delta.choice)) {
        m_begun.insert(delta.choice);
        piece.insert(QStringLiteral("role"), QStringLiteral("assistant"));
        if (delta.toolCalls.empty())
            piece.insert(QStringLiteral("content"), QString());
    }
    if (!delta.text.isEmpty())
        piece.insert(QStringLiteral("content"), delta.text);
    if (!delta.reasoning.isEmpty())
        piece.insert(QStringLiteral("reasoning_content"), delta.reasoning);
    if (!delta.refusal.isEmpty())
        piece.insert(QStringLiteral("refusal"), delta.refusal);
    if (!delta.toolCalls.empty())
        piece.insert(QStringLiteral("tool_calls"), encodeToolCallDeltas(delta.toolCalls));
    QJsonObject choice {{QStringLiteral("index"), delta.choice}, {QStringLiteral("delta"), piece},
        {QStringLiteral("finish_reason"), textOrNull(delta.finishReason)}};
    if (!delta.logprobs.empty())
        choice.insert(QStringLiteral("logprobs"), encodeChatLogprobs(delta.logprobs));
    return framed(m_writer.add(choice, !delta.finishReason.isEmpty()));
}

QByteArray OpenAiChatEncoder::finish(const ChatResponse &response)
{
    return framed(m_writer.finish(response.usage.value_or(Usage())));
}

QByteArray OpenAiChatEncoder::fail(const Error &error)
{
    return ended(m_writer, error, m_surface);
}

QByteArray OpenAiChatEncoder::whole(const ChatResponse &response)
{
    return compact(encodeChatResponse(response));
}

OpenAiCompletionEncoder::OpenAiCompletionEncoder(const StreamOptions &options)
    : m_surface(options.surface)
    , m_writer(options, QStringLiteral("text_completion"), QLatin1String("cmpl"))
{
}

QByteArray OpenAiCompletionEncoder::contentType() const
{
    return eventStream;
}

QByteArray OpenAiCompletionEncoder::encode(const CompletionDelta &delta)
{
    m_writer.identify(delta.id, delta.model, delta.created);
    if (delta.choice < 0 || (delta.text.isEmpty() && delta.finishReason.isEmpty() && delta.logprobs.empty()))
        return {};
    const QJsonObject choice {{QStringLiteral("index"), delta.choice}, {QStringLiteral("text"), delta.text},
        {QStringLiteral("logprobs"), encodeCompletionLogprobs(delta.logprobs, m_offsets[delta.choice])},
        {QStringLiteral("finish_reason"), textOrNull(delta.finishReason)}};
    return framed(m_writer.add(choice, !delta.finishReason.isEmpty()));
}

QByteArray OpenAiCompletionEncoder::finish(const CompletionResponse &response)
{
    return framed(m_writer.finish(response.usage.value_or(Usage())));
}

QByteArray OpenAiCompletionEncoder::fail(const Error &error)
{
    return ended(m_writer, error, m_surface);
}

QByteArray OpenAiCompletionEncoder::whole(const CompletionResponse &response)
{
    return compact(encodeCompletionResponse(response));
}

} // namespace diptych
