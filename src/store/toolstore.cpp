// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/toolstore.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace diptych {

namespace {

const QLatin1String toolsKey("tools");
const QLatin1String schemasKey("schemas");
const QLatin1String nameKey("name");
const QLatin1String descriptionKey("description");
const QLatin1String parametersKey("parameters");
const QLatin1String strictKey("strict");
const QLatin1String schemaKey("schema");
const QLatin1String answerKey("answer");
const QLatin1String kindKey("kind");
const QLatin1String textKey("text");
const QLatin1String rowsKey("rows");
const QLatin1String argumentsKey("arguments");
const QLatin1String resultKey("result");

constexpr const char *kindNames[] = {"hand", "fixed", "table", "recorded"};

QJsonObject encode(const ToolAnswer &answer)
{
    QJsonObject object {{kindKey, toolAnswerKindName(answer.kind)}};
    if (!answer.text.isEmpty())
        object[textKey] = answer.text;
    QJsonArray rows;
    for (const MockRow &row : answer.rows)
        rows.append(QJsonObject {{argumentsKey, row.arguments}, {resultKey, row.result}});
    if (!rows.isEmpty())
        object[rowsKey] = rows;
    return object;
}

ToolAnswer decodeAnswer(const QJsonObject &object)
{
    ToolAnswer answer {.kind = toolAnswerKindFromName(object[kindKey].toString()), .text = object[textKey].toString()};
    for (const QJsonValue row : object[rowsKey].toArray())
        answer.rows.push_back({row[argumentsKey].toString(), row[resultKey].toString()});
    return answer;
}

QJsonObject encode(const LibraryTool &kept)
{
    QJsonObject object {{nameKey, kept.tool.name}, {descriptionKey, kept.tool.description},
        {parametersKey, kept.tool.parameters}, {answerKey, encode(kept.answer)}};
    if (kept.tool.strict)
        object[strictKey] = *kept.tool.strict;
    return object;
}

std::optional<bool> strictOf(const QJsonObject &object)
{
    return object[strictKey].isBool() ? std::optional(object[strictKey].toBool()) : std::nullopt;
}

LibraryTool decodeTool(const QJsonObject &object)
{
    return {.tool = {.name = object[nameKey].toString(),
                .description = object[descriptionKey].toString(),
                .parameters = object[parametersKey].toObject(),
                .strict = strictOf(object)},
        .answer = decodeAnswer(object[answerKey].toObject())};
}

QJsonObject encode(const ResponseFormat &format)
{
    QJsonObject object {{nameKey, format.name}, {descriptionKey, format.description}, {schemaKey, format.schema}};
    if (format.strict)
        object[strictKey] = *format.strict;
    return object;
}

ResponseFormat decodeSchema(const QJsonObject &object)
{
    return {.type = ResponseFormat::Type::JsonSchema,
        .name = object[nameKey].toString(),
        .description = object[descriptionKey].toString(),
        .schema = object[schemaKey].toObject(),
        .strict = strictOf(object)};
}

} // namespace

const LibraryTool *ToolCollection::find(const QString &name) const
{
    const auto found =
        std::find_if(tools.begin(), tools.end(), [&name](const LibraryTool &kept) { return kept.tool.name == name; });
    return found == tools.end() ? nullptr : &*found;
}

ToolStore::ToolStore(const QString &path)
    : m_file(path)
{
}

Result<ToolCollection> ToolStore::load() const
{
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    ToolCollection collection;
    for (const QJsonValue value : (*file)[toolsKey].toArray()) {
        LibraryTool kept = decodeTool(value.toObject());
        if (!kept.tool.name.isEmpty() && !collection.find(kept.tool.name))
            collection.tools.push_back(std::move(kept));
    }
    for (const QJsonValue value : (*file)[schemasKey].toArray()) {
        ResponseFormat format = decodeSchema(value.toObject());
        if (!format.name.isEmpty())
            collection.schemas.push_back(std::move(format));
    }
    return collection;
}

Result<void> ToolStore::save(const ToolCollection &collection) const
{
    QJsonArray tools;
    for (const LibraryTool &kept : collection.tools)
        tools.append(encode(kept));
    QJsonArray schemas;
    for (const ResponseFormat &format : collection.schemas)
        schemas.append(encode(format));
    return m_file.change([&](QJsonObject &file) {
        file[toolsKey] = tools;
        file[schemasKey] = schemas;
    });
}

QString toolAnswerKindName(ToolAnswer::Kind kind)
{
    return QString::fromLatin1(kindNames[static_cast<std::size_t>(kind)]);
}

ToolAnswer::Kind toolAnswerKindFromName(QStringView name)
{
    const auto found = std::find_if(
        std::begin(kindNames), std::end(kindNames), [&](const char *known) { return name == QLatin1String(known); });
    return found == std::end(kindNames) ? ToolAnswer::Kind::ByHand
                                        : static_cast<ToolAnswer::Kind>(found - std::begin(kindNames));
}

} // namespace diptych
