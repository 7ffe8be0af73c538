// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/dictation.h"

#include "builtin/guide/guideanswer.h"

#include <QRegularExpression>
#include <QStringList>

namespace diptych {

namespace {

/// "answer with the single word yes", 'reply only with "out of office"'.
std::optional<QString> wordGiven(const QString &text)
{
    static const QRegularExpression single(
        QStringLiteral(
            "\\b(?:answer|reply|respond|say)(?: only| always| just| exactly)*(?: with)?(?: only| just)? (?:the )?"
            "(?:single |one |exact )*word:? [\"“']?([\\p{L}\\p{N}-]{1,40})[\"”']?"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression quoted(
        QStringLiteral(
            "\\b(?:answer|reply|respond|say)(?: only| always| just| exactly)*(?: with)?(?: only| just| exactly)?"
            "(?: the (?:words?|text|phrase))?:? [\"“]([^\"”]{1,500})[\"”]"),
        QRegularExpression::CaseInsensitiveOption);
    for (const QRegularExpression &expression : {single, quoted}) {
        const auto match = expression.match(text);
        if (match.hasMatch())
            return match.captured(1);
    }
    return {};
}

std::optional<QString> countedNumbers(const QString &question)
{
    static const QRegularExpression counting(
        QStringLiteral(
            "^\\W*(?:please )?(?:count|(?:write|list|say|print)(?: me)?(?: all)?(?: the)? (?:whole )?numbers) "
            "(?:up )?from (\\d{1,6}) (?:up )?to (\\d{1,6})\\b(?!.*\\?)"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = counting.match(question);
    const int first = match.captured(1).toInt();
    const int last = match.captured(2).toInt();
    if (!match.hasMatch() || std::abs(last - first) > 1000)
        return {};
    QStringList numbers;
    for (int number = first; number != last; number += first < last ? 1 : -1)
        numbers.push_back(QString::number(number));
    numbers.push_back(QString::number(last));
    return numbers.join(u' ');
}

std::optional<QString> repeated(const QString &question)
{
    static const QRegularExpression after(
        QStringLiteral("^\\W*(?:please )?repeat (?:after me|this|the following)\\s*:\\s*(.{1,2000})$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = after.match(question);
    return match.hasMatch() ? std::optional(match.captured(1).trimmed()) : std::nullopt;
}

} // namespace

std::optional<QString> dictated(const std::vector<Message> &messages)
{
    for (const Message &message : messages) {
        if (message.role != Role::System && message.role != Role::Developer)
            continue;
        if (const auto word = wordGiven(message.text()))
            return word;
    }
    const QString question = lastQuestion(messages);
    if (const auto text = repeated(question))
        return text;
    if (const auto numbers = countedNumbers(question))
        return numbers;
    // A question about saying something is none to say it.
    return question.contains(u'?') ? std::nullopt : wordGiven(question);
}

} // namespace diptych
