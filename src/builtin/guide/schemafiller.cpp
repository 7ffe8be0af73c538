// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/schemafiller.h"

#include "builtin/guide/patternsample.h"
#include "builtin/guide/phrases.h"
#include "builtin/guide/plainnumber.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace diptych {

namespace {

constexpr int deepest = 32;
constexpr int deepestOptional = 4;

QString schemaType(const QJsonObject &schema)
{
    const QJsonValue type = schema.value(u"type");
    if (type.isString())
        return type.toString();
    for (const QJsonValue &candidate : type.toArray()) {
        if (candidate.toString() != QLatin1String("null"))
            return candidate.toString();
    }
    if (type.isArray() && !type.toArray().isEmpty())
        return QStringLiteral("null");
    if (schema.contains(u"properties") || schema.contains(u"required"))
        return QStringLiteral("object");
    if (schema.contains(u"items") || schema.contains(u"prefixItems") || schema.contains(u"minItems"))
        return QStringLiteral("array");
    if (schema.contains(u"minimum") || schema.contains(u"maximum") || schema.contains(u"multipleOf"))
        return QStringLiteral("number");
    return QStringLiteral("string");
}

/// `added` on top of `base`; properties and required are joined.
QJsonObject mergedSchemas(QJsonObject base, const QJsonObject &added)
{
    for (auto member = added.begin(); member != added.end(); ++member) {
        QJsonValue value = member.value();
        if (member.key() == QLatin1String("properties")) {
            QJsonObject properties = base.value(u"properties").toObject();
            const QJsonObject more = value.toObject();
            for (auto property = more.begin(); property != more.end(); ++property)
                properties.insert(property.key(), property.value());
            value = properties;
        } else if (member.key() == QLatin1String("required")) {
            QJsonArray required = base.value(u"required").toArray();
            for (const QJsonValue &name : value.toArray())
                required.push_back(name);
            value = required;
        } else if (base.contains(member.key()) && value.isDouble()) {
            // Of two bounds the narrower one holds.
            const bool least = member.key().contains(QLatin1String("min"), Qt::CaseInsensitive);
            const double other = base.value(member.key()).toDouble();
            value = least ? std::max(other, value.toDouble()) : std::min(other, value.toDouble());
        } else if (base.contains(member.key()) && member.key() == QLatin1String("enum")) {
            QJsonArray both;
            for (const QJsonValue &choice : value.toArray()) {
                if (base.value(u"enum").toArray().contains(choice))
                    both.push_back(choice);
            }
            value = both;
        }
        base.insert(member.key(), value);
    }
    return base;
}

QString plainText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toVariant().toString();
}

bool fitsType(const QJsonValue &value, const QString &type)
{
    switch (value.type()) {
    case QJsonValue::String:
        return type == QLatin1String("string");
    case QJsonValue::Double:
        return type == QLatin1String("number")
            || (type == QLatin1String("integer") && std::floor(value.toDouble()) == value.toDouble());
    case QJsonValue::Bool:
        return type == QLatin1String("boolean");
    default:
        return false;
    }
}

} // namespace

SchemaFiller::SchemaFiller(QJsonObject root, FillSources sources)
    : m_root(std::move(root))
    , m_validator(m_root)
    , m_sources(std::move(sources))
{
}

Result<QJsonValue> SchemaFiller::fill()
{
    const auto attempt = [&]() -> Value {
        m_numbers = numbersIn(m_sources.question);
        m_names = namesIn(m_sources.question);
        m_budget = 20'000;
        const Value value = fillAny(m_root, {}, 0);
        const auto fault = value ? m_validator.fault(*value) : std::nullopt;
        return fault ? failed(QCoreApplication::translate(
                   "diptych::SchemaFiller", "This model found no value that follows the schema; \"%1\" is in the way.")
                                  .arg(*fault))
                     : value;
    };
    Value value = attempt();
    if (!value && std::exchange(m_sources.fillOptional, false))
        value = attempt(); // what is not required may be what can not be met
    if (value)
        return *value;
    return Failure(Error {.kind = Error::Kind::Unsupported, .message = m_problem});
}

SchemaFiller::Value SchemaFiller::failed(const QString &problem)
{
    m_problem = problem;
    return {};
}

