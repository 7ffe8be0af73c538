// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/modeldecoder.h"

#include "providers/common/jsondocument.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>
#include <utility>

namespace diptych::anthropic {

namespace {

std::optional<qint64> countOf(const QJsonObject &model, QLatin1String key)
{
    const qint64 count = model.value(key).toInteger();
    return count > 0 ? std::optional(count) : std::nullopt;
}

/// Abilities that the service declares, by our names.
constexpr std::array<std::pair<QLatin1String, QLatin1String>, 4> abilities {
    {{QLatin1String("image_input"), QLatin1String("images")}, {QLatin1String("thinking"), QLatin1String("thinking")},
        {QLatin1String("structured_outputs"), QLatin1String("json_schema")},
        {QLatin1String("effort"), QLatin1String("reasoning_effort")}}};

ModelFacts factsOf(const QJsonObject &model)
{
    ModelFacts facts {.maxOutputTokens = countOf(model, QLatin1String("max_tokens"))};
    const QJsonObject declared = model.value(u"capabilities").toObject();
    const auto isDeclared = [&declared](QLatin1String name) { return declared.value(name)[u"supported"]; };
    for (const auto &[wire, name] : abilities) {
        const QJsonValue supported = isDeclared(wire);
        if (!supported.isBool())
            continue;
        const auto state = supported.toBool() ? CapabilityState::State::Supported : CapabilityState::State::Refused;
        facts.capabilities.insert(
            name, {.state = state, .evidence = QStringLiteral("capabilities.%1.supported").arg(wire)});
    }
    if (isDeclared(QLatin1String("image_input")).isBool()) {
        facts.inputModalities.append(QStringLiteral("text"));
        facts.outputModalities.append(QStringLiteral("text"));
    }
    if (isDeclared(QLatin1String("image_input")).toBool())
        facts.inputModalities.append(QStringLiteral("image"));
    if (isDeclared(QLatin1String("pdf_input")).toBool())
        facts.inputModalities.append(QStringLiteral("pdf"));
    return facts;
}

} // namespace

Result<Page<ModelDescription>> decodeModelList(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject root = document->object();
    const QJsonValue list = root.value(u"data");
    if (!list.isArray())
        return Failure(malformedAnswer(json, QStringLiteral("data"), QStringLiteral("an array")));
    Page<ModelDescription> page;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        const QJsonObject model = item.toObject();
        const QString id = model.value(u"id").toString();
        if (id.isEmpty())
            return Failure(malformedAnswer(json, QStringLiteral("data[].id"), QStringLiteral("a string")));
        page.items.push_back({.id = id,
            .type = ModelType::Chat,
            .contextLength = countOf(model, QLatin1String("max_input_tokens")),
            .facts = factsOf(model),
            .raw = model});
    }
    if (root.value(u"has_more").toBool() && !page.items.empty())
        page.next = root.value(u"last_id").toString(page.items.back().id);
    return page;
}

Result<ModelInfo> decodeModelObject(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject model = document->object();
    const QString id = model.value(u"id").toString();
    if (id.isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("id"), QStringLiteral("a string")));
    return ModelInfo {.name = id,
        .type = ModelType::Chat,
        .rawType = model.value(u"type").toString(),
        .provider = QStringLiteral("Anthropic"),
        .contextLength = countOf(model, QLatin1String("max_input_tokens")),
        .facts = factsOf(model),
        .raw = model};
}

} // namespace diptych::anthropic
