// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemacheck.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("boolean");
    case QJsonValue::Double:
        return QStringLiteral("number");
    case QJsonValue::String:
        return QStringLiteral("string");
    case QJsonValue::Array:
        return QStringLiteral("array");
    default:
        return QStringLiteral("object");
    }
}

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == QLatin1String("integer"))
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
    return typeName(value) == type;
}

QStringList typeFaults(const QJsonValue &value, const QJsonObject &schema)
{
    QStringList types;
    if (schema.value(u"type").isString())
        types.push_back(schema.value(u"type").toString());
    for (const QJsonValue &type : schema.value(u"type").toArray())
        types.push_back(type.toString());
    for (const QString &type : types) {
        if (hasType(value, type))
            return {};
    }
    return types.isEmpty() ? QStringList() : QStringList {QString(typeName(value) % u" is not " % types.join(u'|'))};
}

QStringList scalarFaults(const QJsonValue &value, const QJsonObject &schema)
{
    QStringList faults;
    const auto require = [&](bool ok, const char *keyword) {
        if (!ok)
            faults.push_back(QString::fromLatin1(keyword));
    };
    if (schema.contains(u"const"))
        require(value == schema.value(u"const"), "const");
    if (schema.contains(u"enum"))
        require(schema.value(u"enum").toArray().contains(value), "enum");
    if (value.isDouble()) {
        const double number = value.toDouble();
        require(number >= schema.value(u"minimum").toDouble(-INFINITY), "minimum");
        require(number <= schema.value(u"maximum").toDouble(INFINITY), "maximum");
        require(number > schema.value(u"exclusiveMinimum").toDouble(-INFINITY), "exclusiveMinimum");
        require(number < schema.value(u"exclusiveMaximum").toDouble(INFINITY), "exclusiveMaximum");
        const double step = schema.value(u"multipleOf").toDouble(0);
        require(step == 0 || std::abs(std::remainder(number, step)) < 1e-9, "multipleOf");
    }
    if (value.isString()) {
        const QString text = value.toString();
        require(text.toUcs4().size() >= schema.value(u"minLength").toInt(0), "minLength");
        require(text.toUcs4().size() <= schema.value(u"maxLength").toInt(1'000'000), "maxLength");
        require(QRegularExpression(schema.value(u"pattern").toString()).match(text).hasMatch(), "pattern");
        if (schema.value(u"format") == QLatin1String("date"))
            require(QDate::fromString(text, Qt::ISODate).isValid(), "date");
        if (schema.value(u"format") == QLatin1String("date-time"))
            require(QDateTime::fromString(text, Qt::ISODate).isValid(), "date-time");
        if (schema.value(u"format") == QLatin1String("email"))
            require(text.count(u'@') == 1 && !text.startsWith(u'@') && !text.contains(u' '), "email");
        if (schema.value(u"format") == QLatin1String("uri"))
            require(QRegularExpression(QStringLiteral("^[a-z]+:[^ ]+$")).match(text).hasMatch(), "uri");
    }
    return faults;
}

QStringList objectFaults(const QJsonObject &object, const QJsonObject &schema, const QJsonObject &root)
{
    QStringList faults;
    const QJsonObject properties = schema.value(u"properties").toObject();
    for (const QJsonValue &name : schema.value(u"required").toArray()) {
        if (!object.contains(name.toString()))
            faults.push_back(QString(u"required " % name.toString()));
    }
    for (auto member = object.begin(); member != object.end(); ++member) {
        bool known = properties.contains(member.key());
        if (known)
            faults += schemaFaults(member.value(), properties.value(member.key()), root);
        const QJsonObject patterns = schema.value(u"patternProperties").toObject();
        for (const QString &pattern : patterns.keys()) {
            if (QRegularExpression(pattern).match(member.key()).hasMatch()) {
                known = true;
                faults += schemaFaults(member.value(), patterns.value(pattern), root);
            }
        }
        if (!known && schema.contains(u"additionalProperties")
            && !schemaFaults(member.value(), schema.value(u"additionalProperties"), root).isEmpty())
            faults.push_back(QString(u"additional " % member.key()));
    }
    if (object.size() < schema.value(u"minProperties").toInt(0))
        faults.push_back(QStringLiteral("minProperties"));
    return faults;
}

QStringList arrayFaults(const QJsonArray &array, const QJsonObject &schema, const QJsonObject &root)
{
    QStringList faults;
    const QJsonArray prefix = schema.value(u"prefixItems").toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QJsonValue item = i < prefix.size() ? prefix.at(i) : schema.value(u"items");
        if (!item.isUndefined())
            faults += schemaFaults(array.at(i), item, root);
        for (qsizetype j = 0; j < i && schema.value(u"uniqueItems").toBool(); ++j) {
            if (array.at(i) == array.at(j))
                faults.push_back(QStringLiteral("uniqueItems"));
        }
    }
    const QJsonValue wanted = schema.value(u"contains");
    if (!wanted.isUndefined() && std::none_of(array.begin(), array.end(), [&](const QJsonValue &item) {
            return schemaFaults(item, wanted, root).isEmpty();
        }))
        faults.push_back(QStringLiteral("contains"));
    if (array.size() < schema.value(u"minItems").toInt(0) || array.size() > schema.value(u"maxItems").toInt(1'000'000))
        faults.push_back(QStringLiteral("number of items"));
    return faults;
}

QStringList combinedFaults(const QJsonValue &value, const QJsonObject &schema, const QJsonObject &root)
{
    QStringList faults;
    for (const QJsonValue &part : schema.value(u"allOf").toArray())
        faults += schemaFaults(value, part, root);
    for (const QString &keyword : {QStringLiteral("anyOf"), QStringLiteral("oneOf")}) {
        const QJsonArray alternatives = schema.value(keyword).toArray();
        const auto met = std::count_if(alternatives.begin(), alternatives.end(),
            [&](const QJsonValue &alternative) { return schemaFaults(value, alternative, root).isEmpty(); });
        if (!alternatives.isEmpty() && (met == 0 || (met > 1 && keyword == QLatin1String("oneOf"))))
            faults.push_back(keyword);
    }
    if (schema.contains(u"not") && schemaFaults(value, schema.value(u"not"), root).isEmpty())
        faults.push_back(QStringLiteral("not"));
    if (schema.contains(u"if")) {
        const bool met = schemaFaults(value, schema.value(u"if"), root).isEmpty();
        const QJsonValue branch = schema.value(met ? u"then" : u"else");
        faults += branch.isUndefined() ? QStringList() : schemaFaults(value, branch, root);
    }
    return faults;
}

} // namespace

QStringList schemaFaults(const QJsonValue &value, const QJsonValue &schema, const QJsonObject &root)
{
    if (schema.isBool())
        return schema.toBool() ? QStringList() : QStringList {QStringLiteral("nothing is allowed")};
    const QJsonObject object = schema.toObject();
    QStringList faults = typeFaults(value, object) + scalarFaults(value, object) + combinedFaults(value, object, root);
    if (object.contains(u"$ref")) {
        QJsonValue target = root;
        for (const QString &part : object.value(u"$ref").toString().mid(1).split(u'/', Qt::SkipEmptyParts))
            target = target.toObject().value(part);
        faults += schemaFaults(value, target, root);
    }
    if (value.isObject())
        faults += objectFaults(value.toObject(), object, root);
    if (value.isArray())
        faults += arrayFaults(value.toArray(), object, root);
    return faults;
}

} // namespace diptych