SchemaFiller::Value SchemaFiller::fillAny(const QJsonValue &schema, const QString &name, int depth)
{
    if (schema.isBool()) {
        if (!schema.toBool())
            return failed(QCoreApplication::translate("diptych::SchemaFiller", "The schema allows no value for \"%1\".")
                              .arg(name));
        return QJsonValue(textFor(name, {}));
    }
    if (depth > deepest || --m_budget < 0)
        return failed(QCoreApplication::translate("diptych::SchemaFiller", "The schema is nested too deeply."));
    const auto schemaObject = resolved(schema.toObject());
    if (!schemaObject)
        return failed(QCoreApplication::translate("diptych::SchemaFiller", "A $ref of the schema leads nowhere."));
    return fillSchema(*schemaObject, name, depth);
}

std::optional<QJsonObject> SchemaFiller::resolved(QJsonObject schema) const
{
    for (int hops = 0; schema.contains(u"$ref"); ++hops) {
        const QJsonValue target = schemaAt(m_root, schema.take(u"$ref").toString());
        if (hops > deepest || !target.isObject())
            return {};
        schema = mergedSchemas(target.toObject(), schema);
    }
    return schema;
}

SchemaFiller::Value SchemaFiller::fillSchema(QJsonObject schema, const QString &name, int depth)
{
    if (schema.contains(u"const"))
        return schema.value(u"const");
    if (schema.contains(u"enum"))
        return fillEnum(schema);
    const QJsonArray parts = schema.take(u"allOf").toArray();
    for (const QJsonValue &part : parts) {
        const auto inner = resolved(part.toObject());
        if (!inner)
            return failed(QCoreApplication::translate("diptych::SchemaFiller", "A $ref of the schema leads nowhere."));
        schema = mergedSchemas(schema, *inner);
    }
    if (!parts.isEmpty())
        return fillSchema(schema, name, depth + 1);
    for (const QString &keyword : {QStringLiteral("anyOf"), QStringLiteral("oneOf")}) {
        if (schema.contains(keyword))
            return fillAlternatives(schema, keyword, name, depth);
    }
    const QString type = schemaType(schema);
    if (fitsType(schema.value(u"default"), type) && m_sources.answer.isEmpty())
        return schema.value(u"default");
    if (type == QLatin1String("object"))
        return fillObject(schema, depth);
    if (type == QLatin1String("array"))
        return fillArray(schema, name, depth);
    if (type == QLatin1String("integer") || type == QLatin1String("number"))
        return fillNumber(schema, type == QLatin1String("integer"));
    if (type == QLatin1String("boolean"))
        return fillBoolean(name);
    if (type == QLatin1String("null"))
        return QJsonValue(QJsonValue::Null);
    return fillString(schema, name);
}

SchemaFiller::Value SchemaFiller::fillAlternatives(
    const QJsonObject &schema, const QString &keyword, const QString &name, int depth)
{
    QJsonObject common = schema;
    const QJsonArray alternatives = common.take(keyword).toArray();
    // A value that the text mentions wins over the first alternative.
    for (const QJsonValue &alternative : alternatives) {
        const QJsonValue constant = alternative.toObject().value(u"const");
        if (!constant.isUndefined() && mentions(m_sources.question, plainText(constant)))
            return constant;
    }
    for (const QJsonValue &alternative : alternatives) {
        const auto inner = resolved(alternative.toObject());
        const Value value = inner ? fillAny(mergedSchemas(common, *inner), name, depth + 1) : Value();
        if (value && !m_validator.fault(*value, schema))
            return value;
    }
    return failed(
        QCoreApplication::translate("diptych::SchemaFiller", "No alternative for \"%1\" can be met.").arg(name));
}

SchemaFiller::Value SchemaFiller::fillEnum(const QJsonObject &schema)
{
    QJsonArray values;
    for (const QJsonValue &value : schema.value(u"enum").toArray()) {
        if (!m_validator.fault(value, schema))
            values.push_back(value);
    }
    if (values.isEmpty())
        return failed(
            QCoreApplication::translate("diptych::SchemaFiller", "The schema's enum has no value that is allowed."));
    for (const QJsonValue &value : values) {
        if (!value.isBool() && !value.isNull() && mentions(m_sources.question, plainText(value)))
            return value;
    }
    return values.first();
}

bool SchemaFiller::isWorthFilling(const QJsonValue &schema, const QString &name, int depth) const
{
    if (m_sources.fillOptional)
        return depth < deepestOptional;
    for (const QJsonValue &value : schema.toObject().value(u"enum").toArray()) {
        if (value.isString() && mentions(m_sources.question, value.toString()))
            return true;
    }
    return mentions(m_sources.question, spacedName(name));
}

