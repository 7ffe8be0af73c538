// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamadecoder.h"

#include "gateway/fieldreader.h"
#include "gateway/ollama/ollamaembeddings.h"
#include "gateway/ollama/ollamaencoder.h"
#include "gateway/ollama/ollamamessages.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::OllamaDecoder", source);
}

/// Options whose type is known, though the common request has no place for them.
void readKnownExtras(FieldReader &options, QJsonObject &extras)
{
    constexpr std::array integers {QLatin1String("top_k"), QLatin1String("repeat_last_n"), QLatin1String("num_ctx"),
        QLatin1String("num_keep"), QLatin1String("mirostat")};
    constexpr std::array numbers {QLatin1String("min_p"), QLatin1String("typical_p"), QLatin1String("tfs_z"),
        QLatin1String("repeat_penalty"), QLatin1String("mirostat_eta"), QLatin1String("mirostat_tau")};
    for (const QLatin1String name : integers) {
        if (const auto value = options.integer(name))
            extras.insert(name, *value);
    }
    for (const QLatin1String name : numbers) {
        if (const auto value = options.number(name))
            extras.insert(name, *value);
    }
}

QJsonObject readOptions(FieldReader &body, SamplingParameters &sampling)
{
    const QString name = QStringLiteral("options");
    FieldReader options(body.object(name).value_or(QJsonObject()), name);
    QJsonObject extras;
    sampling.temperature = options.number(QStringLiteral("temperature"), 0.0);
    sampling.topP = options.number(QStringLiteral("top_p"), 0.0, 1.0);
    const auto limit = options.smallInteger(QStringLiteral("num_predict"), std::numeric_limits<int>::min());
    if (limit && *limit >= 0) // below: as many as the model likes, or as the context holds
        sampling.maxTokens = limit;
    sampling.stop = options.strings(QStringLiteral("stop"));
    sampling.seed = options.integer(QStringLiteral("seed"));
    sampling.frequencyPenalty = options.number(QStringLiteral("frequency_penalty"));
    sampling.presencePenalty = options.number(QStringLiteral("presence_penalty"));
    readKnownExtras(options, extras);
    const QJsonObject rest = options.rest();
    for (auto extra = rest.begin(); extra != rest.end(); ++extra)
        extras.insert(extra.key(), extra.value());
    body.adopt(options);
    return extras;
}

bool isDuration(const QJsonValue &value)
{
    return value.isNull() || value.isString() || value.isDouble();
}

/// Members that concern how a server keeps its models, and `n`, which there is only one of.
void passOver(FieldReader &body)
{
    const QString keepAlive = QStringLiteral("keep_alive");
    if (!isDuration(body.any(keepAlive)))
        body.fail(keepAlive, text("keep_alive must be a duration, as text or in seconds."));
    (void)body.boolean(QStringLiteral("truncate"));
    (void)body.boolean(QStringLiteral("shift"));
    (void)body.any(QStringLiteral("n"));
}

std::optional<ResponseFormat> readFormat(FieldReader &body)
{
    const QString name = QStringLiteral("format");
    const QJsonValue value = body.any(name);
    if (value.isNull() || value == QString())
        return std::nullopt;
    if (value == QStringLiteral("json"))
        return ResponseFormat {.type = ResponseFormat::Type::JsonObject};
    if (value.isObject())
        return ResponseFormat {.type = ResponseFormat::Type::JsonSchema,
            .name = QStringLiteral("answer"), // some services demand a name
            .schema = value.toObject()};
    body.fail(name, text("format must be \"json\" or a JSON schema."));
    return std::nullopt;
}

std::optional<QString> readThink(FieldReader &body)
{
    const QString name = QStringLiteral("think");
    const QJsonValue value = body.any(name);
    if (value.isNull())
        return std::nullopt;
    if (value.isBool())
        return value.toBool() ? QStringLiteral("medium") : QStringLiteral("none");
    constexpr std::array levels {
        QLatin1String("low"), QLatin1String("medium"), QLatin1String("high"), QLatin1String("max")};
    const QString level = value.toString();
    if (std::find(levels.begin(), levels.end(), level) != levels.end())
        return level;
    body.fail(name, text("think must be true, false, low, medium, high or max."));
    return std::nullopt;
}

