// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessioncodec.h"
#include "store/storedjson.h"

#include <QJsonArray>

namespace diptych {

namespace {

void encodeSampling(QJsonObject &object, const SamplingParameters &sampling)
{
    stored::put(object, QStringLiteral("temperature"), sampling.temperature);
    stored::put(object, QStringLiteral("topP"), sampling.topP);
    stored::put(object, QStringLiteral("maxTokens"), sampling.maxTokens);
    stored::put(object, QStringLiteral("frequencyPenalty"), sampling.frequencyPenalty);
    stored::put(object, QStringLiteral("presencePenalty"), sampling.presencePenalty);
    stored::put(object, QStringLiteral("seed"), sampling.seed);
    if (sampling.stop)
        object[QStringLiteral("stop")] = QJsonArray::fromStringList(*sampling.stop);
    stored::put(object, QStringLiteral("n"), sampling.n);
}

SamplingParameters decodeSampling(const QJsonObject &object)
{
    SamplingParameters sampling {
        .temperature = stored::number(object, QStringLiteral("temperature")),
        .topP = stored::number(object, QStringLiteral("topP")),
        .maxTokens = stored::smallInteger(object, QStringLiteral("maxTokens")),
        .frequencyPenalty = stored::number(object, QStringLiteral("frequencyPenalty")),
        .presencePenalty = stored::number(object, QStringLiteral("presencePenalty")),
        .seed = stored::integer(object, QStringLiteral("seed")),
        .n = stored::smallInteger(object, QStringLiteral("n")),
    };
    if (const QJsonValue stop = object[QStringLiteral("stop")]; stop.isArray())
        sampling.stop = stop.toVariant().toStringList();
    return sampling;
}

QJsonObject encodeFormat(const ResponseFormat &format)
{
    static const QStringList types {QStringLiteral("text"), QStringLiteral("jsonObject"), QStringLiteral("jsonSchema")};
    QJsonObject object {{QStringLiteral("type"), types.at(int(format.type))}};
    stored::put(object, QStringLiteral("name"), format.name);
    stored::put(object, QStringLiteral("description"), format.description);
    if (!format.schema.isEmpty())
        object[QStringLiteral("schema")] = format.schema;
    stored::put(object, QStringLiteral("strict"), format.strict);
    return object;
}

ResponseFormat decodeFormat(const QJsonObject &object)
{
    const QString type = stored::text(object, QStringLiteral("type"));
    ResponseFormat::Type known = ResponseFormat::Type::Text;
    if (type == u"jsonObject")
        known = ResponseFormat::Type::JsonObject;
    else if (type == u"jsonSchema")
        known = ResponseFormat::Type::JsonSchema;
    return {.type = known,
        .name = stored::text(object, QStringLiteral("name")),
        .description = stored::text(object, QStringLiteral("description")),
        .schema = object[QStringLiteral("schema")].toObject(),
        .strict = stored::boolean(object, QStringLiteral("strict"))};
}

QJsonArray encodeTools(const std::vector<Tool> &tools)
{
    QJsonArray array;
    for (const Tool &tool : tools) {
        QJsonObject object {{QStringLiteral("name"), tool.name}, {QStringLiteral("parameters"), tool.parameters}};
        stored::put(object, QStringLiteral("description"), tool.description);
        stored::put(object, QStringLiteral("strict"), tool.strict);
        array.append(object);
    }
    return array;
}

std::vector<Tool> decodeTools(const QJsonArray &array)
{
    std::vector<Tool> tools;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        tools.push_back({.name = stored::text(object, QStringLiteral("name")),
            .description = stored::text(object, QStringLiteral("description")),
            .parameters = object[QStringLiteral("parameters")].toObject(),
            .strict = stored::boolean(object, QStringLiteral("strict"))});
    }
    return tools;
}

/// "auto", "none", "required", or {"name": …}.
QJsonValue encodeToolChoice(const ToolChoice &choice)
{
    switch (choice.mode) {
    case ToolChoice::Mode::None:
        return QStringLiteral("none");
    case ToolChoice::Mode::Required:
        return QStringLiteral("required");
    case ToolChoice::Mode::Named:
        return QJsonObject {{QStringLiteral("name"), choice.name}};
    case ToolChoice::Mode::Auto:
        break;
    }
    return QStringLiteral("auto");
}

ToolChoice decodeToolChoice(const QJsonValue &value)
{
    if (value.isObject())
        return {.mode = ToolChoice::Mode::Named, .name = stored::text(value.toObject(), QStringLiteral("name"))};
    if (value == QStringLiteral("none"))
        return {.mode = ToolChoice::Mode::None};
    if (value == QStringLiteral("required"))
        return {.mode = ToolChoice::Mode::Required};
    return {};
}

} // namespace

