// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/generationtask.h"

#include "gateway/errorencoder.h"
#include "gateway/responseencoder.h"

#include <QDateTime>

namespace diptych {

namespace {

qsizetype lengthOf(const ChatRequest &request)
{
    qsizetype length = 0;
    for (const Message &message : request.messages)
        length += message.text().size();
    return length;
}

qsizetype lengthOf(const CompletionRequest &request)
{
    return request.prompt.size();
}

qsizetype lengthOf(const ChatResponse &response)
{
    qsizetype length = 0;
    for (const ChatChoice &choice : response.choices) {
        length += choice.message.text().size() + choice.message.reasoning.size();
        for (const ToolCall &call : choice.message.toolCalls)
            length += call.arguments.size();
    }
    return length;
}

qsizetype lengthOf(const CompletionResponse &response)
{
    qsizetype length = 0;
    for (const CompletionChoice &choice : response.choices)
        length += choice.text.size();
    return length;
}

/// Fills in what clients' types require and the provider did not say.
template <typename Response, typename Request>
Response completed(Response response, const Request &request, QLatin1String idPrefix)
{
    if (response.id.isEmpty())
        response.id = makeResponseId(idPrefix);
    if (response.model.isEmpty())
        response.model = request.model;
    if (response.created == 0)
        response.created = QDateTime::currentSecsSinceEpoch();
    response.usage = completeUsage(response.usage, lengthOf(request), lengthOf(response));
    return response;
}

/// The head goes out with the first piece: an error before it still has a status of its own.
void writeAll(HttpServerConnection &connection, const HeaderList &headers, const std::vector<QByteArray> &events)
{
    if (events.empty())
        return;
    if (!connection.hasBegun())
        connection.beginEventStream(headers);
    for (const QByteArray &event : events)
        connection.writeEvent(event);
}

void endWithError(HttpServerConnection &connection, std::vector<QByteArray> events, const Error &error, Surface surface)
{
    events.push_back(encodeStreamError(error, surface));
    for (const QByteArray &event : events)
        connection.writeEvent(event);
    connection.endStream(true);
}

template <typename Call>
StreamOptions streamOptions(const Call &call, Surface surface)
{
    return {.surface = surface, .includeUsage = call.includeUsage, .model = call.request.model};
}

} // namespace

Result<QString> ChatTask::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<GenerationCall<ChatRequest>> decoded = decodeChat(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_asked = std::move(*decoded);
    return m_asked.request.model;
}

void ChatTask::ask(const QString &model)
{
    m_asked.request.model = model;
    if (m_asked.request.stream)
        m_stream = std::make_unique<ChatStreamEncoder>(streamOptions(m_asked, surface()));
    m_reply = provider().chat(m_asked.request);
    if (m_stream)
        connect(m_reply.get(), &ChatReply::deltaReceived, this, &ChatTask::showDelta);
    connect(m_reply.get(), &Reply::finished, this, &ChatTask::showEnd);
}

void ChatTask::showDelta(const ChatDelta &delta)
{
    writeAll(connection(), call().headers, m_stream->encode(delta));
}

void ChatTask::showEnd()
{
    const auto &error = m_reply->error();
    if (error && connection().hasBegun()) {
        endWithError(connection(), m_stream->flush(), *error, surface());
    } else if (error) {
        fail(*error);
    } else if (m_stream) {
        const ChatResponse &response = m_reply->response();
        const Usage usage = completeUsage(response.usage, lengthOf(m_asked.request), lengthOf(response));
        writeAll(connection(), call().headers, m_stream->finish(usage));
        connection().endStream();
    } else {
        answer(encodeChatResponse(completed(m_reply->response(), m_asked.request, QLatin1String("chatcmpl"))));
    }
}

Result<QString> CompletionTask::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<GenerationCall<CompletionRequest>> decoded = decodeCompletion(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_asked = std::move(*decoded);
    return m_asked.request.model;
}

void CompletionTask::ask(const QString &model)
{
    m_asked.request.model = model;
    if (m_asked.request.stream)
        m_stream = std::make_unique<CompletionStreamEncoder>(streamOptions(m_asked, surface()));
    m_reply = provider().complete(m_asked.request);
    if (m_stream)
        connect(m_reply.get(), &CompletionReply::deltaReceived, this, &CompletionTask::showDelta);
    connect(m_reply.get(), &Reply::finished, this, &CompletionTask::showEnd);
}

void CompletionTask::showDelta(const CompletionDelta &delta)
{
    writeAll(connection(), call().headers, m_stream->encode(delta));
}

void CompletionTask::showEnd()
{
    const auto &error = m_reply->error();
    if (error && connection().hasBegun()) {
        endWithError(connection(), m_stream->flush(), *error, surface());
    } else if (error) {
        fail(*error);
    } else if (m_stream) {
        const CompletionResponse &response = m_reply->response();
        const Usage usage = completeUsage(response.usage, lengthOf(m_asked.request), lengthOf(response));
        writeAll(connection(), call().headers, m_stream->finish(usage));
        connection().endStream();
    } else {
        answer(encodeCompletionResponse(completed(m_reply->response(), m_asked.request, QLatin1String("cmpl"))));
    }
}

} // namespace diptych