template <typename Request>
void settleExtras(FieldReader &body, QJsonObject extras, Request &request)
{
    const QJsonObject rest = body.rest();
    for (auto extra = rest.begin(); extra != rest.end(); ++extra)
        extras.insert(extra.key(), extra.value());
    if (extras.isEmpty())
        return;
    request.extras = extras;
    request.extrasMode = ExtrasMode::PassThrough;
}

/// What chat and the two ways of generate share.
template <typename Request>
QJsonObject readCommon(FieldReader &body, Request &request)
{
    request.model = body.string(QStringLiteral("model")).value_or(QString());
    request.stream = body.boolean(QStringLiteral("stream")).value_or(true);
    passOver(body);
    return readOptions(body, request.sampling);
}

void readChatOnly(FieldReader &body, ChatRequest &request)
{
    constexpr int mostAlternatives = 20;
    request.responseFormat = readFormat(body);
    request.reasoningEffort = readThink(body);
    request.logprobs = body.boolean(QStringLiteral("logprobs"));
    request.topLogprobs = body.smallInteger(QStringLiteral("top_logprobs"), 0, mostAlternatives);
}

/// `system`, `template`, `context` and `raw` of /api/generate.
struct PromptFields {
    QString prompt {};
    QString system {};
    std::vector<ContentPart> images {};
    QJsonValue promptTemplate {};
};

PromptFields readPrompt(FieldReader &body)
{
    PromptFields fields {.prompt = body.string(QStringLiteral("prompt")).value_or(QString()),
        .system = body.string(QStringLiteral("system")).value_or(QString()),
        .images = readOllamaImages(body)};
    if (const auto own = body.string(QStringLiteral("template")); own && !own->isEmpty())
        fields.promptTemplate = *own;
    (void)body.boolean(QStringLiteral("raw"));
    (void)body.array(QStringLiteral("context")); // token numbers of an earlier answer, which were never given out
    return fields;
}

template <typename Call>
Result<Call> finished(const FieldReader &body, Call call)
{
    if (body.error())
        return Failure(*body.error());
    return call;
}

} // namespace

Result<ChatCall> ollamaChatCall(const QJsonObject &root, const DecodeOptions &)
{
    FieldReader body(root);
    ChatCall call;
    ChatRequest &request = call.request;
    const QJsonObject extras = readCommon(body, request);
    request.messages = readOllamaMessages(body);
    request.tools = readOllamaTools(body);
    readChatOnly(body, request);
    settleExtras(body, extras, request);
    call.encoder = std::make_unique<OllamaChatEncoder>(OllamaForm::Chat, request.model);
    return finished(body, std::move(call));
}

Result<ChatCall> ollamaGenerateCall(const QJsonObject &root, const DecodeOptions &)
{
    FieldReader body(root);
    ChatCall call;
    ChatRequest &request = call.request;
    const QJsonObject extras = readCommon(body, request);
    PromptFields fields = readPrompt(body);
    (void)body.string(QStringLiteral("suffix")); // empty: a gap goes to ollamaCompletionCall()
    readChatOnly(body, request);
    settleExtras(body, extras, request);
    if (!fields.system.isEmpty())
        request.messages.push_back(Message::fromText(Role::System, fields.system));
    Message question = Message::fromText(Role::User, fields.prompt);
    question.content.insert(question.content.end(), fields.images.begin(), fields.images.end());
    request.messages.push_back(std::move(question));
    call.encoder = std::make_unique<OllamaChatEncoder>(OllamaForm::Generate, request.model);
    return finished(body, std::move(call));
}

