// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/toolcaller.h"

#include "builtin/catalogue.h"
#include "builtin/guide/arithmetic.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/phrases.h"
#include "builtin/guide/schemafiller.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ToolCaller", text);
}

/// Words in the names of tools that say nothing about what they are for.
bool isGenericVerb(const QString &term)
{
    static const QSet<QString> verbs = {QStringLiteral("add"), QStringLiteral("mak"), QStringLiteral("find"),
        QStringLiteral("list"), QStringLiteral("creat"), QStringLiteral("search"), QStringLiteral("set"),
        QStringLiteral("read"), QStringLiteral("look"), QStringLiteral("return"), QStringLiteral("fetch"),
        QStringLiteral("tool"), QStringLiteral("function"), QStringLiteral("call"), QStringLiteral("current"),
        QStringLiteral("given")};
    return verbs.contains(term);
}

/// 0–1: the share of the question's words that name or describe the tool.
double relevance(const Tool &tool, const QString &question)
{
    QStringList about = contentTerms(QString(spacedName(tool.name) % u' ' % tool.description));
    about.removeIf(isGenericVerb);
    QStringList asked = contentTerms(question);
    asked.removeDuplicates();
    if (asked.isEmpty())
        return 0;
    const auto shared =
        std::count_if(asked.begin(), asked.end(), [&](const QString &term) { return about.contains(term); });
    double share = static_cast<double>(shared) / static_cast<double>(asked.size());
    // A calculator is meant by a sum whatever its words are.
    static const QRegularExpression calculator(QStringLiteral("calc|math|arithm|sum"));
    if (tool.name.toLower().contains(calculator) && calculate(question))
        share = 1;
    return share;
}

const Tool *chosenTool(const ChatRequest &request, const QString &question)
{
    constexpr double relevantEnough = 0.3;
    const ToolChoice choice = request.toolChoice.value_or(ToolChoice {});
    if (request.tools.empty() || choice.mode == ToolChoice::Mode::None)
        return nullptr;
    if (choice.mode == ToolChoice::Mode::Named) {
        const auto named = std::find_if(
            request.tools.begin(), request.tools.end(), [&](const Tool &tool) { return tool.name == choice.name; });
        return &*named; // checkTools() saw to it that there is one
    }
    const auto best = std::max_element(request.tools.begin(), request.tools.end(),
        [&](const Tool &a, const Tool &b) { return relevance(a, question) < relevance(b, question); });
    const bool required = choice.mode == ToolChoice::Mode::Required;
    return required || relevance(*best, question) >= relevantEnough ? &*best : nullptr;
}

} // namespace

std::optional<Error> checkTools(const ChatRequest &request)
{
    static const QRegularExpression validName(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
    for (std::size_t i = 0; i < request.tools.size(); ++i) {
        if (!validName.match(request.tools[i].name).hasMatch()) {
            return invalidParameter(QStringLiteral("tools[%1].function.name").arg(i),
                translated("The name of a function has 1 to 64 letters, digits, _ or -."));
        }
    }
    if (!request.toolChoice)
        return {};
    const ToolChoice &choice = *request.toolChoice;
    if (choice.mode == ToolChoice::Mode::Required && request.tools.empty())
        return invalidParameter(
            QStringLiteral("tool_choice"), translated("A call is required, but there are no tools."));
    const bool known = std::any_of(
        request.tools.begin(), request.tools.end(), [&](const Tool &tool) { return tool.name == choice.name; });
    if (choice.mode == ToolChoice::Mode::Named && !known) {
        return invalidParameter(
            QStringLiteral("tool_choice"), translated("There is no tool named \"%1\".").arg(choice.name));
    }
    return {};
}

QStringList toolNotes(const ChatRequest &request, const QString &question, int most)
{
    std::vector<std::pair<double, QString>> tools;
    for (const Tool &tool : request.tools)
        tools.emplace_back(-relevance(tool, question), tool.name);
    std::stable_sort(tools.begin(), tools.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList found;
    for (const auto &[share, name] : tools) {
        if (found.size() < most)
            found.push_back(translated("`%1` (%2 %)").arg(name, QString::number(std::lround(-share * 100))));
    }
    const Tool *tool = chosenTool(request, question);
    return {translated("How much of the question speaks of each tool: %1.").arg(found.join(QStringLiteral(", "))),
        tool ? translated("I call `%1` and fill its arguments from the question.").arg(tool->name)
             : translated("I call none.")};
}

Result<std::optional<ToolCall>> planToolCall(const ChatRequest &request, const QString &question)
{
    const Tool *tool = chosenTool(request, question);
    if (!tool)
        return std::optional<ToolCall>();
    QJsonObject schema = tool->parameters;
    if (!schema.contains(u"type") && !schema.contains(u"$ref"))
        schema.insert(QStringLiteral("type"), QStringLiteral("object"));
    SchemaFiller filler(schema, {.question = question});
    auto arguments = filler.fill();
    if (!arguments) {
        const auto index = tool - request.tools.data();
        return Failure(unsupportedParameter(
            QStringLiteral("tools[%1].function.parameters").arg(index), arguments.error().message));
    }
    const QByteArray json = QJsonDocument(arguments->toObject()).toJson(QJsonDocument::Compact);
    return std::optional<ToolCall>(ToolCall {.id = newResponseId(QLatin1String("call_")).left(29),
        .name = tool->name,
        .arguments = QString::fromUtf8(json)});
}

} // namespace diptych
