// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/openaitasks.h"

#include "gateway/embeddingtask.h"
#include "gateway/generationtask.h"
#include "gateway/modeltasks.h"
#include "gateway/openai/embeddingencoder.h"
#include "gateway/openai/requestdecoder.h"
#include "gateway/openai/responseencoder.h"
#include "gateway/openai/streamencoder.h"
#include "gateway/textlength.h"

namespace diptych {

namespace {

StreamOptions streamOptions(const DecodeOptions &options, bool includeUsage)
{
    return {.surface = options.surface, .includeUsage = includeUsage};
}

Result<ChatCall> chatCall(const QJsonObject &body, const DecodeOptions &options)
{
    Result<DecodedRequest<ChatRequest>> decoded = decodeChat(body, options);
    if (!decoded)
        return Failure(decoded.error());
    return ChatCall {.request = std::move(decoded->request),
        .encoder = std::make_unique<OpenAiChatEncoder>(streamOptions(options, decoded->includeUsage))};
}

Result<CompletionCall> completionCall(const QJsonObject &body, const DecodeOptions &options)
{
    Result<DecodedRequest<CompletionRequest>> decoded = decodeCompletion(body, options);
    if (!decoded)
        return Failure(decoded.error());
    return CompletionCall {.request = std::move(decoded->request),
        .encoder = std::make_unique<OpenAiCompletionEncoder>(streamOptions(options, decoded->includeUsage))};
}

template <typename Request>
Result<EmbeddingCallOf<Request>> embeddingCallOf(Result<Request> decoded)
{
    if (!decoded)
        return Failure(decoded.error());
    const auto encode = [format = decoded->encodingFormat, length = lengthOf(*decoded)](
                            const EmbeddingResponse &response) { return encodeEmbeddings(response, format, length); };
    return EmbeddingCallOf<Request> {.request = std::move(*decoded), .encode = encode};
}

Result<EmbeddingCall> embeddingCall(const QJsonObject &body, const DecodeOptions &options)
{
    return embeddingCallOf(decodeEmbedding(body, options));
}

Result<ImageEmbeddingCall> imageEmbeddingCall(const QJsonObject &body, const DecodeOptions &options)
{
    return embeddingCallOf(decodeImageEmbedding(body, options));
}

} // namespace

std::unique_ptr<GatewayTask> makeOpenAiTask(const GatewayCall &call)
{
    switch (call.path.operation) {
    case GatewayPath::Operation::Health:
        return std::make_unique<HealthTask>(call);
    case GatewayPath::Operation::Info:
        return std::make_unique<InfoTask>(call);
    case GatewayPath::Operation::ListModels:
    case GatewayPath::Operation::GetModel:
        return std::make_unique<ModelListTask>(call, ModelListEncoders {encodeModelList, encodeModel});
    case GatewayPath::Operation::Chat:
        return std::make_unique<ChatTask>(call, chatCall);
    case GatewayPath::Operation::Complete:
        return std::make_unique<CompletionTask>(call, completionCall);
    case GatewayPath::Operation::Embed:
        return std::make_unique<EmbeddingTask>(call, embeddingCall);
    case GatewayPath::Operation::EmbedImages:
        return std::make_unique<ImageEmbeddingTask>(call, imageEmbeddingCall);
    default:
        return nullptr; // operations of other surfaces
    }
}

} // namespace diptych
