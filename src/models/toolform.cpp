// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolform.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ToolForm", text);
}

bool isTypeName(const QString &type)
{
    static const QSet<QString> types = {QStringLiteral("string"), QStringLiteral("number"), QStringLiteral("integer"),
        QStringLiteral("boolean"), QStringLiteral("object"), QStringLiteral("array")};
    return types.contains(type);
}

/// A value as a form shows it, if a form can: texts, numbers, words.
QString shown(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray list = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

QJsonValue valueOf(const QString &text, const QString &type)
{
    if (type == QLatin1String("number") || type == QLatin1String("integer") || type == QLatin1String("boolean")) {
        const QJsonDocument list = QJsonDocument::fromJson("[" + text.toUtf8() + "]");
        if (list.array().size() == 1)
            return list.array().at(0);
    }
    return text;
}

bool canShowValues(const QJsonArray &values, const QString &type)
{
    for (const QJsonValue value : values) {
        const QString text = shown(value);
        // A form writes them in one line, with | between them.
        if (valueOf(text, type) != value || text.isEmpty() || text.contains(u'|') || text.trimmed() != text)
            return false;
    }
    return true;
}

ToolParameter parameterOf(const QString &name, const QJsonValue &value, QStringList &hidden)
{
    ToolParameter parameter {.name = name, .origin = name};
    const QString path = QStringLiteral("/properties/") + name;
    if (!value.isObject()) {
        hidden.push_back(path);
        return parameter;
    }
    const QJsonObject schema = value.toObject();
    for (auto member = schema.begin(); member != schema.end(); ++member) {
        if (member.key() == QLatin1String("type") && isTypeName(member.value().toString()))
            parameter.type = member.value().toString();
        else if (member.key() == QLatin1String("description") && member.value().isString())
            parameter.description = member.value().toString();
        else if (member.key() != QLatin1String("enum")
            || !canShowValues(member.value().toArray(), schema[u"type"].toString()))
            hidden.push_back(path % u'/' % member.key());
    }
    const QJsonArray values = schema.value(u"enum").toArray();
    if (canShowValues(values, parameter.type)) {
        for (const QJsonValue each : values)
            parameter.values.push_back(shown(each));
    }
    return parameter;
}

/// The schema of a parameter with what its row says.
QJsonValue schemaOf(const QJsonValue &before, const ToolParameter &parameter)
{
    if (before.isBool() && parameter.type.isEmpty() && parameter.description.isEmpty() && parameter.values.isEmpty())
        return before;
    QStringList ignored;
    const ToolParameter known = parameterOf(parameter.origin, before, ignored);
    QJsonObject schema = before.toObject();
    const auto put = [&schema](const QString &key, const QJsonValue &value, bool isSet) {
        if (isSet)
            schema.insert(key, value);
        else
            schema.remove(key);
    };
    // Only what was changed: a type that the form can not show, such as a list of types, is kept.
    if (known.type != parameter.type)
        put(QStringLiteral("type"), parameter.type, !parameter.type.isEmpty());
    if (known.description != parameter.description)
        put(QStringLiteral("description"), parameter.description, !parameter.description.isEmpty());
    if (known.values != parameter.values || (known.type != parameter.type && !parameter.values.isEmpty())) {
        QJsonArray values;
        for (const QString &value : parameter.values)
            values.append(valueOf(value, parameter.type));
        put(QStringLiteral("enum"), values, !values.isEmpty());
    }
    return schema;
}

Result<Tool> toolFrom(const QJsonValue &value)
{
    const QJsonObject outer = value.toObject();
    const QJsonObject function = outer.contains(u"function") ? outer.value(u"function").toObject() : outer;
    Tool tool {.name = function.value(u"name").toString(), .description = function.value(u"description").toString()};
    if (tool.name.isEmpty()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("A function without a name is no tool. Expected is {\"type\": \"function\", "
                                  "\"function\": {\"name\": …}} or a list of those.")});
    }
    for (const char *key : {"parameters", "input_schema", "inputSchema"}) {
        if (function.value(QLatin1String(key)).isObject())
            tool.parameters = function.value(QLatin1String(key)).toObject();
    }
    if (function.value(u"strict").isBool())
        tool.strict = function.value(u"strict").toBool();
    return tool;
}

} // namespace

ToolForm toolForm(const Tool &tool)
{
    ToolForm form {.name = tool.name, .description = tool.description};
    const QJsonArray required = tool.parameters.value(u"required").toArray();
    const QJsonObject properties = tool.parameters.value(u"properties").toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        form.parameters.push_back(parameterOf(property.key(), property.value(), form.hidden));
        form.parameters.back().isRequired = required.contains(property.key());
    }
    for (auto member = tool.parameters.begin(); member != tool.parameters.end(); ++member) {
        static const QSet<QString> known = {
            QStringLiteral("properties"), QStringLiteral("required"), QStringLiteral("type")};
        if (!known.contains(member.key()))
            form.hidden.push_back(QString(u'/' % member.key()));
    }
    return form;
}

Tool withForm(const Tool &tool, const ToolForm &form)
{
    Tool changed = tool;
    changed.name = form.name;
    changed.description = form.description;
    if (toolForm(tool).parameters == form.parameters)
        return changed; // also when it has none at all
    const QJsonObject before = tool.parameters.value(u"properties").toObject();
    QJsonObject properties;
    QJsonArray required;
    // Names that are required without being properties are kept.
    for (const QJsonValue name : tool.parameters.value(u"required").toArray()) {
        if (!before.contains(name.toString()))
            required.append(name);
    }
    for (const ToolParameter &parameter : form.parameters) {
        properties.insert(parameter.name, schemaOf(before.value(parameter.origin), parameter));
        if (parameter.isRequired)
            required.append(parameter.name);
    }
    changed.parameters.insert(QStringLiteral("type"), QStringLiteral("object"));
    changed.parameters.insert(QStringLiteral("properties"), properties);
    if (required.isEmpty())
        changed.parameters.remove(QStringLiteral("required"));
    else
        changed.parameters.insert(QStringLiteral("required"), required);
    return changed;
}

QString toolFormProblem(const ToolForm &form)
{
    static const QRegularExpression validName(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
    if (!validName.match(form.name).hasMatch())
        return translated("The name of a tool has 1 to 64 letters, digits, _ or -.");
    QSet<QString> names;
    for (const ToolParameter &parameter : form.parameters) {
        if (parameter.name.isEmpty())
            return translated("A parameter has no name.");
        if (names.contains(parameter.name))
            return translated("There are two parameters named %1.").arg(parameter.name);
        names.insert(parameter.name);
    }
    return {};
}

Result<std::vector<Tool>> toolsFromJson(const QByteArray &json)
{
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("This is not JSON: %1 at character %2.").arg(error.errorString()).arg(error.offset)});
    }
    QJsonArray list = document.isArray() ? document.array() : QJsonArray {document.object()};
    if (document.object().value(u"tools").isArray())
        list = document.object().value(u"tools").toArray();
    std::vector<Tool> tools;
    for (const QJsonValue value : list) {
        const Result<Tool> tool = toolFrom(value);
        if (!tool)
            return Failure(tool.error());
        tools.push_back(*tool);
    }
    if (tools.empty())
        return Failure({.kind = Error::Kind::InvalidRequest, .message = translated("There is no tool in it.")});
    return tools;
}

} // namespace diptych
