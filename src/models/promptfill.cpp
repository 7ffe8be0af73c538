// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/promptfill.h"

#include "api/prompttemplate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace diptych {

namespace {

bool isSection(const QString &text, const QString &name)
{
    const QRegularExpression section(
        QStringLiteral("\\{\\{\\s*[#^]\\s*%1\\s*\\}\\}").arg(QRegularExpression::escape(name)));
    return section.match(text).hasMatch();
}

QJsonValue valueOf(const QString &typed, bool isJson)
{
    if (!isJson)
        return typed;
    const QJsonArray wrapped = QJsonDocument::fromJson("[" + typed.toUtf8() + "]").array();
    return wrapped.size() == 1 ? wrapped.first() : QJsonValue(typed);
}

/// {"a.b": 1} becomes {"a": {"b": 1}}.
void insertAt(QJsonObject &object, const QStringList &path, const QJsonValue &value)
{
    if (path.size() == 1) {
        object.insert(path.first(), value);
        return;
    }
    QJsonObject inner = object.value(path.first()).toObject();
    insertAt(inner, path.mid(1), value);
    object.insert(path.first(), inner);
}

QJsonObject templateValues(const QString &text, const QJsonObject &values)
{
    QJsonObject made;
    const QStringList names = promptVariables(text);
    for (const QString &name : names) {
        const QString typed = values.value(name).toString();
        if (!typed.isEmpty())
            insertAt(made, name.split(u'.', Qt::SkipEmptyParts), valueOf(typed, isSection(text, name)));
    }
    return made;
}

/// Says what to do about a variable without a value.
Error explained(Error error, const QStringList &names)
{
    if (names.contains(error.parameter)) {
        error.message =
            QCoreApplication::translate("diptych::PromptFill", "%1 has no value. Write one below the prompt.")
                .arg(error.parameter);
    }
    return error;
}

} // namespace

QStringList promptVariables(const QString &text)
{
    static const QRegularExpression name(QStringLiteral("^[\\w-]+(\\.[\\w-]+)*$"));
    return templateVariables(text).filter(name);
}

Result<QString> filledPrompt(const QString &text, const QJsonObject &values)
{
    if (templateVariables(text).isEmpty())
        return text;
    Result<QString> filled = fillTemplate(text, templateValues(text, values));
    if (!filled)
        return Failure(explained(filled.error(), promptVariables(text)));
    return filled;
}

Result<std::vector<Message>> filledMessages(const QString &text, const QJsonObject &values)
{
    Result<std::vector<Message>> filled = fillMessages(text, templateValues(text, values));
    if (!filled)
        return Failure(explained(filled.error(), promptVariables(text)));
    return filled;
}

} // namespace diptych
