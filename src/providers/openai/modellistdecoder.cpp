// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/modellistdecoder.h"

#include "providers/common/errordecoder.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace diptych::openai {

namespace {

Error malformed(const QByteArray &json, const QString &path, const QString &expected)
{
    return {.kind = Error::Kind::Protocol,
        .message =
            QCoreApplication::translate("diptych::JsonReader", "The answer does not follow the format: %1 is not %2.")
                .arg(path, expected),
        .parameter = path,
        .bodySample = bodySampleOf(json)};
}

Result<QJsonDocument> parse(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull()) {
        return Failure({.kind = Error::Kind::Protocol,
            .message = QCoreApplication::translate("diptych::JsonReader", "The answer is not valid JSON: %1")
                           .arg(error.errorString()),
            .bodySample = bodySampleOf(json)});
    }
    const QJsonValue carried = document.object().value(u"error");
    if (!carried.isUndefined() && !carried.isNull())
        return Failure(decodeError({.status = 200, .body = json}));
    return document;
}

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
    const Result<QJsonDocument> document = parse(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject root = document->object();
    QJsonValue list = document->isArray() ? QJsonValue(document->array()) : root.value(u"data");
    if (!document->isArray() && list.isUndefined())
        list = root.value(u"models");
    if (!list.isArray())
        return Failure(malformed(json, QStringLiteral("data"), QStringLiteral("an array")));
    std::vector<ModelDescription> models;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &item : items) {
        const QJsonObject model = item.toObject();
        const QString id = idOf(model);
        if (id.isEmpty())
            return Failure(malformed(json, QStringLiteral("data[].id"), QStringLiteral("a string")));
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
    const Result<QJsonDocument> document = parse(json);
    if (!document)
        return Failure(document.error());
    const QJsonObject model = document->object();
    const QString id = idOf(model);
    if (id.isEmpty())
        return Failure(malformed(json, QStringLiteral("id"), QStringLiteral("a string")));
    return ModelInfo {.name = id,
        .type = typeOf(model, id),
        .rawType = model.value(u"type").toString(model.value(u"model_type").toString()),
        .provider = ownerOf(model),
        .contextLength = contextLength(model),
        .raw = model};
}

} // namespace diptych::openai
