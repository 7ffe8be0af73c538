// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/extrashelp.h"

#include "models/jsonmembers.h"
#include "models/jsontext.h"
#include "models/parameters.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

QString translated(const char *source)
{
    return QCoreApplication::translate("diptych::extras", source);
}

QString compact(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

const KnownExtra *find(const std::vector<KnownExtra> &known, const QString &key)
{
    const auto found =
        std::find_if(known.begin(), known.end(), [&key](const KnownExtra &extra) { return extra.key == key; });
    return found == known.end() ? nullptr : &*found;
}

QString typeName(KnownExtra::Type type)
{
    switch (type) {
    case KnownExtra::Type::Boolean:
        return translated("true or false");
    case KnownExtra::Type::Integer:
        return translated("whole number");
    case KnownExtra::Type::Number:
        return translated("number");
    case KnownExtra::Type::Text:
        return translated("text");
    case KnownExtra::Type::List:
        return translated("list");
    case KnownExtra::Type::Object:
        return translated("object");
    case KnownExtra::Type::Any:
        break;
    }
    return translated("any value");
}

QString describedType(const KnownExtra &extra)
{
    const QLocale locale;
    const QString type = typeName(extra.type);
    if (!extra.values.isEmpty())
        return extra.values.join(QStringLiteral(" | "));
    if (extra.minimum && extra.maximum)
        return QStringLiteral("%1, %2–%3").arg(type, locale.toString(*extra.minimum), locale.toString(*extra.maximum));
    if (extra.minimum)
        return QStringLiteral("%1, ≥ %2").arg(type, locale.toString(*extra.minimum));
    if (extra.maximum)
        return QStringLiteral("%1, ≤ %2").arg(type, locale.toString(*extra.maximum));
    return type;
}

/// What completion writes as the value of a key.
QString exampleOf(const KnownExtra &extra)
{
    if (!extra.example.isNull() && !extra.example.isUndefined())
        return compact(extra.example);
    if (!extra.values.isEmpty())
        return jsonQuoted(extra.values.first());
    switch (extra.type) {
    case KnownExtra::Type::Boolean:
        return QStringLiteral("true");
    case KnownExtra::Type::Integer:
    case KnownExtra::Type::Number:
        return QLocale::c().toString(extra.minimum.value_or(0));
    case KnownExtra::Type::List:
        return QStringLiteral("[]");
    case KnownExtra::Type::Object:
        return QStringLiteral("{}");
    default:
        return QStringLiteral("\"\"");
    }
}

QJsonValue exampleValueOf(const KnownExtra &extra)
{
    return QJsonDocument::fromJson(QString(u'[' + exampleOf(extra) + u']').toUtf8()).array().first();
}

bool hasType(const QJsonValue &value, KnownExtra::Type type)
{
    switch (type) {
    case KnownExtra::Type::Boolean:
        return value.isBool();
    case KnownExtra::Type::Integer:
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
    case KnownExtra::Type::Number:
        return value.isDouble();
    case KnownExtra::Type::Text:
        return value.isString();
    case KnownExtra::Type::List:
        return value.isArray();
    case KnownExtra::Type::Object:
        return value.isObject();
    case KnownExtra::Type::Any:
        break;
    }
    return true;
}

/// 2: begins with what was typed, 1: has it inside, 0: no match.
int rank(const QString &name, const QString &typed)
{
    if (name.startsWith(typed, Qt::CaseInsensitive))
        return 2;
    return name.contains(typed, Qt::CaseInsensitive) ? 1 : 0;
}

ExtrasSuggestion keySuggestion(const KnownExtra &extra, const QString &text, const JsonPlace &place)
{
    ExtrasSuggestion made {.name = extra.key,
        .type = describedType(extra),
        .description = extra.description,
        .start = place.start,
        .end = place.end};
    const QString quoted = jsonQuoted(extra.key);
    if (text.mid(place.end).trimmed().startsWith(u':')) { // the value is there already
        made.insertion = quoted;
        made.selectionStart = quoted.size();
        return made;
    }
    const QString example = exampleOf(extra);
    const bool isEmpty = place.kind == JsonPlace::Kind::Empty;
    const QString before = isEmpty ? QString(QStringLiteral("{\n    ") + quoted + QStringLiteral(": "))
                                   : QString(quoted + QStringLiteral(": "));
    made.insertion = before + example + (isEmpty ? QStringLiteral("\n}") : QString());
    made.selectionStart = before.size();
    made.selectionLength = example.size();
    return made;
}

std::vector<ExtrasSuggestion> keySuggestions(
    const QString &text, const JsonPlace &place, const std::vector<KnownExtra> &known)
{
    QStringList present;
    for (const JsonMember &member : jsonMembers(text)) {
        if (member.keyStart != place.start)
            present.append(member.key);
    }
    std::vector<ExtrasSuggestion> fitting;
    for (int wanted : {2, 1}) {
        for (const KnownExtra &extra : known) {
            if (rank(extra.key, place.typed) == wanted && !present.contains(extra.key))
                fitting.push_back(keySuggestion(extra, text, place));
        }
    }
    return fitting;
}

std::vector<ExtrasSuggestion> valueSuggestions(const JsonPlace &place, const KnownExtra &extra)
{
    QStringList values;
    if (extra.type == KnownExtra::Type::Boolean)
        values = {QStringLiteral("true"), QStringLiteral("false")};
    for (const QString &value : extra.values)
        values.append(jsonQuoted(value));
    if (values.isEmpty() && !extra.example.isNull() && !extra.example.isUndefined())
        values.append(compact(extra.example));
    std::vector<ExtrasSuggestion> fitting;
    for (const QString &value : values) {
        const QString plain = value.startsWith(u'"') ? value.mid(1, value.size() - 2) : value;
        if (rank(plain, place.typed) == 2 && plain != place.typed)
            fitting.push_back({.name = value,
                .description = values.size() == 1 ? translated("an example") : QString(),
                .start = place.start,
                .end = place.end,
                .insertion = value,
                .selectionStart = value.size()});
    }
    return fitting;
}

/// Makes remarks on one text.
class Checker
{
public:
    Checker(const QString &text, const std::vector<KnownExtra> &known, const RequestSettings &settings)
        : m_text(text)
        , m_known(known)
        , m_settings(settings)
        , m_members(jsonMembers(text))
    {
    }

    std::vector<ExtrasRemark> remarks()
    {
        for (std::size_t index = 0; index < m_members.size(); ++index) {
            const JsonMember &member = m_members[index];
            checkDuplicate(index);
            checkCollision(member);
            const KnownExtra *extra = find(m_known, member.key);
            if (extra && !member.value.isUndefined() && !member.value.isNull())
                checkValue(member, *extra);
        }
        return std::move(m_remarks);
    }

private:
    void add(ExtrasRemark::Severity severity, qsizetype start, qsizetype end, const QString &message)
    {
        const TextPosition at = textPosition(m_text, start);
        m_remarks.push_back({.severity = severity,
            .start = start,
            .length = end - start,
            .message = translated("line %1, column %2: %3").arg(at.line).arg(at.column).arg(message)});
    }

    void warn(const JsonMember &member, const QString &message)
    {
        add(ExtrasRemark::Severity::Warning, member.valueStart, member.valueEnd, message);
    }

    void checkDuplicate(std::size_t index)
    {
        const JsonMember &member = m_members[index];
        const auto first = std::find_if(m_members.begin(), m_members.begin() + static_cast<std::ptrdiff_t>(index),
            [&member](const JsonMember &earlier) { return earlier.key == member.key; });
        if (first == m_members.begin() + static_cast<std::ptrdiff_t>(index))
            return;
        add(ExtrasRemark::Severity::Warning, member.keyStart, member.keyEnd,
            translated("\"%1\" stands here twice, first in line %2; the last one counts.")
                .arg(member.key)
                .arg(textPosition(m_text, first->keyStart).line));
    }

    void checkCollision(const JsonMember &member)
    {
        if (collidingExtras({{member.key, member.value}}).isEmpty())
            return;
        const bool isAlwaysSent = member.key == QLatin1String("model") || member.key == QLatin1String("messages");
        const bool isTaken = isAlwaysSent || isSet(m_settings, member.key);
        if (isTaken && member.value.isObject())
            return; // objects are merged; what collides inside is found when the request is written
        add(isTaken ? ExtrasRemark::Severity::Error : ExtrasRemark::Severity::Warning, member.keyStart, member.keyEnd,
            isTaken ? translated("\"%1\" collides with the field of that name, which is set: the request is refused.")
                          .arg(member.key)
                    : translated("\"%1\" has a place of its own on the Params page.").arg(member.key));
    }

    void checkValue(const JsonMember &member, const KnownExtra &extra)
    {
        const QLocale locale;
        const double number = member.value.toDouble();
        if (!hasType(member.value, extra.type))
            warn(member, translated("%1 is usually a value of another type: %2.").arg(extra.key, typeName(extra.type)));
        else if (!extra.values.isEmpty() && member.value.isString() && !extra.values.contains(member.value.toString()))
            warn(
                member, translated("%1 is usually one of %2.").arg(extra.key, extra.values.join(QStringLiteral(", "))));
        else if (member.value.isDouble() && extra.minimum && number < *extra.minimum)
            warn(member, translated("%1 is usually at least %2.").arg(extra.key, locale.toString(*extra.minimum)));
        else if (member.value.isDouble() && extra.maximum && number > *extra.maximum)
            warn(member, translated("%1 is usually at most %2.").arg(extra.key, locale.toString(*extra.maximum)));
    }

    const QString &m_text;
    const std::vector<KnownExtra> &m_known;
    const RequestSettings &m_settings;
    std::vector<JsonMember> m_members;
    std::vector<ExtrasRemark> m_remarks;
};

/// Says whose they are, and keeps quiet about their values: another server may take the same key.
void addOfAnyVariant(std::vector<KnownExtra> &all, const ServerVariant &variant)
{
    for (const KnownExtra &extra : variant.extras) {
        if (find(all, extra.key))
            continue;
        all.push_back({.key = extra.key,
            .description = QStringLiteral("%1: %2").arg(variant.displayName, extra.description),
            .example = exampleValueOf(extra)});
    }
}

} // namespace

