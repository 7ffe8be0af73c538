// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/schemavalidator.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr int deepest = 64;

bool hasType(const QJsonValue &value, const QString &type)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return type == QLatin1String("null");
    case QJsonValue::Bool:
        return type == QLatin1String("boolean");
    case QJsonValue::Double:
        return type == QLatin1String("number")
            || (type == QLatin1String("integer") && std::floor(value.toDouble()) == value.toDouble());
    case QJsonValue::String:
        return type == QLatin1String("string");
    case QJsonValue::Array:
        return type == QLatin1String("array");
    case QJsonValue::Object:
        return type == QLatin1String("object");
    default:
        return false;
    }
}

bool typeFits(const QJsonValue &value, const QJsonObject &schema)
{
    const QJsonValue type = schema.value(u"type");
    if (type.isUndefined() || (value.isNull() && schema.value(u"nullable").toBool()))
        return true;
    const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray {type};
    return std::any_of(
        types.begin(), types.end(), [&](const QJsonValue &each) { return hasType(value, each.toString()); });
}

bool matchesFormat(const QString &text, const QString &format)
{
    static const QRegularExpression email(QStringLiteral("^[^\\s@]+@[^\\s@]+$"));
    static const QRegularExpression time(
        QStringLiteral("^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression host(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*$"));
    static const QRegularExpression fourNumbers(QStringLiteral("^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$"));
    static const QRegularExpression eightNumbers(
        QStringLiteral("^(?=.*:.*:)(([0-9a-f]{1,4}(:|$)){8}|([0-9a-f]{1,4}:){0,7}:?([0-9a-f]{1,4}(:(?!$)|$)){0,7})$"),
        QRegularExpression::CaseInsensitiveOption);
    if (format == QLatin1String("date"))
        return text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid();
    if (format == QLatin1String("time"))
        return time.match(text).hasMatch();
    if (format == QLatin1String("date-time")) {
        return text.size() > 11 && QDate::fromString(text.left(10), Qt::ISODate).isValid()
            && time.match(text.mid(11)).hasMatch();
    }
    if (format == QLatin1String("email"))
        return email.match(text).hasMatch();
    if (format == QLatin1String("uri"))
        return QUrl(text, QUrl::StrictMode).isValid() && !QUrl(text).scheme().isEmpty();
    if (format == QLatin1String("uuid"))
        return text.size() == 36 && !QUuid::fromString(text).isNull();
    if (format == QLatin1String("hostname"))
        return host.match(text).hasMatch();
    if (format == QLatin1String("ipv4"))
        return fourNumbers.match(text).hasMatch();
    if (format == QLatin1String("ipv6"))
        return eightNumbers.match(text).hasMatch();
    return true;
}

bool matchesPattern(const QString &text, const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::UseUnicodePropertiesOption);
    return expression.isValid() && expression.match(text).hasMatch();
}

/// The bounds of a number; in draft 4 "exclusive" is a flag of the other bound.
const char *numberFault(double number, const QJsonObject &schema)
{
    const QJsonValue above = schema.value(u"exclusiveMinimum");
    const QJsonValue below = schema.value(u"exclusiveMaximum");
    const double least = schema.value(u"minimum").toDouble(-INFINITY);
    const double most = schema.value(u"maximum").toDouble(INFINITY);
    if (number < least || (above.toBool() && number <= least))
        return "minimum";
    if (number > most || (below.toBool() && number >= most))
        return "maximum";
    if (above.isDouble() && number <= above.toDouble())
        return "exclusiveMinimum";
    if (below.isDouble() && number >= below.toDouble())
        return "exclusiveMaximum";
    const double step = schema.value(u"multipleOf").toDouble(0);
    if (step > 0 && std::abs(std::remainder(number / step, 1)) > 1e-9)
        return "multipleOf";
    return nullptr;
}

const char *stringFault(const QString &text, const QJsonObject &schema)
{
    const auto length = text.toUcs4().size();
    if (length < schema.value(u"minLength").toInt(0))
        return "minLength";
    if (length > schema.value(u"maxLength").toInt(std::numeric_limits<int>::max()))
        return "maxLength";
    if (schema.contains(u"pattern") && !matchesPattern(text, schema.value(u"pattern").toString()))
        return "pattern";
    return matchesFormat(text, schema.value(u"format").toString()) ? nullptr : "format";
}

