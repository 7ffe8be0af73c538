// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/schemadialect.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace diptych::gemini {

namespace {

bool isKnownKey(const QString &key)
{
    static const QStringList keys {QStringLiteral("type"), QStringLiteral("format"), QStringLiteral("title"),
        QStringLiteral("description"), QStringLiteral("nullable"), QStringLiteral("enum"), QStringLiteral("maxItems"),
        QStringLiteral("minItems"), QStringLiteral("properties"), QStringLiteral("required"),
        QStringLiteral("minProperties"), QStringLiteral("maxProperties"), QStringLiteral("minLength"),
        QStringLiteral("maxLength"), QStringLiteral("pattern"), QStringLiteral("example"), QStringLiteral("anyOf"),
        QStringLiteral("propertyOrdering"), QStringLiteral("default"), QStringLiteral("items"),
        QStringLiteral("minimum"), QStringLiteral("maximum")};
    return keys.contains(key);
}

bool allAreSchemas(const QJsonArray &schemas)
{
    return std::all_of(schemas.begin(), schemas.end(),
        [](const QJsonValue &schema) { return schema.isObject() && isOpenApiSchema(schema.toObject()); });
}

bool areProperties(const QJsonObject &properties)
{
    return std::all_of(properties.begin(), properties.end(),
        [](const QJsonValue &schema) { return schema.isObject() && isOpenApiSchema(schema.toObject()); });
}

bool areTexts(const QJsonArray &values)
{
    return std::all_of(values.begin(), values.end(), [](const QJsonValue &value) { return value.isString(); });
}

} // namespace

bool isOpenApiSchema(const QJsonObject &schema)
{
    const QStringList keys = schema.keys();
    if (!std::all_of(keys.begin(), keys.end(), isKnownKey))
        return false;
    // JSON schema allows a list of types and any values here, the API's own type does not.
    if (!schema.value(u"type").isString() && !schema.contains(u"anyOf"))
        return false;
    const QJsonValue items = schema.value(u"items");
    return areTexts(schema.value(u"enum").toArray()) && (items.isUndefined() || items.isObject())
        && (items.isUndefined() || isOpenApiSchema(items.toObject()))
        && areProperties(schema.value(u"properties").toObject()) && allAreSchemas(schema.value(u"anyOf").toArray());
}

} // namespace diptych::gemini
