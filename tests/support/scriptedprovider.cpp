// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptedprovider.h"

#include <QMetaObject>
#include <QTimer>

#include <cmath>

namespace diptych {

ScriptedChatReply::ScriptedChatReply(ChatRequest request)
    : m_request(std::move(request))
{
}

void ScriptedChatReply::text(const QString &piece)
{
    delta({.text = piece});
}

void ScriptedChatReply::reasoning(const QString &piece)
{
    delta({.reasoning = piece});
}

void ScriptedChatReply::delta(const ChatDelta &piece)
{
    deliver(piece);
}

void ScriptedChatReply::finishWith(const QString &finishReason, const Usage &usage)
{
    if (deliver({.finishReason = finishReason, .usage = usage}))
        finish();
}

void ScriptedChatReply::failWith(const Error &error)
{
    fail(error);
}

ScriptedCompletionReply::ScriptedCompletionReply(CompletionRequest request)
    : m_request(std::move(request))
{
}

void ScriptedCompletionReply::delta(const CompletionDelta &piece)
{
    deliver(piece);
}

void ScriptedCompletionReply::text(const QString &piece)
{
    delta({.text = piece});
}

void ScriptedCompletionReply::finishWith(const QString &finishReason)
{
    if (deliver(CompletionDelta {.finishReason = finishReason}))
        finish();
}

void ScriptedCompletionReply::failWith(const Error &error)
{
    fail(error);
}

ScriptedProvider::ScriptedProvider(Endpoint endpoint)
    : m_endpoint(std::move(endpoint))
{
}

namespace {

template <typename Response>
std::unique_ptr<ValueReply<Response>> answerLater(const Response &response, const std::optional<Error> &error)
{
    auto reply = std::make_unique<ScriptedValueReply<Response>>();
    ScriptedValueReply<Response> *raw = reply.get();
    QTimer::singleShot(0, raw, [raw, response, error] {
        if (error)
            raw->failWith(*error);
        else
            raw->finishWith(response);
    });
    return reply;
}

EmbeddingResponse embeddingsOf(const QString &model, const QStringList &texts)
{
    constexpr int dimensions = 8;
    EmbeddingResponse response {.model = model, .dimensions = dimensions};
    for (const QString &text : texts) {
        // Letters counted into buckets: equal texts get equal vectors, similar ones similar vectors.
        std::vector<float> row(dimensions, 0.01F);
        for (const QChar letter : text)
            row[letter.toLower().unicode() % dimensions] += 1.0F;
        float length = 0;
        for (const float value : row)
            length += value * value;
        for (const float value : row)
            response.values.push_back(value / std::sqrt(length));
    }
    return response;
}

} // namespace

std::unique_ptr<ModelInfoReply> ScriptedProvider::info(const QString &)
{
    return answerLater(modelInfo, infoError);
}

std::unique_ptr<ModelListReply> ScriptedProvider::listModels()
{
    return answerLater(models, listError);
}

std::unique_ptr<ChatReply> ScriptedProvider::chat(const ChatRequest &request)
{
    auto reply = std::make_unique<ScriptedChatReply>(request);
    chats.emplace_back(reply.get());
    return reply;
}

std::unique_ptr<CompletionReply> ScriptedProvider::complete(const CompletionRequest &request)
{
    auto reply = std::make_unique<ScriptedCompletionReply>(request);
    completions.emplace_back(reply.get());
    return reply;
}

std::unique_ptr<EmbeddingReply> ScriptedProvider::embed(const EmbeddingRequest &request)
{
    embeddingRequests.push_back(request);
    if (autoEmbed)
        return answerLater(embeddingsOf(request.model, request.input), {});
    auto reply = std::make_unique<ScriptedValueReply<EmbeddingResponse>>();
    embeddings.emplace_back(reply.get());
    return reply;
}

std::unique_ptr<EmbeddingReply> ScriptedProvider::embedImages(const ImageEmbeddingRequest &request)
{
    QStringList images;
    for (const ImageInput &input : request.input)
        images.push_back(input.image);
    return answerLater(embeddingsOf(request.model, images), {});
}

Result<WirePreview> ScriptedProvider::preview(const ChatRequest &request) const
{
    BodyEncoder encoder;
    encoder.sent(QStringLiteral("model"), request.model);
    return WirePreview {
        .method = "POST", .url = m_endpoint.baseUrl, .body = encoder.body(), .changeLog = encoder.changes()};
}

Result<WirePreview> ScriptedProvider::preview(const CompletionRequest &request) const
{
    return preview(ChatRequest {.model = request.model});
}

Result<WirePreview> ScriptedProvider::preview(const EmbeddingRequest &request) const
{
    return preview(ChatRequest {.model = request.model});
}

} // namespace diptych