const char *scalarFault(const QJsonValue &value, const QJsonObject &schema)
{
    if (!typeFits(value, schema))
        return "type";
    if (schema.contains(u"const") && value != schema.value(u"const"))
        return "const";
    if (schema.contains(u"enum") && !schema.value(u"enum").toArray().contains(value))
        return "enum";
    if (value.isDouble())
        return numberFault(value.toDouble(), schema);
    return value.isString() ? stringFault(value.toString(), schema) : nullptr;
}

} // namespace

QJsonValue schemaAt(const QJsonObject &root, const QString &reference)
{
    if (!reference.startsWith(u'#') || (reference.size() > 1 && reference[1] != u'/'))
        return QJsonValue::Undefined;
    QJsonValue target = root;
    for (QString part : reference.mid(1).split(u'/', Qt::SkipEmptyParts)) {
        part = QUrl::fromPercentEncoding(part.toUtf8());
        part.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
        target = target.isArray() ? target.toArray().at(part.toInt()) : target.toObject().value(part);
    }
    return target;
}

std::optional<QString> SchemaValidator::fault(const QJsonValue &value) const
{
    return check(value, m_root, 0);
}

std::optional<QString> SchemaValidator::fault(const QJsonValue &value, const QJsonValue &schema) const
{
    return check(value, schema, 0);
}

SchemaValidator::Fault SchemaValidator::check(const QJsonValue &value, const QJsonValue &schema, int depth) const
{
    if (schema.isBool())
        return schema.toBool() ? Fault() : QStringLiteral("false");
    if (depth > deepest || --m_budget < 0 || !schema.isObject())
        return QStringLiteral("$schema");
    const QJsonObject object = schema.toObject();
    for (const QString &keyword : {QStringLiteral("unevaluatedProperties"), QStringLiteral("unevaluatedItems"),
             QStringLiteral("$dynamicRef"), QStringLiteral("$recursiveRef")}) {
        if (object.contains(keyword))
            return keyword;
    }
    if (const char *keyword = scalarFault(value, object))
        return QString::fromLatin1(keyword);
    if (object.contains(u"$ref")) {
        if (auto wrong = checkReference(value, object.value(u"$ref").toString(), depth))
            return wrong;
    }
    if (auto wrong = checkCombined(value, object, depth))
        return wrong;
    if (value.isObject())
        return checkObject(value.toObject(), object, depth);
    return value.isArray() ? checkArray(value.toArray(), object, depth) : Fault();
}

SchemaValidator::Fault SchemaValidator::checkReference(
    const QJsonValue &value, const QString &reference, int depth) const
{
    const QJsonValue target = schemaAt(m_root, reference);
    return target.isUndefined() ? Fault(QStringLiteral("$ref")) : check(value, target, depth + 1);
}

SchemaValidator::Fault SchemaValidator::checkCombined(
    const QJsonValue &value, const QJsonObject &schema, int depth) const
{
    const auto meets = [&](const QJsonValue &part) { return !check(value, part, depth + 1); };
    for (const QJsonValue &part : schema.value(u"allOf").toArray()) {
        if (auto wrong = check(value, part, depth + 1))
            return wrong;
    }
    const QJsonArray any = schema.value(u"anyOf").toArray();
    if (schema.contains(u"anyOf") && std::none_of(any.begin(), any.end(), meets))
        return QStringLiteral("anyOf");
    const QJsonArray one = schema.value(u"oneOf").toArray();
    if (schema.contains(u"oneOf") && std::count_if(one.begin(), one.end(), meets) != 1)
        return QStringLiteral("oneOf");
    if (schema.contains(u"not") && meets(schema.value(u"not")))
        return QStringLiteral("not");
    if (schema.contains(u"if")) {
        const QJsonValue branch = schema.value(meets(schema.value(u"if")) ? u"then" : u"else");
        if (!branch.isUndefined())
            return check(value, branch, depth + 1);
    }
    return {};
}

