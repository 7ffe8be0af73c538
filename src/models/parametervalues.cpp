// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/parametervalues.h"

#include <QJsonArray>

#include <limits>

namespace diptych {

namespace {

const QLatin1String typeKey("type");
const QLatin1String nameKey("name");
const QLatin1String descriptionKey("description");
const QLatin1String strictKey("strict");
const QLatin1String functionKey("function");
const QLatin1String schemaKey("json_schema");

QJsonObject toolToJson(const Tool &tool)
{
    QJsonObject function {{nameKey, tool.name}};
    if (!tool.description.isEmpty())
        function.insert(descriptionKey, tool.description);
    if (!tool.parameters.isEmpty())
        function.insert(QLatin1String("parameters"), tool.parameters);
    if (tool.strict)
        function.insert(strictKey, *tool.strict);
    return {{typeKey, functionKey}, {functionKey, function}};
}

bool toolFromJson(const QJsonObject &json, Tool &tool)
{
    // The bare function is accepted as well: that is how people copy it from code.
    const QJsonObject function = json.contains(functionKey) ? json.value(functionKey).toObject() : json;
    if (function.value(nameKey).toString().isEmpty())
        return false;
    tool.name = function.value(nameKey).toString();
    tool.description = function.value(descriptionKey).toString();
    tool.parameters = function.value(QLatin1String("parameters")).toObject();
    if (function.value(strictKey).isBool())
        tool.strict = function.value(strictKey).toBool();
    return true;
}

} // namespace

QJsonValue parameterToJson(double value)
{
    return value;
}

QJsonValue parameterToJson(int value)
{
    return value;
}

QJsonValue parameterToJson(qint64 value)
{
    return value;
}

QJsonValue parameterToJson(bool value)
{
    return value;
}

QJsonValue parameterToJson(const QString &value)
{
    return value;
}

QJsonValue parameterToJson(const QStringList &value)
{
    return QJsonArray::fromStringList(value);
}

QJsonValue parameterToJson(const ResponseFormat &value)
{
    if (value.type == ResponseFormat::Type::Text)
        return QJsonObject {{typeKey, QStringLiteral("text")}};
    if (value.type == ResponseFormat::Type::JsonObject)
        return QJsonObject {{typeKey, QStringLiteral("json_object")}};
    QJsonObject schema {{nameKey, value.name}, {QLatin1String("schema"), value.schema}};
    if (!value.description.isEmpty())
        schema.insert(descriptionKey, value.description);
    if (value.strict)
        schema.insert(strictKey, *value.strict);
    return QJsonObject {{typeKey, schemaKey}, {schemaKey, schema}};
}

QJsonValue parameterToJson(const ToolChoice &value)
{
    switch (value.mode) {
    case ToolChoice::Mode::Auto:
        return QStringLiteral("auto");
    case ToolChoice::Mode::None:
        return QStringLiteral("none");
    case ToolChoice::Mode::Required:
        return QStringLiteral("required");
    case ToolChoice::Mode::Named:
        break;
    }
    return QJsonObject {{typeKey, functionKey}, {functionKey, QJsonObject {{nameKey, value.name}}}};
}

QJsonValue parameterToJson(const std::vector<Tool> &value)
{
    QJsonArray array;
    for (const Tool &tool : value)
        array.append(toolToJson(tool));
    return array;
}

bool parameterFromJson(const QJsonValue &json, double &value)
{
    value = json.toDouble();
    return json.isDouble();
}

bool parameterFromJson(const QJsonValue &json, int &value)
{
    qint64 wide = 0;
    if (!parameterFromJson(json, wide) || wide < std::numeric_limits<int>::min()
        || wide > std::numeric_limits<int>::max())
        return false;
    value = static_cast<int>(wide);
    return true;
}

bool parameterFromJson(const QJsonValue &json, qint64 &value)
{
    value = json.toInteger(0);
    return json.isDouble() && json.toInteger(0) == json.toInteger(1); // a fraction gives the default
}

bool parameterFromJson(const QJsonValue &json, bool &value)
{
    value = json.toBool();
    return json.isBool();
}

bool parameterFromJson(const QJsonValue &json, QString &value)
{
    value = json.toString();
    return json.isString();
}

bool parameterFromJson(const QJsonValue &json, QStringList &value)
{
    if (json.isString()) {
        value = {json.toString()};
        return true;
    }
    value.clear();
    for (const QJsonValue item : json.toArray()) {
        if (!item.isString())
            return false;
        value.append(item.toString());
    }
    return json.isArray();
}

bool parameterFromJson(const QJsonValue &json, ResponseFormat &value)
{
    const QString type = json.isString() ? json.toString() : json[typeKey].toString();
    value = {};
    if (type == QLatin1String("text"))
        return true;
    if (type == QLatin1String("json_object")) {
        value.type = ResponseFormat::Type::JsonObject;
        return true;
    }
    const QJsonObject schema = json[schemaKey].toObject();
    if (type != schemaKey || !schema.value(QLatin1String("schema")).isObject())
        return false;
    value.type = ResponseFormat::Type::JsonSchema;
    value.name = schema.value(nameKey).toString();
    value.description = schema.value(descriptionKey).toString();
    value.schema = schema.value(QLatin1String("schema")).toObject();
    if (schema.value(strictKey).isBool())
        value.strict = schema.value(strictKey).toBool();
    return !value.name.isEmpty();
}

bool parameterFromJson(const QJsonValue &json, ToolChoice &value)
{
    const QString word = json.toString();
    value = {};
    if (word == QLatin1String("auto"))
        return true;
    if (word == QLatin1String("none") || word == QLatin1String("required")) {
        value.mode = word == QLatin1String("none") ? ToolChoice::Mode::None : ToolChoice::Mode::Required;
        return true;
    }
    value.mode = ToolChoice::Mode::Named;
    value.name = json.isString() ? word : json[functionKey][nameKey].toString();
    return !value.name.isEmpty();
}

bool parameterFromJson(const QJsonValue &json, std::vector<Tool> &value)
{
    value.clear();
    for (const QJsonValue item : json.toArray()) {
        Tool tool;
        if (!toolFromJson(item.toObject(), tool))
            return false;
        value.push_back(std::move(tool));
    }
    return json.isArray();
}

} // namespace diptych
