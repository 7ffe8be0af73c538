// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/modellistdecoder.h"

#include "providers/common/jsondocument.h"
#include "providers/openai/modelfacts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace diptych::openai {

namespace {

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

ModelInfo infoOf(const QJsonObject &model)
{
    const QString id = idOf(model);
    const ModelType type = typeOf(model, id);
    return {.name = id,
        .type = type,
        .rawType = model.value(u"type").toString(model.value(u"model_type").toString()),
        .provider = ownerOf(model),
        .contextLength = contextLengthOf(model),
        .facts = factsOf(model, type),
        .raw = model};
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
        const ModelType type = typeOf(model, id);
        models.push_back({.id = id,
            .type = type,
            .ownedBy = ownerOf(model),
            .contextLength = contextLengthOf(model),
            .facts = factsOf(model, type),
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
    if (idOf(model).isEmpty())
        return Failure(malformedAnswer(json, QStringLiteral("id"), QStringLiteral("a string")));
    return infoOf(model);
}

Result<ModelInfo> decodeModelOfList(const QByteArray &json, const QString &id)
{
    const Result<std::vector<ModelDescription>> models = decodeModelList(json);
    if (!models)
        return Failure(models.error());
    for (const ModelDescription &model : *models) {
        // A server with one model answers for it by any name.
        if (model.id == id || models->size() == 1)
            return infoOf(model.raw);
    }
    return Failure({.kind = Error::Kind::NotFound,
        .message =
            QCoreApplication::translate("diptych::OpenAiProvider", "The list of models does not name \"%1\".").arg(id),
        .parameter = QStringLiteral("model")});
}

} // namespace diptych::openai
