// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/schemahelp.h"

#include "api/schema/jsonschema.h"
#include "models/jsonmembers.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <iterator>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::SchemaHelp", text);
}

struct Keyword {
    const char *name;
    const char *type;
    const char *value; // inserted, as JSON
    const char *explanation;
};

const Keyword keywords[] = {
    {"type", "string", "\"object\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "What kind of value it is")},
    {"description", "string", "\"\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "For the model: what belongs here")},
    {"properties", "object", "{}", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Members by name, each a schema")},
    {"required", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Members that must be there")},
    {"additionalProperties", "boolean", "false",
        QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Whether other members are allowed")},
    {"items", "schema", "{}", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "What each item of a list is")},
    {"prefixItems", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "The first items of a list, one by one")},
    {"minItems", "integer", "1", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Fewest items")},
    {"maxItems", "integer", "10", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Most items")},
    {"uniqueItems", "boolean", "true", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "No item twice")},
    {"enum", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "The only values that are allowed")},
    {"const", "any", "\"\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "The only value that is allowed")},
    {"minimum", "number", "0", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Smallest number")},
    {"maximum", "number", "100", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Largest number")},
    {"exclusiveMinimum", "number", "0", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "The number is above this")},
    {"exclusiveMaximum", "number", "100", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "The number is below this")},
    {"multipleOf", "number", "0.01", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Step between numbers")},
    {"minLength", "integer", "1", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Fewest characters of a text")},
    {"maxLength", "integer", "100", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Most characters of a text")},
    {"pattern", "string", "\"^[a-z]+$\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Regular expression for a text")},
    {"format", "string", "\"date\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Date, time, address and the like")},
    {"anyOf", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "At least one of these schemas fits")},
    {"oneOf", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Exactly one of these schemas fits")},
    {"allOf", "array", "[]", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "All of these schemas fit")},
    {"not", "schema", "{}", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "This schema does not fit")},
    {"$ref", "string", "\"#/$defs/\"", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "A schema that is written elsewhere")},
    {"$defs", "object", "{}", QT_TRANSLATE_NOOP("diptych::SchemaHelp", "Schemas to refer to")},
};

const char *const types[] = {"object", "array", "string", "number", "integer", "boolean", "null"};
const char *const formats[] = {"date", "time", "date-time", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"};

std::vector<JsonEdit::Suggestion> wordsFor(const JsonPlace &place, const char *const *first, const char *const *last)
{
    std::vector<JsonEdit::Suggestion> found;
    for (const char *const *word = first; word != last; ++word) {
        const QString name = QString::fromLatin1(*word);
        if (name.startsWith(place.typed)) {
            found.push_back({.name = name,
                .type = QStringLiteral("string"),
                .start = place.start,
                .end = place.end,
                .insertion = QString(u'"' % name % u'"')});
        }
    }
    return found;
}

/// Where the last part of a pointer stands as a key; the beginning of the text when it is not found.
JsonEdit::Remark remarkAt(const QString &text, const QString &pointer, const QString &message)
{
    const QString key = pointer.section(u'/', -1);
    const qsizetype at = text.indexOf(QString(u'"' % key % u'"'));
    return {.start = std::max<qsizetype>(at, 0), .length = at < 0 ? 1 : key.size() + 2, .message = message};
}

} // namespace

std::vector<JsonEdit::Suggestion> schemaSuggestions(const QString &text, qsizetype caret)
{
    const JsonPlace place = jsonPlaceAt(text, caret);
    if (place.kind == JsonPlace::Kind::Value && place.key == QLatin1String("type"))
        return wordsFor(place, std::begin(types), std::end(types));
    if (place.kind == JsonPlace::Kind::Value && place.key == QLatin1String("format"))
        return wordsFor(place, std::begin(formats), std::end(formats));
    std::vector<JsonEdit::Suggestion> found;
    if (place.kind != JsonPlace::Kind::Key)
        return found;
    const bool hasValue = QStringView(text).mid(place.end).trimmed().startsWith(u':');
    for (const Keyword &keyword : keywords) {
        const QString name = QString::fromLatin1(keyword.name);
        if (!name.startsWith(place.typed))
            continue;
        const QString start = QString(u'"' % name % u'"');
        const QString value = QString::fromLatin1(keyword.value);
        const bool isText = value.startsWith(u'"');
        found.push_back({.name = name,
            .type = QString::fromLatin1(keyword.type),
            .description = translated(keyword.explanation),
            .start = place.start,
            .end = place.end,
            .insertion = hasValue ? start : QString(start % QLatin1String(": ") % value),
            .selectionStart = hasValue ? start.size() : start.size() + 2 + (isText ? 1 : 0),
            .selectionLength = hasValue ? 0 : value.size() - (isText ? 2 : 0)});
    }
    return found;
}

std::vector<JsonEdit::Remark> schemaRemarks(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        return {}; // the field says so itself
    const Result<JsonSchema> schema = JsonSchema::compile(document.object());
    if (!schema)
        return {{.isError = true, .start = 0, .length = 1, .message = schema.error().message}};
    std::vector<JsonEdit::Remark> remarks;
    for (const QString &place : schema->unchecked())
        remarks.push_back(
            remarkAt(text, place, translated("%1 is sent, but answers are not checked for it").arg(place)));
    return remarks;
}

} // namespace diptych
