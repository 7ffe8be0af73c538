// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/modellistdecoder.h"

#include "providers/common/jsondocument.h"

#include <QJsonArray>
#include <QJsonObject>

namespace diptych::openai {

namespace {

std::optional<qint64> contextLength(const QJsonObject &model)
{
    const QJsonObject meta = model.value(u"meta").toObject();
    for (const QJsonValue &value :
        {model.value(u"max_model_len"), model.value(u"loaded_context_length"), model.value(u"max_context_length"),
            model.value(u"context_length"), model.value(u"context_window"), meta.value(u"n_ctx_train")}) {
        if (value.isDouble() && value.toInteger() > 0)
            return value.toInteger();
    }
    return std::nullopt;
}

ModelType typeOf(const QJsonObject &model, const QString &id)
{
    const QString type = model.value(u"type").toString(model.value(u"model_type").toString());
    if (type == QLatin1String("llm") || type == QLatin1String("vlm"))
        return ModelType::Chat;
    const ModelType named = modelTypeFromName(type);
    if (named != ModelType::Unknown)
        return named;
    const QJsonObject capabilities = model.value(u"capabilities").toObject();
    if (capabilities.value(u"completion_chat").toBool())
        return ModelType::Chat;
    // Nothing but the name is left to go by.
    return id.contains(QLatin1String("embed"), Qt::CaseInsensitive) ? ModelType::TextEmbeddings : ModelType::Unknown;
}

QString idOf(const QJsonObject &model)
{
    for (const QLatin1String key :
        {QLatin1String("id"), QLatin1String("key"), QLatin1String("model"), QLatin1String("name")}) {
        const QString id = model.value(key).toString();
        if (!id.isEmpty())
            return id;
    }
    return {};
}

QString ownerOf(const QJsonObject &model)
{
    return model.value(u"owned_by").toString(model.value(u"publisher").toString());
}

} // namespace

Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject root = document->object();
    QJsonValue list = document->isArray() ? QJsonValue(document->array()) : root.value(u"data");
    if (!document->isArray() && list.isUndefined())
        list = root.value(u"models");
    if (!list.isArray())
        return Failure(malformedAnswer(json, QStringLiteral("data"), QStringLiteral("an array")));
    std::vector<ModelDescription> models;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        const QJsonObject model = item.toObject();
        const QString id = idOf(model);
        if (id.isEmpty())
            return Failure(malformedAnswer(json, QStringLiteral("data[].id"), QStringLiteral("a string")));
        models.push_back({.id = id,
            .type = typeOf(model, id),
            .ownedBy = ownerOf(model),
            .contextLength = contextLength(model),
            .raw = model});
    }
    return models;
}

Result<ModelInfo> decodeModelObject(const QByteArray &json)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject model = document->object();
    const QString id = idOf(model);
    if (id.isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("id"), QStringLiteral("a string")));
    return ModelInfo {.name = id,
        .type = typeOf(model, id),
        .rawType = model.value(u"type").toString(model.value(u"model_type").toString()),
        .provider = ownerOf(model),
        .contextLength = contextLength(model),
        .raw = model};
}

} // namespace diptych::openai