Result<CompletionCall> ollamaCompletionCall(const QJsonObject &root, const DecodeOptions &)
{
    FieldReader body(root);
    CompletionCall call;
    CompletionRequest &request = call.request;
    QJsonObject extras = readCommon(body, request);
    const PromptFields fields = readPrompt(body);
    request.prompt = fields.prompt;
    if (!fields.images.empty())
        body.failUnsupported(QStringLiteral("images"), text("A model that continues text takes no pictures."));
    if (const auto suffix = body.string(QStringLiteral("suffix")); suffix && !suffix->isEmpty())
        request.suffix = suffix;
    // Only a server with templates can do something with these two.
    if (!fields.system.isEmpty())
        extras.insert(QStringLiteral("system"), fields.system);
    if (fields.promptTemplate.isString())
        extras.insert(QStringLiteral("template"), fields.promptTemplate);
    if (readFormat(body))
        body.failUnsupported(QStringLiteral("format"), text("A model that continues text keeps to no format."));
    (void)readThink(body); // it does not
    constexpr int mostAlternatives = 20;
    const bool wantsLogprobs = body.boolean(QStringLiteral("logprobs")).value_or(false);
    const int alternatives = body.smallInteger(QStringLiteral("top_logprobs"), 0, mostAlternatives).value_or(0);
    if (wantsLogprobs)
        request.logprobs = alternatives;
    settleExtras(body, extras, request);
    call.encoder = std::make_unique<OllamaCompletionEncoder>(request.model);
    return finished(body, std::move(call));
}

Result<EmbeddingCall> ollamaEmbedCall(const QJsonObject &root, const DecodeOptions &)
{
    FieldReader body(root);
    EmbeddingRequest request {.model = body.string(QStringLiteral("model")).value_or(QString())};
    const QString input = QStringLiteral("input");
    const std::optional<QStringList> texts = body.strings(input);
    if (!texts)
        body.failMissing(input);
    else if (texts->isEmpty())
        body.fail(input, text("input must have at least one text."));
    request.input = texts.value_or(QStringList());
    request.dimensions = body.smallInteger(QStringLiteral("dimensions"), 1);
    passOver(body);
    (void)body.object(QStringLiteral("options")); // how a model is run; there is nothing to sample
    settleExtras(body, {}, request);
    OllamaEmbeddingEncoder encoder(request);
    return finished(body, EmbeddingCall {.request = std::move(request), .encode = std::move(encoder)});
}

Result<EmbeddingCall> ollamaEmbedOneCall(const QJsonObject &root, const DecodeOptions &)
{
    FieldReader body(root);
    EmbeddingRequest request {.model = body.string(QStringLiteral("model")).value_or(QString())};
    request.input = {requiredText(body, QStringLiteral("prompt"))};
    passOver(body);
    (void)body.object(QStringLiteral("options"));
    settleExtras(body, {}, request);
    return finished(body, EmbeddingCall {.request = std::move(request), .encode = encodeOllamaEmbedding});
}

bool isOllamaLoad(const QJsonObject &body)
{
    const auto isEmpty = [&body](QLatin1String name) {
        const QJsonValue value = body.value(name);
        return value.isUndefined() || value.isNull() || value == QString() || value == QJsonArray();
    };
    return isEmpty(QLatin1String("messages")) && isEmpty(QLatin1String("prompt")) && isEmpty(QLatin1String("images"))
        && isEmpty(QLatin1String("suffix"));
}

Result<OllamaLoad> decodeOllamaLoad(const QJsonObject &root)
{
    FieldReader body(root);
    OllamaLoad load {.model = body.string(QStringLiteral("model")).value_or(QString())};
    const QJsonValue keepAlive = body.any(QStringLiteral("keep_alive"));
    const QString duration = keepAlive.toString();
    load.isUnload = (keepAlive.isDouble() && keepAlive.toDouble() == 0) || duration == u"0" || duration == u"0s";
    passOver(body);
    return finished(body, std::move(load));
}

Result<QString> decodeOllamaModelName(const QJsonObject &root)
{
    FieldReader body(root);
    const auto older = body.string(QStringLiteral("name"));
    QString model = body.string(QStringLiteral("model")).value_or(older.value_or(QString()));
    return finished(body, std::move(model));
}

} // namespace diptych