/// What a member has to follow that is not among the properties.
QJsonValue SchemaFiller::furtherSchema(const QJsonObject &schema, const QString &name)
{
    const QJsonObject patterns = schema.value(u"patternProperties").toObject();
    for (auto pattern = patterns.begin(); pattern != patterns.end(); ++pattern) {
        if (QRegularExpression(pattern.key()).match(name).hasMatch())
            return pattern.value();
    }
    return schema.contains(u"additionalProperties") ? schema.value(u"additionalProperties") : QJsonValue(true);
}

SchemaFiller::Value SchemaFiller::fillObject(const QJsonObject &schema, int depth)
{
    const QJsonObject properties = schema.value(u"properties").toObject();
    QStringList required;
    for (const QJsonValue &name : schema.value(u"required").toArray())
        required.push_back(name.toString());
    QJsonObject object;
    for (const QString &name : required) {
        const QJsonValue property = properties.contains(name) ? properties.value(name) : furtherSchema(schema, name);
        const Value value = fillAny(property, name, depth + 1);
        if (!value)
            return {};
        object.insert(name, *value);
    }
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        if (object.contains(property.key()) || !isWorthFilling(property.value(), property.key(), depth))
            continue;
        if (const Value value = fillAny(property.value(), property.key(), depth + 1))
            object.insert(property.key(), *value);
    }
    const int least = std::min(schema.value(u"minProperties").toInt(0), 100);
    for (auto property = properties.begin(); property != properties.end() && object.size() < least; ++property) {
        if (object.contains(property.key()))
            continue;
        if (const Value value = fillAny(property.value(), property.key(), depth + 1))
            object.insert(property.key(), *value);
    }
    for (int number = 1; object.size() < least && number <= least; ++number) {
        const QString name = QString(u"key" % QString::number(number));
        if (const Value value = fillAny(furtherSchema(schema, name), name, depth + 1))
            object.insert(name, *value);
    }
    return QJsonValue(object);
}

/// All that the question names, for a list of texts or of numbers.
QJsonArray SchemaFiller::namedItems(const QJsonValue &items)
{
    QJsonArray found;
    const QString type = items.isObject() ? schemaType(resolved(items.toObject()).value_or(QJsonObject())) : QString();
    if (type == QLatin1String("string") && m_names.size() > 1) {
        for (const QString &name : std::exchange(m_names, {}))
            found.push_back(name);
    }
    if (type == QLatin1String("number") || type == QLatin1String("integer")) {
        for (const double number : std::exchange(m_numbers, {}))
            found.push_back(number);
    }
    for (qsizetype i = found.size() - 1; i >= 0; --i) {
        if (m_validator.fault(found.at(i), items))
            found.removeAt(i);
    }
    return found;
}

SchemaFiller::Value SchemaFiller::fillArray(const QJsonObject &schema, const QString &name, int depth)
{
    QJsonArray array;
    const bool old = schema.value(u"items").isArray(); // a list of schemas, until 2019-09
    for (const QJsonValue &item : schema.value(old ? u"items" : u"prefixItems").toArray()) {
        const Value value = fillAny(item, name, depth + 1);
        if (!value)
            return {};
        array.push_back(*value);
    }
    const QJsonValue rest = schema.value(old ? u"additionalItems" : u"items");
    const QJsonValue items = rest.isUndefined() ? QJsonValue(true) : rest;
    const QJsonArray choices = resolved(items.toObject()).value_or(QJsonObject()).value(u"enum").toArray();
    const int most = schema.value(u"maxItems").toInt(64);
    for (const QJsonValue &choice : choices) {
        if (array.size() < most && mentions(m_sources.question, plainText(choice)))
            array.push_back(choice);
    }
    for (const QJsonValue &found : choices.isEmpty() ? namedItems(items) : QJsonArray()) {
        if (array.size() < most)
            array.push_back(found);
    }
    for (int i = 0; schema.contains(u"contains") && i < std::min(schema.value(u"minContains").toInt(1), 100); ++i) {
        const Value value = fillAny(schema.value(u"contains"), name, depth + 1);
        if (!value)
            return {};
        array.push_back(*value);
    }
    // An answer has something to say.
    if (array.isEmpty() && most > 0 && m_sources.fillOptional && depth < deepestOptional) {
        if (const Value value = fillAny(items, name, depth + 1))
            array.push_back(*value);
    }
    const int least = std::min(schema.value(u"minItems").toInt(0), 1000);
    const bool unique = schema.value(u"uniqueItems").toBool();
    for (int tries = 0; array.size() < least && tries < 4 * least; ++tries) {
        Value value = choices.isEmpty() ? fillAny(items, name, depth + 1) : Value(choices.at(tries % choices.size()));
        if (!value)
            return {};
        if (unique && array.contains(*value)) {
            if (value->isString())
                value = QJsonValue(QString(value->toString() % u' ' % QString::number(tries + 1)));
            else if (value->isDouble() && choices.isEmpty())
                value = QJsonValue(value->toDouble() + tries);
            if (array.contains(*value))
                continue;
        }
        array.push_back(*value);
    }
    if (array.size() < least)
        return failed(
            QCoreApplication::translate("diptych::SchemaFiller", "Not enough different items for \"%1\".").arg(name));
    return QJsonValue(array);
}

