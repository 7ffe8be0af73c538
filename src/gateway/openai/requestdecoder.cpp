// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/requestdecoder.h"

#include "gateway/fieldreader.h"
#include "gateway/openai/messagedecoder.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::RequestDecoder", source);
}

void readSampling(FieldReader &body, Surface surface, bool chat, SamplingParameters &sampling)
{
    // Azure allows 0 tokens everywhere, OpenAI only where the echoed prompt can be scored without continuing it.
    const int leastTokens = chat && surface == Surface::OpenAi ? 1 : 0;
    sampling.temperature = body.number(QStringLiteral("temperature"), 0.0);
    sampling.topP = body.number(QStringLiteral("top_p"), 0.0, 1.0);
    sampling.maxTokens = body.smallInteger(QStringLiteral("max_tokens"), leastTokens);
    sampling.frequencyPenalty = body.number(QStringLiteral("frequency_penalty"), -2.0, 2.0);
    sampling.presencePenalty = body.number(QStringLiteral("presence_penalty"), -2.0, 2.0);
    sampling.seed = body.integer(QStringLiteral("seed"));
    sampling.stop = body.strings(QStringLiteral("stop"));
}

bool readIncludeUsage(FieldReader &body)
{
    const QString name = QStringLiteral("stream_options");
    FieldReader options(body.object(name).value_or(QJsonObject()), name);
    const bool include = options.boolean(QStringLiteral("include_usage")).value_or(false);
    body.adopt(options);
    return include;
}

/// What OpenAI adds to a chat request; on Azure these are extras.
void readOpenAiChat(FieldReader &body, DecodedRequest<ChatRequest> &call)
{
    ChatRequest &request = call.request;
    constexpr int mostAnswers = 128;
    constexpr int mostAlternatives = 20;
    request.sampling.n = body.smallInteger(QStringLiteral("n"), 1, mostAnswers);
    request.maxCompletionTokens = body.smallInteger(QStringLiteral("max_completion_tokens"), 1);
    request.logprobs = body.boolean(QStringLiteral("logprobs"));
    request.topLogprobs = body.smallInteger(QStringLiteral("top_logprobs"), 0, mostAlternatives);
    request.reasoningEffort = body.string(QStringLiteral("reasoning_effort"));
    request.parallelToolCalls = body.boolean(QStringLiteral("parallel_tool_calls"));
    request.user = body.string(QStringLiteral("user"));
    call.includeUsage = readIncludeUsage(body);
}

void readOpenAiCompletion(FieldReader &body, DecodedRequest<CompletionRequest> &call)
{
    constexpr int mostAnswers = 128;
    constexpr int mostTried = 20;
    constexpr int mostAlternatives = 5;
    call.request.sampling.n = body.smallInteger(QStringLiteral("n"), 1, mostAnswers);
    call.request.suffix = body.string(QStringLiteral("suffix"));
    call.request.echo = body.boolean(QStringLiteral("echo"));
    call.request.bestOf = body.smallInteger(QStringLiteral("best_of"), 1, mostTried);
    call.request.logprobs = body.smallInteger(QStringLiteral("logprobs"), 0, mostAlternatives);
    call.includeUsage = readIncludeUsage(body);
}

/// Deals with the members that were never read, as the mode says.
template <typename Request>
void settleExtras(FieldReader &body, ExtrasMode mode, Request &request)
{
    const QJsonObject rest = body.rest();
    if (rest.isEmpty() || mode == ExtrasMode::Drop || body.hasFailed())
        return;
    if (mode == ExtrasMode::Error) {
        // Source: 1.10, the sentence of the service, a Python list included.
        body.fail(rest.keys().front(),
            QStringLiteral(
                "Extra parameters ['%1'] are not allowed when extra-parameters is not set or set to be 'error'. "
                "Set extra-parameters to 'pass-through' to pass to the model.")
                .arg(rest.keys().join(QStringLiteral("', '"))));
        return;
    }
    request.extras = rest;
    request.extrasMode = ExtrasMode::PassThrough;
}

template <typename Value>
Result<Value> resultOf(const FieldReader &body, Value value, bool extrasRefused = false)
{
    if (!body.error())
        return value;
    Error error = *body.error();
    if (extrasRefused)
        error.providerCode = extrasRefusedCode;
    return Failure(error);
}

QString readPrompt(FieldReader &body)
{
    const QString name = QStringLiteral("prompt");
    const QJsonValue value = body.any(name);
    if (value.isNull()) {
        body.failMissing(name);
        return {};
    }
    if (value.isString())
        return value.toString();
    const QJsonArray list = value.toArray();
    if (list.size() == 1 && list.first().isString())
        return list.first().toString();
    if (value.isArray())
        body.failUnsupported(
            name, text("prompt must be one text; several prompts and token numbers are not supported."));
    else
        body.fail(name, text("prompt must be a string."));
    return {};
}

