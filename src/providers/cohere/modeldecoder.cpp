// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/modeldecoder.h"

#include "providers/common/jsondocument.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>
#include <utility>

namespace diptych::cohere {

namespace {

using Name = QLatin1String;

/// What the service lists, by our names. Source: Cohere API reference, fields `endpoints` and `features` of a model.
constexpr std::array<std::pair<Name, Name>, 3> endpoints {{{Name("chat"), Name("chat")},
    {Name("embed"), Name("text_embeddings")}, {Name("embed_image"), Name("image_embeddings")}}};
constexpr std::array<std::pair<Name, Name>, 8> features {
    {{Name("tools"), Name("tools")}, {Name("tool_choice"), Name("tool_choice")}, {Name("vision"), Name("images")},
        {Name("json_mode"), Name("json_object")}, {Name("json_schema"), Name("json_schema")},
        {Name("logprobs"), Name("logprobs")}, {Name("reasoning"), Name("thinking")}, {Name("seed"), Name("seed")}}};

template <std::size_t size>
void declare(const QJsonObject &model, const QString &list, const std::array<std::pair<Name, Name>, size> &names,
    Capabilities &capabilities)
{
    const QJsonArray listed = model.value(list).toArray();
    for (const auto &[wire, name] : names) {
        if (listed.contains(QJsonValue(wire)))
            capabilities.insert(name,
                {.state = CapabilityState::State::Supported, .evidence = QStringLiteral("%1: %2").arg(list, wire)});
    }
}

bool serves(const QJsonObject &model, Name endpoint)
{
    return model.value(u"endpoints").toArray().contains(QJsonValue(endpoint));
}

ModelType typeOf(const QJsonObject &model)
{
    if (serves(model, Name("chat")))
        return ModelType::Chat;
    if (serves(model, Name("embed")))
        return ModelType::TextEmbeddings;
    return serves(model, Name("embed_image")) ? ModelType::ImageEmbeddings : ModelType::Unknown;
}

ModelFacts factsOf(const QJsonObject &model)
{
    ModelFacts facts {.isDeprecated = model.value(u"is_deprecated").toBool()};
    declare(model, QStringLiteral("endpoints"), endpoints, facts.capabilities);
    declare(model, QStringLiteral("features"), features, facts.capabilities);
    const bool sees = facts.capabilities.contains(QStringLiteral("images"))
        || facts.capabilities.contains(QStringLiteral("image_embeddings"));
    if (sees)
        facts.inputModalities = QStringList {QStringLiteral("text"), QStringLiteral("image")};
    return facts;
}

std::optional<qint64> contextOf(const QJsonObject &model)
{
    const qint64 length = model.value(u"context_length").toInteger();
    return length > 0 ? std::optional(length) : std::nullopt;
}

QString kindsOf(const QJsonObject &model)
{
    QStringList kinds;
    const QJsonArray listed = model.value(u"endpoints").toArray();
    for (const QJsonValue &endpoint : listed)
        kinds.append(endpoint.toString());
    return kinds.join(QLatin1String(", "));
}

} // namespace

Result<Page<ModelDescription>> decodeModelList(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject root = document->object();
    // Gateways for several APIs answer this route in the form of OpenAI.
    const bool isForeign = !root.value(u"models").isArray() && root.value(u"data").isArray();
    const QJsonValue list = root.value(isForeign ? u"data" : u"models");
    if (!list.isArray())
        return Failure(malformedAnswer(json, QStringLiteral("models"), QStringLiteral("an array")));
    Page<ModelDescription> page;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        const QJsonObject model = item.toObject();
        const QString name = model.value(isForeign ? u"id" : u"name").toString();
        if (name.isEmpty())
            return Failure(malformedAnswer(json,
                isForeign ? QStringLiteral("data[].id") : QStringLiteral("models[].name"), QStringLiteral("a string")));
        page.items.push_back({.id = name,
            .type = typeOf(model),
            .contextLength = contextOf(model),
            .facts = factsOf(model),
            .raw = model});
    }
    page.next = root.value(u"next_page_token").toString();
    return page;
}

Result<ModelInfo> decodeModelObject(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject model = document->object();
    const QString name = model.value(u"name").toString();
    if (name.isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("name"), QStringLiteral("a string")));
    return ModelInfo {.name = name,
        .type = typeOf(model),
        .rawType = kindsOf(model),
        .provider = QStringLiteral("Cohere"),
        .contextLength = contextOf(model),
        .facts = factsOf(model),
        .raw = model};
}

} // namespace diptych::cohere
