// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolanswers.h"

#include "models/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace diptych {

namespace {

QString compact(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    const QByteArray list = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

/// As it is read in a sentence: texts without quotes.
QString plain(const QJsonValue &value)
{
    return value.isString() ? value.toString() : compact(value);
}

bool fits(const QJsonValue &value, const QJsonValue &pattern)
{
    if (pattern.isObject()) {
        const QJsonObject wanted = pattern.toObject();
        const QJsonObject given = value.toObject();
        for (auto member = wanted.begin(); member != wanted.end(); ++member) {
            if (!given.contains(member.key()) || !fits(given.value(member.key()), member.value()))
                return false;
        }
        return value.isObject();
    }
    if (pattern.isString() && pattern.toString().contains(u'*')) {
        QStringList parts = pattern.toString().split(u'*');
        for (QString &part : parts)
            part = QRegularExpression::escape(part);
        const QRegularExpression expression(QRegularExpression::anchoredPattern(parts.join(QStringLiteral(".*"))),
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
        return expression.match(plain(value)).hasMatch();
    }
    return value == pattern;
}

QJsonValue argumentAt(const QJsonObject &arguments, const QString &name)
{
    if (arguments.contains(name))
        return arguments.value(name);
    QJsonValue value = arguments;
    for (const QString &part : name.split(u'.')) {
        bool isIndex = false;
        const int index = part.toInt(&isIndex);
        value = value.isArray() && isIndex ? value.toArray().at(index) : value.toObject().value(part);
    }
    return value;
}

QString filledText(const QString &text, const QJsonObject &arguments)
{
    static const QRegularExpression placeholder(QStringLiteral("\\{\\{\\s*([^{}\\s]+)\\s*\\}\\}"));
    QString filled;
    qsizetype end = 0;
    for (auto matches = placeholder.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const QJsonValue value = argumentAt(arguments, match.captured(1));
        filled += QStringView(text).mid(end, match.capturedStart() - end);
        filled += value.isUndefined() ? match.captured() : plain(value);
        end = match.capturedEnd();
    }
    return filled + QStringView(text).mid(end);
}

QJsonValue filledJson(const QJsonValue &value, const QJsonObject &arguments)
{
    if (value.isString())
        return filledText(value.toString(), arguments);
    if (value.isArray()) {
        QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i)
            list[i] = filledJson(list.at(i), arguments);
        return list;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            member.value() = filledJson(member.value(), arguments);
        return object;
    }
    return value;
}

} // namespace

QString canonicalArguments(const QString &arguments)
{
    const QString text = arguments.trimmed();
    if (text.isEmpty())
        return QStringLiteral("{}");
    const QJsonDocument list = QJsonDocument::fromJson("[" + text.toUtf8() + "]");
    if (!list.isArray() || list.array().size() != 1)
        return text;
    return compact(list.array().at(0));
}

QString prettyArguments(const QString &arguments)
{
    return prettyJson(arguments.toUtf8()).trimmed();
}

bool fitsPattern(const QString &arguments, const QString &pattern)
{
    if (pattern.trimmed().isEmpty() || pattern.trimmed() == u'*')
        return true;
    const QJsonDocument wanted = QJsonDocument::fromJson(pattern.toUtf8());
    return wanted.isObject()
        && fits(QJsonDocument::fromJson(canonicalArguments(arguments).toUtf8()).object(), wanted.object());
}

QString patternProblem(const QString &pattern)
{
    if (pattern.trimmed().isEmpty() || pattern.trimmed() == u'*')
        return {};
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(pattern.toUtf8(), &error);
    if (document.isObject())
        return {};
    return QCoreApplication::translate("diptych::ToolAnswers",
        "A pattern is a JSON object such as {\"city\": \"Lis*\"}, "
        "or empty for all calls.");
}

QString filledResult(const QString &result, const QString &arguments)
{
    const QJsonObject given = QJsonDocument::fromJson(canonicalArguments(arguments).toUtf8()).object();
    const QJsonDocument document = QJsonDocument::fromJson(result.toUtf8());
    if (document.isNull() || !result.contains(QLatin1String("{{")))
        return filledText(result, given);
    return compact(
        filledJson(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), given));
}

std::optional<QString> automaticResult(const ToolAnswer &answer, const QString &arguments)
{
    if (answer.kind == ToolAnswer::Kind::Fixed)
        return filledResult(answer.text, arguments);
    if (answer.kind != ToolAnswer::Kind::Table)
        return {};
    for (const MockRow &row : answer.rows) {
        if (fitsPattern(arguments, row.arguments))
            return filledResult(row.result, arguments);
    }
    return {};
}

} // namespace diptych
