// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/plainschema.h"

#include "api/schema/textformat.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <regex>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::JsonSchema", text);
}

QString key(const char *keyword)
{
    return QString::fromLatin1(keyword);
}

const QSet<QString> &annotations()
{
    static const QSet<QString> names = {QStringLiteral("title"), QStringLiteral("description"),
        QStringLiteral("default"), QStringLiteral("examples"), QStringLiteral("example"), QStringLiteral("$comment"),
        QStringLiteral("$schema"), QStringLiteral("$id"), QStringLiteral("id"), QStringLiteral("$anchor"),
        QStringLiteral("$dynamicAnchor"), QStringLiteral("$vocabulary"), QStringLiteral("readOnly"),
        QStringLiteral("writeOnly"), QStringLiteral("deprecated"), QStringLiteral("nullable"),
        QStringLiteral("contentEncoding"), QStringLiteral("contentMediaType"), QStringLiteral("contentSchema"),
        QStringLiteral("discriminator"), QStringLiteral("strict")};
    return names;
}

/// Members whose values are schemas by name.
bool holdsNamedSchemas(const QString &name)
{
    static const QSet<QString> names = {QStringLiteral("properties"), QStringLiteral("patternProperties"),
        QStringLiteral("$defs"), QStringLiteral("definitions"), QStringLiteral("dependentSchemas"),
        QStringLiteral("dependencies")};
    return names.contains(name);
}

bool holdsValues(const QString &name)
{
    return name == QLatin1String("enum") || name == QLatin1String("const");
}

QString escaped(QString name)
{
    return name.replace(u'~', QLatin1String("~0")).replace(u'/', QLatin1String("~1"));
}

QJsonValue valueAt(const QJsonObject &root, const QString &reference)
{
    QJsonValue target = root;
    for (QString part : reference.mid(1).split(u'/', Qt::SkipEmptyParts)) {
        part = QUrl::fromPercentEncoding(part.toUtf8());
        part.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
        target = target.isArray() ? target.toArray().at(part.toInt()) : target.toObject().value(part);
    }
    return target;
}

class Plainer
{
public:
    explicit Plainer(QStringList &unchecked)
        : m_unchecked(unchecked)
    {
    }

    QJsonValue schema(const QJsonValue &value, const QString &path, int depth = 0)
    {
        constexpr int deepest = 100;
        if (!value.isObject() || depth > deepest)
            return value;
        QJsonObject object = value.toObject();
        if (object.value(u"$ref").isString())
            return reference(object, path, depth);
        rename(object, path);
        return members(object, path, depth);
    }

private:
    void leaveOut(QJsonObject &object, const QString &name, const QString &path)
    {
        if (object.contains(name)) {
            object.remove(name);
            m_unchecked.push_back(path % u'/' % name);
        }
    }

    /// Since 2019-09 what stands beside $ref counts too; the library leaves it out, as draft 7 says.
    QJsonValue reference(QJsonObject object, const QString &path, int depth)
    {
        const QString target = object.take(QStringLiteral("$ref")).toString();
        m_references.insert(target);
        for (const QString &name : annotations())
            object.remove(name);
        const QJsonObject plain {{QStringLiteral("$ref"), target}};
        if (object.isEmpty())
            return plain;
        // Definitions are often beside the reference of the root: they have to stay where others look for them.
        QJsonObject whole;
        for (const QString &name : {QStringLiteral("$defs"), QStringLiteral("definitions")}) {
            if (object.contains(name))
                whole.insert(name, object.take(name));
        }
        whole = members(whole, path, depth).toObject();
        QJsonArray parts {plain};
        if (!object.isEmpty())
            parts.append(schema(object, path, depth + 1));
        whole.insert(QStringLiteral("allOf"), parts);
        return whole;
    }