QStringList readTexts(FieldReader &body)
{
    const QString name = QStringLiteral("input");
    const QJsonValue value = body.any(name);
    const QJsonArray list = value.toArray();
    if (value.isNull())
        body.failMissing(name);
    else if (value.isArray() && list.isEmpty())
        body.fail(name, text("input must have at least one text."));
    else if (!list.isEmpty() && (list.first().isDouble() || list.first().isArray()))
        body.failUnsupported(name, text("input must be text; token numbers are not supported."));
    return body.hasFailed() ? QStringList() : body.strings(name).value_or(QStringList());
}

std::vector<ImageInput> readImages(FieldReader &body)
{
    const QString name = QStringLiteral("input");
    const std::optional<QJsonArray> list = body.array(name);
    if (!list)
        body.failMissing(name);
    else if (list->isEmpty())
        body.fail(name, text("input must have at least one image."));
    std::vector<ImageInput> images;
    for (qsizetype i = 0; list && i < list->size() && !body.hasFailed(); ++i) {
        const QString element = elementPath(name, i);
        if (!list->at(i).isObject())
            body.fail(element, text("%1 must be an object with image and, optionally, text.").arg(element));
        FieldReader reader(list->at(i).toObject(), element);
        ImageInput image {.image = reader.string(QStringLiteral("image")).value_or(QString()),
            .text = reader.string(QStringLiteral("text"))};
        if (image.image.isEmpty())
            reader.failMissing(QStringLiteral("image"));
        images.push_back(std::move(image));
        body.adopt(reader);
    }
    return images;
}

/// What both embedding requests share.
template <typename Request>
void readEmbeddingOptions(FieldReader &body, Request &request)
{
    request.model = body.string(QStringLiteral("model")).value_or(QString());
    request.dimensions = body.smallInteger(QStringLiteral("dimensions"), 1);
    if (const auto name = body.string(QStringLiteral("encoding_format"))) {
        request.encodingFormat = encodingFormatFromName(*name);
        if (!request.encodingFormat)
            body.failUnsupported(
                QStringLiteral("encoding_format"), text("The encoding format \"%1\" is not supported.").arg(*name));
    }
    if (const auto name = body.string(QStringLiteral("input_type"))) {
        request.inputType = inputTypeFromName(*name);
        if (!request.inputType)
            body.failUnsupported(
                QStringLiteral("input_type"), text("The input type \"%1\" is not supported.").arg(*name));
    }
}

template <typename Request>
Result<Request> finishEmbedding(FieldReader &body, const DecodeOptions &options, Request request)
{
    if (options.surface == Surface::OpenAi)
        (void)body.any(QStringLiteral("user"));
    const bool wasGood = !body.hasFailed();
    settleExtras(body, options.extras, request);
    return resultOf(body, std::move(request), wasGood);
}

} // namespace

Result<DecodedRequest<ChatRequest>> decodeChat(const QJsonObject &root, const DecodeOptions &options)
{
    FieldReader body(root);
    DecodedRequest<ChatRequest> call;
    ChatRequest &request = call.request;
    request.model = body.string(QStringLiteral("model")).value_or(QString());
    request.messages = readMessages(body);
    readSampling(body, options.surface, true, request.sampling);
    request.stream = body.boolean(QStringLiteral("stream")).value_or(false);
    readTools(body, request);
    readResponseFormat(body, request);
    request.modalities = body.strings(QStringLiteral("modalities"));
    if (options.surface == Surface::Azure)
        (void)body.any(QStringLiteral("user_security_context")); // 2025-05-01: for the service's own records
    if (options.extras == ExtrasMode::PassThrough)
        readOpenAiChat(body, call);
    const bool wasGood = !body.hasFailed();
    settleExtras(body, options.extras, request);
    return resultOf(body, std::move(call), wasGood);
}

Result<DecodedRequest<CompletionRequest>> decodeCompletion(const QJsonObject &root, const DecodeOptions &options)
{
    FieldReader body(root);
    DecodedRequest<CompletionRequest> call;
    call.request.model = body.string(QStringLiteral("model")).value_or(QString());
    call.request.prompt = readPrompt(body);
    readSampling(body, options.surface, false, call.request.sampling);
    call.request.stream = body.boolean(QStringLiteral("stream")).value_or(false);
    if (options.extras == ExtrasMode::PassThrough)
        readOpenAiCompletion(body, call);
    const bool wasGood = !body.hasFailed();
    settleExtras(body, options.extras, call.request);
    return resultOf(body, std::move(call), wasGood);
}

Result<EmbeddingRequest> decodeEmbedding(const QJsonObject &root, const DecodeOptions &options)
{
    FieldReader body(root);
    EmbeddingRequest request;
    request.input = readTexts(body);
    readEmbeddingOptions(body, request);
    return finishEmbedding(body, options, std::move(request));
}

Result<ImageEmbeddingRequest> decodeImageEmbedding(const QJsonObject &root, const DecodeOptions &options)
{
    FieldReader body(root);
    ImageEmbeddingRequest request;
    request.input = readImages(body);
    readEmbeddingOptions(body, request);
    return finishEmbedding(body, options, std::move(request));
}

} // namespace diptych
