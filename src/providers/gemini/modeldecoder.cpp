// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/jsondocument.h"
#include "providers/gemini/geminicodec.h"

#include <QJsonArray>

namespace diptych::gemini {

namespace {

/// The name without "models/", as people write it.
QString shortName(const QString &name)
{
    const QLatin1String prefix("models/");
    return name.startsWith(prefix) ? name.mid(prefix.size()) : name;
}

QStringList methodsOf(const QJsonObject &model)
{
    QStringList methods;
    const QJsonArray array = model.value(u"supportedGenerationMethods").toArray();
    for (const QJsonValue &method : array)
        methods.append(method.toString());
    return methods;
}

ModelType typeOf(const QStringList &methods)
{
    if (methods.contains(QLatin1String("generateContent")))
        return ModelType::Chat;
    if (methods.contains(QLatin1String("embedContent")) || methods.contains(QLatin1String("batchEmbedContents")))
        return ModelType::TextEmbeddings;
    return ModelType::Unknown;
}

std::optional<qint64> count(const QJsonObject &model, QStringView key)
{
    const QJsonValue value = model.value(key);
    return value.isDouble() && value.toInteger() > 0 ? std::optional(value.toInteger()) : std::nullopt;
}

ModelFacts factsOf(const QJsonObject &model, const QStringList &methods)
{
    ModelFacts facts {.maxOutputTokens = count(model, u"outputTokenLimit")};
    const auto declare = [&facts](const QString &name, bool isSupported, const QString &evidence) {
        facts.capabilities.insert(name,
            {.state = isSupported ? CapabilityState::State::Supported : CapabilityState::State::Refused,
                .evidence = evidence});
    };
    if (model.contains(u"thinking"))
        declare(QStringLiteral("thinking"), model.value(u"thinking").toBool(), QStringLiteral("thinking"));
    if (methods.isEmpty())
        return facts;
    const QString evidence = QStringLiteral("supportedGenerationMethods");
    declare(QStringLiteral("chat"), methods.contains(QLatin1String("generateContent")), evidence);
    declare(QStringLiteral("text_embeddings"),
        typeOf(methods) == ModelType::TextEmbeddings || methods.contains(QLatin1String("embedContent")), evidence);
    return facts;
}

} // namespace

Result<Page<ModelDescription>> decodeModelPage(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonValue list = document->object().value(u"models");
    // A project without models gives an empty object.
    if (!list.isArray() && !document->object().isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("models"), QStringLiteral("an array")));
    Page<ModelDescription> page {.next = document->object().value(u"nextPageToken").toString()};
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        const QJsonObject model = item.toObject();
        const QString name = model.value(u"name").toString();
        if (name.isEmpty())
            return Failure(malformedAnswer(json, QStringLiteral("models[].name"), QStringLiteral("a string")));
        const QStringList methods = methodsOf(model);
        page.items.push_back({.id = shortName(name),
            .type = typeOf(methods),
            .ownedBy = QStringLiteral("google"),
            .contextLength = count(model, u"inputTokenLimit"),
            .facts = factsOf(model, methods),
            .raw = model});
    }
    return page;
}

Result<ModelInfo> decodeModel(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject model = document->object();
    const QString name = model.value(u"name").toString();
    if (name.isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("name"), QStringLiteral("a string")));
    const QStringList methods = methodsOf(model);
    return ModelInfo {.name = shortName(name),
        .type = typeOf(methods),
        .rawType = methods.join(QLatin1String(", ")),
        .provider = QStringLiteral("google"),
        .contextLength = count(model, u"inputTokenLimit"),
        .facts = factsOf(model, methods),
        .raw = model};
}

} // namespace diptych::gemini