QByteArray encodeSettings(const RequestSettings &settings)
{
    QJsonObject object;
    encodeSampling(object, settings.sampling);
    stored::put(object, QStringLiteral("maxCompletionTokens"), settings.maxCompletionTokens);
    stored::put(object, QStringLiteral("logprobs"), settings.logprobs);
    stored::put(object, QStringLiteral("topLogprobs"), settings.topLogprobs);
    stored::put(object, QStringLiteral("reasoningEffort"), settings.reasoningEffort);
    if (settings.responseFormat)
        object[QStringLiteral("responseFormat")] = encodeFormat(*settings.responseFormat);
    if (settings.tools)
        object[QStringLiteral("tools")] = encodeTools(*settings.tools);
    if (settings.toolChoice)
        object[QStringLiteral("toolChoice")] = encodeToolChoice(*settings.toolChoice);
    stored::put(object, QStringLiteral("parallelToolCalls"), settings.parallelToolCalls);
    stored::put(object, QStringLiteral("stream"), settings.stream);
    if (settings.extras)
        object[QStringLiteral("extras")] = *settings.extras;
    if (settings.extrasMode)
        object[QStringLiteral("extrasMode")] = extrasModeName(*settings.extrasMode);
    if (!settings.withheld.isEmpty())
        object[QStringLiteral("withheld")] = QJsonArray::fromStringList(settings.withheld);
    return stored::write(object);
}

Result<RequestSettings> decodeSettings(const QByteArray &json)
{
    const Result<QJsonObject> read = stored::read(json);
    if (!read)
        return Failure(read.error());
    const QJsonObject &object = *read;
    RequestSettings settings {
        .sampling = decodeSampling(object),
        .maxCompletionTokens = stored::smallInteger(object, QStringLiteral("maxCompletionTokens")),
        .logprobs = stored::boolean(object, QStringLiteral("logprobs")),
        .topLogprobs = stored::smallInteger(object, QStringLiteral("topLogprobs")),
        .reasoningEffort = stored::optionalText(object, QStringLiteral("reasoningEffort")),
        .parallelToolCalls = stored::boolean(object, QStringLiteral("parallelToolCalls")),
        .stream = stored::boolean(object, QStringLiteral("stream")),
        .extrasMode = extrasModeFromName(stored::text(object, QStringLiteral("extrasMode"))),
    };
    if (const QJsonValue format = object[QStringLiteral("responseFormat")]; format.isObject())
        settings.responseFormat = decodeFormat(format.toObject());
    if (const QJsonValue tools = object[QStringLiteral("tools")]; tools.isArray())
        settings.tools = decodeTools(tools.toArray());
    if (object.contains(QStringLiteral("toolChoice")))
        settings.toolChoice = decodeToolChoice(object[QStringLiteral("toolChoice")]);
    if (const QJsonValue extras = object[QStringLiteral("extras")]; extras.isObject())
        settings.extras = extras.toObject();
    for (const QJsonValue name : object[QStringLiteral("withheld")].toArray()) {
        if (name.isString())
            settings.withheld.append(name.toString());
    }
    return settings;
}

} // namespace diptych
