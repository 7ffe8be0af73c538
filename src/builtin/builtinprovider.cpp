// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtinprovider.h"

#include "api/deferredreply.h"
#include "builtin/babbler/babbler.h"
#include "builtin/catalogue.h"
#include "builtin/guide/guidemodel.h"
#include "builtin/pacedreply.h"
#include "builtin/palette/palette.h"
#include "builtin/wordmap/wordmap.h"
#include "builtin/workreply.h"

#include <QCoreApplication>

namespace diptych {

namespace {

constexpr double guideTokensPerSecond = 150;
constexpr double briefTokensPerSecond = 300;
constexpr double babblerTokensPerSecond = 200;

Endpoint builtinEndpoint()
{
    return {.id = QStringLiteral("builtin"),
        .name = QCoreApplication::translate("diptych::BuiltinProvider", "Built-in"),
        .kind = Endpoint::Kind::BuiltIn,
        .auth = Endpoint::Auth::None,
        .defaultModel = builtinModels().front().id};
}

QJsonObject modelJson(const BuiltinModel &model)
{
    QJsonObject json {
        {QStringLiteral("model_name"), QString(model.id)},
        {QStringLiteral("model_type"), modelTypeName(model.type)},
        {QStringLiteral("model_provider_name"), QStringLiteral("Diptych")},
        {QStringLiteral("description"), QString(model.summary)},
    };
    if (model.contextLength > 0)
        json.insert(QStringLiteral("context_length"), model.contextLength);
    if (model.dimensions > 0)
        json.insert(QStringLiteral("dimensions"), model.dimensions);
    return json;
}

ModelFacts modelFacts(const BuiltinModel &model)
{
    return {.embeddingLength = model.dimensions > 0 ? std::optional(model.dimensions) : std::nullopt};
}

std::optional<qint64> contextLength(const BuiltinModel &model)
{
    return model.contextLength > 0 ? std::optional(model.contextLength) : std::nullopt;
}

/// How fast the answer is handed out; 0 for an answer in one piece.
Result<double> pace(const QJsonObject &extras, bool stream, std::optional<double> configured, double usual)
{
    const auto requested = requestedPace(extras);
    if (!requested)
        return Failure(requested.error());
    return stream ? requested->value_or(configured.value_or(usual)) : 0;
}

GuideModel::Style guideStyle(QLatin1String model)
{
    return model == QLatin1String("guide-brief") || model == faultyModel ? GuideModel::Style::Brief
        : model == QLatin1String("guide-reasoning")                      ? GuideModel::Style::Reasoning
                                                                         : GuideModel::Style::Whole;
}

Error nothingOnTheWire()
{
    return {.kind = Error::Kind::Unsupported,
        .message = QCoreApplication::translate(
            "diptych::BuiltinProvider", "Built-in models are asked directly; nothing goes over a wire here.")};
}

} // namespace

BuiltinProvider::BuiltinProvider(BuiltinOptions options)
    : m_endpoint(builtinEndpoint())
    , m_options(options)
    , m_guide(std::make_shared<GuideModel>())
    , m_babbler(std::make_shared<Babbler>())
    , m_wordMap(std::make_shared<WordMap>())
    , m_palette(std::make_shared<Palette>())
{
}

BuiltinProvider::~BuiltinProvider() = default;

std::unique_ptr<ModelInfoReply> BuiltinProvider::info(const QString &model)
{
    return std::make_unique<DeferredReply<ModelInfo>>([model]() -> Result<ModelInfo> {
        const auto found = findBuiltinModel(model);
        if (!found)
            return Failure(found.error());
        return ModelInfo {.name = found->id,
            .type = found->type,
            .rawType = modelTypeName(found->type),
            .provider = QStringLiteral("Diptych"),
            .contextLength = contextLength(*found),
            .facts = modelFacts(*found),
            .raw = modelJson(*found)};
    });
}

std::unique_ptr<ModelListReply> BuiltinProvider::listModels()
{
    using Models = std::vector<ModelDescription>;
    return std::make_unique<DeferredReply<Models>>([]() -> Result<Models> {
        Models list;
        for (const BuiltinModel &model : builtinModels()) {
            list.push_back({.id = model.id,
                .type = model.type,
                .ownedBy = QStringLiteral("diptych"),
                .contextLength = contextLength(model),
                .facts = modelFacts(model),
                .raw = modelJson(model)});
        }
        return list;
    });
}

std::unique_ptr<ChatReply> BuiltinProvider::chat(const ChatRequest &request)
{
    using Answer = PlannedAnswer<ChatDelta>;
    auto plan = [guide = m_guide, configured = m_options.tokensPerSecond, request]() -> Result<Answer> {
        const auto model = findBuiltinModel(request.model, ModelType::Chat);
        if (!model)
            return Failure(model.error());
        const GuideModel::Style style = guideStyle(model->id);
        const auto speed = pace(request.extras, request.stream, configured,
            style == GuideModel::Style::Brief ? briefTokensPerSecond : guideTokensPerSecond);
        if (!speed)
            return Failure(speed.error());
        ChatRequest named = request;
        named.model = model->id;
        auto answer = guide->answer(named, style);
        if (answer)
            answer->tokensPerSecond = *speed;
        return answer;
    };
    return std::make_unique<PacedReply<ChatReply, ChatDelta>>(std::move(plan));
}

std::unique_ptr<CompletionReply> BuiltinProvider::complete(const CompletionRequest &request)
{
    using Answer = PlannedAnswer<CompletionDelta>;
    auto plan = [babbler = m_babbler, configured = m_options.tokensPerSecond, request]() -> Result<Answer> {
        const auto model = findBuiltinModel(request.model, ModelType::Completion);
        if (!model)
            return Failure(model.error());
        const auto speed = pace(request.extras, request.stream, configured, babblerTokensPerSecond);
        if (!speed)
            return Failure(speed.error());
        CompletionRequest named = request;
        named.model = model->id;
        auto answer = babbler->complete(named);
        if (answer)
            answer->tokensPerSecond = *speed;
        return answer;
    };
    return std::make_unique<PacedReply<CompletionReply, CompletionDelta>>(std::move(plan));
}

std::unique_ptr<EmbeddingReply> BuiltinProvider::embed(const EmbeddingRequest &request)
{
    auto work = [wordMap = m_wordMap, palette = m_palette, request](
                    const StopRequested &stop) -> Result<EmbeddingResponse> {
        const auto model = findBuiltinModel(request.model, ModelType::TextEmbeddings);
        if (!model)
            return Failure(model.error());
        EmbeddingRequest named = request;
        named.model = model->id;
        return model->type == ModelType::ImageEmbeddings ? palette->embed(named, stop) : wordMap->embed(named, stop);
    };
    return std::make_unique<WorkReply<EmbeddingResponse>>(std::move(work));
}

std::unique_ptr<EmbeddingReply> BuiltinProvider::embedImages(const ImageEmbeddingRequest &request)
{
    auto work = [palette = m_palette, request](const StopRequested &stop) -> Result<EmbeddingResponse> {
        const auto model = findBuiltinModel(request.model, ModelType::ImageEmbeddings);
        if (!model)
            return Failure(model.error());
        ImageEmbeddingRequest named = request;
        named.model = model->id;
        return palette->embed(named, stop);
    };
    return std::make_unique<WorkReply<EmbeddingResponse>>(std::move(work));
}

Result<WirePreview> BuiltinProvider::preview(const ChatRequest &) const
{
    return Failure(nothingOnTheWire());
}

Result<WirePreview> BuiltinProvider::preview(const CompletionRequest &) const
{
    return Failure(nothingOnTheWire());
}

Result<WirePreview> BuiltinProvider::preview(const EmbeddingRequest &) const
{
    return Failure(nothingOnTheWire());
}

} // namespace diptych
