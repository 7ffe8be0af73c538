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

/// What of a question are arguments of the tool rather than what it is about: numbers, names, values of an enum.
QStringList argumentTerms(const Tool &tool, const QString &question)
{
    QStringList values = namesIn(question);
    const QJsonObject properties = tool.parameters.value(u"properties").toObject();
    for (const QJsonValue &property : properties) {
        for (const QJsonValue &value : property.toObject().value(u"enum").toArray())
            values.push_back(value.toString());
    }
    QStringList terms = contentTerms(values.join(u' '));
    for (const double number : numbersIn(question))
        terms.push_back(QString::number(number));
    return terms;
}

/// A calculator is meant by a sum whatever its words are.
double calculatorShare(const Tool &tool, const QString &question)
{
    static const QRegularExpression calculator(QStringLiteral("calc|math|arithm|sum"));
    return tool.name.toLower().contains(calculator) && calculate(question) ? 1 : 0;
}

/// 0–1: the share of the question's words that name or describe the tool.
double relevance(const Tool &tool, const QString &question)
{
    const QStringList members = tool.parameters.value(u"properties").toObject().keys();
    QStringList about = contentTerms(QString(spacedName(tool.name) % u' ' % tool.description));
    about.removeIf(isGenericVerb);
    QStringList asked = contentTerms(question);
    asked.removeDuplicates();
    const QStringList arguments = argumentTerms(tool, question);
    asked.removeIf([&](const QString &term) { return arguments.contains(term) && !about.contains(term); });
    const bool named =
        std::any_of(asked.begin(), asked.end(), [&](const QString &term) { return about.contains(term); });
    if (!named)
        return calculatorShare(tool, question);
    // Once it is about the tool, the names of its parameters speak for it too.
    about += contentTerms(spacedName(members.join(u' ')));
    const auto shared =
        std::count_if(asked.begin(), asked.end(), [&](const QString &term) { return about.contains(term); });
    return std::max(static_cast<double>(shared) / static_cast<double>(asked.size()), calculatorShare(tool, question));
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

/// "the weather in Lisbon and Porto" asks twice when the function takes one city: the question once for each, without
/// the others. One part: it asks once.
QStringList questionParts(const QJsonObject &schema, const QString &question)
{
    const QJsonObject properties = schema.value(u"properties").toObject();
    QStringList values;
    int texts = 0;
    for (const QJsonValue &name : schema.value(u"required").toArray()) {
        const QJsonObject property = properties.value(name.toString()).toObject();
        if (property.value(u"type") != QLatin1String("string") && !property.value(u"enum").toArray().first().isString())
            continue;
        ++texts;
        QStringList found = property.contains(u"enum") ? QStringList() : namesIn(question);
        for (const QJsonValue &value : property.value(u"enum").toArray()) {
            if (mentions(question, value.toString()))
                found.push_back(value.toString());
        }
        if (values.size() < 2)
            values = found;
    }
    // With two texts to fill the names may be one for each.
    if (texts != 1 || values.size() < 2 || values.size() > 8)
        return {question};
    QStringList parts;
    for (const QString &kept : values) {
        QString part = question;
        for (const QString &other : values) {
            if (other != kept && !kept.contains(other, Qt::CaseInsensitive))
                part.remove(other, Qt::CaseInsensitive);
        }
        parts.push_back(part.simplified());
    }
    return parts;
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

Result<std::vector<ToolCall>> planToolCalls(const ChatRequest &request, const QString &question)
{
    const Tool *tool = chosenTool(request, question);
    if (!tool)
        return std::vector<ToolCall>();
    QJsonObject schema = tool->parameters;
    if (!schema.contains(u"type") && !schema.contains(u"$ref"))
        schema.insert(QStringLiteral("type"), QStringLiteral("object"));
    const bool several = request.parallelToolCalls.value_or(true);
    std::vector<ToolCall> calls;
    for (const QString &part : several ? questionParts(schema, question) : QStringList {question}) {
        auto arguments = SchemaFiller(schema, {.question = part}).fill();
        if (!arguments) {
            const auto index = tool - request.tools.data();
            return Failure(unsupportedParameter(
                QStringLiteral("tools[%1].function.parameters").arg(index), arguments.error().message));
        }
        const QByteArray json = QJsonDocument(arguments->toObject()).toJson(QJsonDocument::Compact);
        calls.push_back({.id = newResponseId(QLatin1String("call_")).left(29),
            .name = tool->name,
            .arguments = QString::fromUtf8(json)});
    }
    return calls;
}

} // namespace diptych
