// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/modelfacts.h"

#include <QJsonArray>

#include <initializer_list>

namespace diptych::openai {

namespace {

/// A member by a path of keys.
QJsonValue at(const QJsonObject &model, const char *path)
{
    QJsonValue value = model;
    for (const QByteArray &key : QByteArray(path).split('.'))
        value = value[QLatin1String(key)];
    return value;
}

std::optional<qint64> firstCount(const QJsonObject &model, std::initializer_list<const char *> paths)
{
    for (const char *path : paths) {
        const QJsonValue value = at(model, path);
        if (value.isDouble() && value.toInteger() > 0)
            return value.toInteger();
    }
    return std::nullopt;
}

QString firstText(const QJsonObject &model, std::initializer_list<const char *> paths)
{
    for (const char *path : paths) {
        const QString text = at(model, path).toString();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QStringList firstList(const QJsonObject &model, std::initializer_list<const char *> paths)
{
    QStringList texts;
    for (const char *path : paths) {
        const QJsonArray array = at(model, path).toArray();
        for (const QJsonValue &text : array)
            texts.append(text.toString());
        if (!texts.isEmpty())
            break;
    }
    texts.removeAll(QString());
    return texts;
}

/// 8030261312 → "8.0B"
QString parameterSize(const QJsonObject &model)
{
    const QString said = firstText(model, {"params_string", "details.parameter_size"});
    const double count = at(model, "meta.n_params").toDouble();
    if (!said.isEmpty() || count <= 0)
        return said;
    return count >= 1e9 ? QStringLiteral("%1B").arg(count / 1e9, 0, 'f', 1)
                        : QStringLiteral("%1M").arg(count / 1e6, 0, 'f', 0);
}

void declare(Capabilities &capabilities, const char *name, bool isSupported, const QString &evidence)
{
    capabilities.insert(QString::fromLatin1(name),
        {.state = isSupported ? CapabilityState::State::Supported : CapabilityState::State::Refused,
            .evidence = evidence});
}

/// OpenRouter: US dollars for one token, as text; negative where it depends on the model that is picked.
std::optional<double> pricePerMillion(const QJsonObject &model, const char *path)
{
    bool isNumber = false;
    const double price = at(model, path).toString().toDouble(&isNumber);
    return isNumber && price >= 0 ? std::optional(price * 1e6) : std::nullopt;
}

struct Ability {
    const char *name = ""; ///< in the list of the server
    const char *common = ""; ///< in Capabilities
};

/// Mistral and LM Studio: an object of booleans.
void takeFlags(const QJsonObject &flags, Capabilities &capabilities)
{
    static constexpr Ability abilities[] {{"completion_chat", "chat"}, {"completion_fim", "suffix"},
        {"function_calling", "tools"}, {"trained_for_tool_use", "tools"}, {"vision", "images"}, {"audio", "audio"},
        {"reasoning", "thinking"}};
    for (const Ability &ability : abilities) {
        const QJsonValue flag = flags.value(QLatin1String(ability.name));
        const QString evidence = QStringLiteral("capabilities.") + QLatin1String(ability.name);
        if (flag.isBool())
            declare(capabilities, ability.common, flag.toBool(), evidence);
        else if (flag.isObject()) // LM Studio lists the levels
            declare(capabilities, ability.common, true, evidence);
    }
}

/// GitHub and llama.cpp: a list of words. A word that is missing says nothing.
void takeWords(const QStringList &words, Capabilities &capabilities)
{
    static constexpr Ability abilities[] {{"streaming", "streaming"}, {"tool-calling", "tools"}, {"tool_use", "tools"},
        {"completion", "chat"}, {"multimodal", "images"}, {"reasoning", "thinking"}, {"embedding", "text_embeddings"}};
    for (const Ability &ability : abilities) {
        if (words.contains(QLatin1String(ability.name)))
            declare(capabilities, ability.common, true, QStringLiteral("capabilities"));
    }
}

/// OpenRouter: all parameters that some server of the model takes.
void takeParameters(const QStringList &parameters, Capabilities &capabilities)
{
    if (parameters.isEmpty())
        return;
    static constexpr Ability abilities[] {{"tools", "tools"}, {"tool_choice", "tool_choice"},
        {"response_format", "response_format"}, {"structured_outputs", "json_schema"}, {"seed", "seed"},
        {"stop", "stop"}, {"logprobs", "logprobs"}, {"reasoning", "thinking"},
        {"parallel_tool_calls", "parallel_tool_calls"}};
    for (const Ability &ability : abilities)
        declare(capabilities, ability.common, parameters.contains(QLatin1String(ability.name)),
            QStringLiteral("supported_parameters"));
}

Capabilities capabilitiesOf(const QJsonObject &model, const ModelFacts &facts)
{
    Capabilities capabilities;
    takeFlags(model.value(u"capabilities").toObject(), capabilities);
    takeWords(firstList(model, {"capabilities"}), capabilities);
    takeParameters(firstList(model, {"supported_parameters"}), capabilities);
    if (!facts.inputModalities.isEmpty()) {
        const QString evidence = QStringLiteral("input_modalities");
        declare(capabilities, "images", facts.inputModalities.contains(QLatin1String("image")), evidence);
        declare(capabilities, "audio", facts.inputModalities.contains(QLatin1String("audio")), evidence);
    }
    return capabilities;
}

} // namespace

std::optional<qint64> contextLengthOf(const QJsonObject &model)
{
    return firstCount(model,
        {"max_model_len", "loaded_context_length", "meta.n_ctx", "max_context_length", "context_length",
            "context_window", "limits.max_input_tokens", "meta.n_ctx_train"});
}

ModelType typeOf(const QJsonObject &model, const QString &id)
{
    const QString type = firstText(model, {"type", "model_type"});
    if (type == QLatin1String("llm") || type == QLatin1String("vlm"))
        return ModelType::Chat;
    const ModelType named = modelTypeFromName(type);
    if (named != ModelType::Unknown)
        return named;
    if (at(model, "capabilities.completion_chat").toBool())
        return ModelType::Chat;
    const QStringList outputs = firstList(model, {"architecture.output_modalities", "supported_output_modalities"});
    if (outputs.contains(QLatin1String("embeddings")))
        return ModelType::TextEmbeddings;
    // Nothing but the name is left to go by; servers that tell the output say "text" for embeddings too.
    if (id.contains(QLatin1String("embed"), Qt::CaseInsensitive))
        return ModelType::TextEmbeddings;
    return outputs.contains(QLatin1String("text")) ? ModelType::Chat : ModelType::Unknown;
}

ModelFacts factsOf(const QJsonObject &model, ModelType type)
{
    ModelFacts facts {.maxOutputTokens = firstCount(model,
                          {"max_output_tokens", "max_completion_tokens", "limits.max_output_tokens",
                              "top_provider.max_completion_tokens"}),
        .inputModalities = firstList(model, {"architecture.input_modalities", "supported_input_modalities"}),
        .outputModalities = firstList(model, {"architecture.output_modalities", "supported_output_modalities"}),
        .family = firstText(model, {"arch", "architecture", "details.family"}),
        .parameterSize = parameterSize(model),
        .quantization = firstText(model, {"quantization", "quantization.name", "meta.ftype"}),
        .size = firstCount(model, {"meta.size", "size_bytes"})};
    // The width of a chat model is no length of embeddings.
    if (type == ModelType::TextEmbeddings)
        facts.embeddingLength = firstCount(model, {"meta.n_embd"});
    facts.isDeprecated = !firstText(model, {"deprecation", "shutdown_date"}).isEmpty();
    facts.inputPrice = pricePerMillion(model, "pricing.prompt");
    facts.outputPrice = pricePerMillion(model, "pricing.completion");
    facts.capabilities = capabilitiesOf(model, facts);
    return facts;
}

} // namespace diptych::openai