SchemaFiller::Value SchemaFiller::fillNumber(const QJsonObject &schema, bool integer)
{
    for (auto number = m_numbers.begin(); number != m_numbers.end(); ++number) {
        if ((integer && std::floor(*number) != *number) || m_validator.fault(*number, schema))
            continue;
        const double found = *number;
        m_numbers.erase(number);
        return QJsonValue(found);
    }
    const auto value = plainNumber(schema, integer);
    if (!value)
        return failed(QCoreApplication::translate("diptych::SchemaFiller", "The schema's range holds no number."));
    return integer ? QJsonValue(static_cast<qint64>(*value)) : QJsonValue(*value);
}

SchemaFiller::Value SchemaFiller::fillBoolean(const QString &name) const
{
    return QJsonValue(isAffirmed(m_sources.question, spacedName(name)));
}

QString SchemaFiller::textFor(const QString &name, const QString &format)
{
    const QString formatted = formattedText(m_sources.question, format.isEmpty() ? name.toLower() : format);
    if (!formatted.isEmpty())
        return formatted;
    static const QStringList wholeQuestion = {QStringLiteral("query"), QStringLiteral("question"),
        QStringLiteral("prompt"), QStringLiteral("input"), QStringLiteral("q"), QStringLiteral("text")};
    const QString lower = name.toLower();
    if (lower == QLatin1String("source") && !m_sources.source.isEmpty())
        return m_sources.source;
    if (m_sources.answer.isEmpty() ? wholeQuestion.contains(lower) : m_names.isEmpty())
        return m_sources.answer.isEmpty() ? m_sources.question : m_sources.answer;
    static const QStringList answers = {QStringLiteral("answer"), QStringLiteral("text"), QStringLiteral("content"),
        QStringLiteral("message"), QStringLiteral("summary"), QStringLiteral("description"), QStringLiteral("reply"),
        QStringLiteral("response"), QStringLiteral("explanation"), QStringLiteral("output")};
    if (!m_sources.answer.isEmpty() && answers.contains(lower))
        return m_sources.answer;
    if (m_names.size() > 1)
        return m_names.takeFirst();
    return m_names.isEmpty() ? subjectOf(m_sources.question) : m_names.first();
}

SchemaFiller::Value SchemaFiller::fillString(const QJsonObject &schema, const QString &name)
{
    QString text = textFor(name, schema.value(u"format").toString());
    if (schema.contains(u"pattern")) {
        const QString pattern = schema.value(u"pattern").toString();
        auto match = firstMatch(m_sources.question, pattern);
        if (!match || m_validator.fault(*match, schema))
            match = patternSample(pattern, schema.value(u"minLength").toInt(0));
        if (!match)
            return failed(QCoreApplication::translate(
                "diptych::SchemaFiller", "Nothing in the question follows the pattern that the schema has for \"%1\".")
                              .arg(name));
        text = *match;
    }
    const int least = schema.value(u"minLength").toInt(0);
    const int most = schema.value(u"maxLength").toInt(std::numeric_limits<int>::max());
    if (least > most || least > 100'000)
        return failed(
            QCoreApplication::translate("diptych::SchemaFiller", "The schema allows no text for \"%1\".").arg(name));
    // Lengths count code points, not UTF-16 units.
    QList<uint> points = text.toUcs4();
    points.resize(std::min<qsizetype>(points.size(), most));
    while (points.size() < least)
        points.push_back(U'.');
    return QJsonValue(QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size()));
}

} // namespace diptych