    QJsonValue members(const QJsonObject &object, const QString &path, int depth)
    {
        QJsonObject plain;
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString name = member.key();
            const QString place = path % u'/' % escaped(name);
            if (annotations().contains(name))
                continue;
            if (holdsValues(name)) {
                plain.insert(name, member.value());
            } else if (holdsNamedSchemas(name)) {
                QJsonObject named = member.value().toObject();
                for (auto each = named.begin(); each != named.end(); ++each)
                    each.value() = schema(each.value(), QString(place % u'/' % escaped(each.key())), depth + 1);
                plain.insert(name, named);
            } else if (member.value().isArray()) {
                QJsonArray list = member.value().toArray();
                for (qsizetype i = 0; i < list.size(); ++i)
                    list[i] = schema(list.at(i), QString(place % u'/' % QString::number(i)), depth + 1);
                plain.insert(name, list);
            } else {
                plain.insert(name, schema(member.value(), place, depth + 1));
            }
        }
        return plain;
    }

    void rename(QJsonObject &object, const QString &path)
    {
        for (const char *name : {"unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"})
            leaveOut(object, key(name), path);
        renameTypes(object);
        renameTexts(object, path);
        renameBounds(object);
        renameArrays(object, path);
        renameDependencies(object);
        checkPatternProperties(object, path);
    }

    static void renameTypes(QJsonObject &object)
    {
        const QJsonValue type = object.value(u"type");
        if (type.isUndefined())
            return;
        QJsonArray types = type.isArray() ? type.toArray() : QJsonArray {type};
        if (object.value(u"nullable").toBool() && !types.contains(QStringLiteral("null")))
            types.append(QStringLiteral("null"));
        const bool anyNumber = types.contains(QStringLiteral("number"));
        for (qsizetype i = types.size() - 1; i >= 0; --i) {
            if (types.at(i) != QLatin1String("integer"))
                continue;
            if (anyNumber) {
                types.removeAt(i);
            } else {
                types[i] = QStringLiteral("number");
                object.insert(key(schemakeyword::integer), true);
            }
        }
        object.insert(QStringLiteral("type"), types);
    }

    void renameTexts(QJsonObject &object, const QString &path)
    {
        if (object.contains(u"pattern")) {
            const QString pattern = object.value(u"pattern").toString();
            if (QRegularExpression(pattern, QRegularExpression::UseUnicodePropertiesOption).isValid())
                object.insert(key(schemakeyword::pattern), object.take(u"pattern"));
            else
                leaveOut(object, QStringLiteral("pattern"), path);
        }
        if (object.contains(u"format")) {
            if (isKnownFormat(object.value(u"format").toString()))
                object.insert(key(schemakeyword::format), object.take(u"format"));
            else
                leaveOut(object, QStringLiteral("format"), path);
        }
    }

    /// In draft 4 "exclusive" is a flag of the other bound.
    static void renameBounds(QJsonObject &object)
    {
        for (const auto &[bound, exclusive] : {std::pair(QStringLiteral("minimum"), QStringLiteral("exclusiveMinimum")),
                 std::pair(QStringLiteral("maximum"), QStringLiteral("exclusiveMaximum"))}) {
            if (!object.value(exclusive).isBool())
                continue;
            if (object.take(exclusive).toBool() && object.contains(bound))
                object.insert(exclusive, object.take(bound));
        }
        if (object.contains(u"multipleOf"))
            object.insert(key(schemakeyword::multipleOf), object.take(u"multipleOf"));
    }

    void renameArrays(QJsonObject &object, const QString &path)
    {
        if (object.contains(u"prefixItems")) {
            const QJsonValue rest = object.take(u"items");
            object.insert(QStringLiteral("items"), object.take(u"prefixItems"));
            if (!rest.isUndefined())
                object.insert(QStringLiteral("additionalItems"), rest);
            else
                object.remove(u"additionalItems");
        } else if (!object.value(u"items").isArray()) {
            object.remove(u"additionalItems"); // says nothing then
        }
        if (object.value(u"minContains").toDouble(1) == 0)
            object.remove(u"contains");
        if (object.value(u"minContains").toDouble(1) <= 1)
            object.remove(u"minContains");
        leaveOut(object, QStringLiteral("minContains"), path);
        leaveOut(object, QStringLiteral("maxContains"), path);
    }

    static void renameDependencies(QJsonObject &object)
    {
        QJsonObject all = object.value(u"dependencies").toObject();
        for (const QString &name : {QStringLiteral("dependentRequired"), QStringLiteral("dependentSchemas")}) {
            const QJsonObject some = object.take(name).toObject();
            for (auto each = some.begin(); each != some.end(); ++each)
                all.insert(all.contains(each.key()) ? QString() : each.key(), each.value());
        }
        if (!all.isEmpty())
            object.insert(QStringLiteral("dependencies"), all);
    }

    /// A pattern that the library can not read would make its members forbidden ones.
    void checkPatternProperties(QJsonObject &object, const QString &path)
    {
        const QJsonObject patterns = object.value(u"patternProperties").toObject();
        for (const QString &pattern : patterns.keys()) {
            try {
                const std::regex expression(pattern.toStdString());
            } catch (const std::regex_error &) {
                leaveOut(object, QStringLiteral("patternProperties"), path);
                leaveOut(object, QStringLiteral("additionalProperties"), path);
                return;
            }
        }
    }

    QStringList &m_unchecked;

public:
    QSet<QString> m_references {};
};

/// Whether a schema leads to itself without going into the value: checking would not end.
class LoopFinder
{
public:
    explicit LoopFinder(const QJsonObject &root)
        : m_root(root)
    {
    }

    bool loops(const QJsonValue &value)
    {
        if (!value.isObject())
            return false;
        const QJsonObject schema = value.toObject();
        const QString target = schema.value(u"$ref").toString();
        if (!target.isEmpty())
            return follow(target);
        for (const char *name : {"allOf", "anyOf", "oneOf"}) {
            for (const QJsonValue &part : schema.value(key(name)).toArray()) {
                if (loops(part))
                    return true;
            }
        }
        for (const char *name : {"not", "if", "then", "else"}) {
            if (loops(schema.value(key(name))))
                return true;
        }
        for (const QJsonValue &part : schema.value(u"dependencies").toObject()) {
            if (loops(part))
                return true;
        }
        return false;
    }

private:
    bool follow(const QString &target)
    {
        if (m_done.contains(target))
            return false;
        if (m_path.contains(target))
            return true;
        m_path.insert(target);
        const bool found = loops(valueAt(m_root, target));
        m_path.remove(target);
        m_done.insert(target);
        return found;
    }

    const QJsonObject &m_root;
    QSet<QString> m_path {};
    QSet<QString> m_done {};
};

Error fault(const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest, .message = message};
}

} // namespace

Result<PlainSchema> plainSchema(const QJsonObject &schema)
{
    PlainSchema plain;
    Plainer plainer(plain.unchecked);
    plain.schema = plainer.schema(schema, {}).toObject();
    for (const QString &target : std::as_const(plainer.m_references)) {
        if (!target.startsWith(u'#') || (target.size() > 1 && target[1] != u'/'))
            return Failure(fault(
                translated("\"%1\" is outside of the schema; only references into it are followed.").arg(target)));
        const QJsonValue found = valueAt(plain.schema, target);
        if (!found.isObject() && !found.isBool())
            return Failure(fault(translated("There is nothing at \"%1\".").arg(target)));
        if (LoopFinder(plain.schema).loops(QJsonObject {{QStringLiteral("$ref"), target}}))
            return Failure(fault(translated("\"%1\" leads back to itself.").arg(target)));
    }
    plain.unchecked.sort();
    return plain;
}

} // namespace diptych