SchemaValidator::Fault SchemaValidator::checkObject(
    const QJsonObject &object, const QJsonObject &schema, int depth) const
{
    for (const QJsonValue &name : schema.value(u"required").toArray()) {
        if (!object.contains(name.toString()))
            return QStringLiteral("required");
    }
    if (object.size() < schema.value(u"minProperties").toInt(0))
        return QStringLiteral("minProperties");
    if (object.size() > schema.value(u"maxProperties").toInt(std::numeric_limits<int>::max()))
        return QStringLiteral("maxProperties");
    for (const QString &keyword : {QStringLiteral("dependentRequired"), QStringLiteral("dependencies")}) {
        const QJsonObject dependencies = schema.value(keyword).toObject();
        for (auto member = dependencies.begin(); member != dependencies.end(); ++member) {
            for (const QJsonValue &other : object.contains(member.key()) ? member.value().toArray() : QJsonArray()) {
                if (!object.contains(other.toString()))
                    return keyword;
            }
        }
    }
    const QJsonObject dependent = schema.value(u"dependentSchemas").toObject();
    for (auto member = dependent.begin(); member != dependent.end(); ++member) {
        if (!object.contains(member.key()))
            continue;
        if (auto wrong = check(object, member.value(), depth + 1))
            return wrong;
    }
    return checkMembers(object, schema, depth);
}

SchemaValidator::Fault SchemaValidator::checkMembers(
    const QJsonObject &object, const QJsonObject &schema, int depth) const
{
    const QJsonObject properties = schema.value(u"properties").toObject();
    const QJsonObject patterns = schema.value(u"patternProperties").toObject();
    const QJsonValue additional = schema.value(u"additionalProperties");
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = member.key();
        Fault wrong;
        bool known = properties.contains(name);
        if (known)
            wrong = check(member.value(), properties.value(name), depth + 1);
        for (auto pattern = patterns.begin(); pattern != patterns.end() && !wrong; ++pattern) {
            if (!matchesPattern(name, pattern.key()))
                continue;
            known = true;
            wrong = check(member.value(), pattern.value(), depth + 1);
        }
        if (!wrong && !known && !additional.isUndefined() && check(member.value(), additional, depth + 1))
            wrong = QStringLiteral("additionalProperties");
        if (!wrong && schema.contains(u"propertyNames") && check(name, schema.value(u"propertyNames"), depth + 1))
            wrong = QStringLiteral("propertyNames");
        if (wrong)
            return wrong;
    }
    return {};
}

SchemaValidator::Fault SchemaValidator::checkArray(const QJsonArray &array, const QJsonObject &schema, int depth) const
{
    if (array.size() < schema.value(u"minItems").toInt(0))
        return QStringLiteral("minItems");
    if (array.size() > schema.value(u"maxItems").toInt(std::numeric_limits<int>::max()))
        return QStringLiteral("maxItems");
    // Until 2019-09 a list of schemas stood in "items", what follows in "additionalItems".
    const bool old = schema.value(u"items").isArray();
    const QJsonArray prefix = schema.value(old ? u"items" : u"prefixItems").toArray();
    const QJsonValue rest = schema.value(old ? u"additionalItems" : u"items");
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QJsonValue item = i < prefix.size() ? QJsonValue(prefix.at(i)) : rest;
        if (!item.isUndefined()) {
            if (auto wrong = check(array.at(i), item, depth + 1))
                return wrong;
        }
        if (schema.value(u"uniqueItems").toBool() && std::count(array.begin(), array.end(), array.at(i)) > 1)
            return QStringLiteral("uniqueItems");
    }
    if (!schema.contains(u"contains"))
        return {};
    const auto found = std::count_if(array.begin(), array.end(),
        [&](const QJsonValue &item) { return !check(item, schema.value(u"contains"), depth + 1); });
    const bool fits = found >= schema.value(u"minContains").toInt(1)
        && found <= schema.value(u"maxContains").toInt(std::numeric_limits<int>::max());
    return fits ? Fault() : QStringLiteral("contains");
}

} // namespace diptych