std::vector<KnownExtra> knownExtrasOf(const ProviderDescriptor &descriptor, const QString &variantName)
{
    std::vector<KnownExtra> all = descriptor.extras;
    for (const ServerVariant &variant : descriptor.variants) {
        if (variantName.isEmpty()) // it may be any of them
            addOfAnyVariant(all, variant);
        if (variant.name != variantName)
            continue;
        for (const KnownExtra &extra : variant.extras) {
            std::erase_if(all, [&extra](const KnownExtra &known) { return known.key == extra.key; });
            all.push_back(extra);
        }
    }
    std::sort(all.begin(), all.end(), [](const KnownExtra &a, const KnownExtra &b) { return a.key < b.key; });
    return all;
}

std::vector<ExtrasSuggestion> suggestExtras(const QString &text, qsizetype caret, const std::vector<KnownExtra> &known)
{
    const JsonPlace place = jsonPlaceAt(text, caret);
    if (place.kind == JsonPlace::Kind::Empty || (place.kind == JsonPlace::Kind::Key && place.depth == 1))
        return keySuggestions(text, place, known);
    if (place.kind != JsonPlace::Kind::Value || place.depth != 1)
        return {};
    const KnownExtra *extra = find(known, place.key);
    return extra ? valueSuggestions(place, *extra) : std::vector<ExtrasSuggestion>();
}

std::vector<ExtrasRemark> checkExtras(
    const QString &text, const std::vector<KnownExtra> &known, const RequestSettings &settings)
{
    return Checker(text, known, settings).remarks();
}

} // namespace diptych
