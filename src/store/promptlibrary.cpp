// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/promptlibrary.h"

#include "api/prompttemplate.h"
#include "store/promptfile.h"
#include "store/sessioncodec.h"
#include "store/storedjson.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

const QLatin1String promptsKey("prompts");
constexpr qint64 largestFile = 1'000'000; // bytes

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::PromptLibrary", text);
}

QJsonObject encode(const Prompt &prompt)
{
    QJsonObject object {{QStringLiteral("id"), prompt.id}, {QStringLiteral("name"), prompt.name},
        {QStringLiteral("text"), prompt.text}};
    stored::put(object, QStringLiteral("description"), prompt.description);
    stored::put(object, QStringLiteral("model"), prompt.model);
    if (!prompt.values.isEmpty())
        object[QStringLiteral("values")] = prompt.values;
    if (prompt.settings != RequestSettings {})
        object[QStringLiteral("settings")] = QJsonDocument::fromJson(encodeSettings(prompt.settings)).object();
    stored::put(object, QStringLiteral("changed"), prompt.changedAt.toUTC().toString(Qt::ISODateWithMs));
    return object;
}

std::optional<Prompt> decode(const QJsonObject &object)
{
    Prompt prompt {.id = stored::text(object, QStringLiteral("id")),
        .name = stored::text(object, QStringLiteral("name")),
        .description = stored::text(object, QStringLiteral("description")),
        .text = stored::text(object, QStringLiteral("text")),
        .model = stored::text(object, QStringLiteral("model")),
        .values = object[QStringLiteral("values")].toObject(),
        .changedAt = QDateTime::fromString(stored::text(object, QStringLiteral("changed")), Qt::ISODateWithMs)};
    const QJsonObject settings = object[QStringLiteral("settings")].toObject();
    if (!settings.isEmpty()) {
        if (const Result<RequestSettings> read = decodeSettings(QJsonDocument(settings).toJson()))
            prompt.settings = *read;
    }
    return prompt.id.isEmpty() || prompt.text.isEmpty() ? std::nullopt : std::optional(prompt);
}

/// Where the prompt with this id stands; the size of the list when it is not there.
qsizetype indexOf(const QJsonArray &prompts, const QString &id)
{
    qsizetype index = 0;
    while (index < prompts.size() && stored::text(prompts.at(index).toObject(), QStringLiteral("id")) != id)
        ++index;
    return index;
}

QString valueText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

/// {"a": {"b": 1}} for {{a.b}} becomes {"a.b": "1"}; what no variable names is left out.
QJsonObject flatValues(const QString &text, const QJsonObject &values)
{
    QJsonObject flat;
    const QStringList names = templateVariables(text);
    for (const QString &name : names) {
        const QStringList path = name.split(u'.');
        QJsonValue value = values.value(path.first());
        for (qsizetype i = 1; i < path.size(); ++i)
            value = value.toObject().value(path.at(i));
        if (!value.isUndefined() && !value.isNull())
            flat.insert(name, valueText(value));
    }
    return flat;
}

} // namespace

Prompt promptFrom(const PromptFile &file, const QString &fileName)
{
    // In a file, text without a role is the system's; here it is the user's.
    const std::vector<Message> messages = templateMessages(file.text);
    const bool hasRoleFirst = messages.empty() || messages.front().role != Role::System
        || file.text.trimmed().startsWith(QLatin1String("system:"), Qt::CaseInsensitive);
    const QString text = file.text.trimmed();
    return {.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
        .name = file.name.isEmpty() ? fileName.section(u'.', 0, 0) : file.name,
        .description = file.description,
        .text = hasRoleFirst ? text : QStringLiteral("system:\n") + text,
        .model = file.model,
        .values = flatValues(file.text, file.values),
        .settings = file.settings,
        .changedAt = QDateTime::currentDateTimeUtc()};
}

std::vector<Message> messagesOf(const Prompt &prompt)
{
    std::vector<Message> messages = templateMessages(prompt.text);
    const bool hasNoRoles = messages.size() == 1 && messages.front().text() == prompt.text.trimmed();
    if (hasNoRoles)
        messages.front().role = Role::User;
    return messages;
}

bool isPromptFileName(const QString &fileName)
{
    const QString lower = fileName.toLower();
    return lower.endsWith(QLatin1String(".prompty")) || lower.endsWith(QLatin1String(".prompt.yml"))
        || lower.endsWith(QLatin1String(".prompt.yaml"));
}

Result<Prompt> readPromptFile(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        return Failure({.kind = Error::Kind::Storage, .message = translated("%1 can not be read.").arg(name)});
    }
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return Failure({.kind = Error::Kind::Storage, .message = translated("%1 is larger than 1 MB.").arg(name)});
    const Result<PromptFile> parsed = parsePromptFile(bytes);
    if (!parsed) {
        Error error = parsed.error();
        error.message = translated("%1: %2").arg(name, error.message);
        return Failure(error);
    }
    return promptFrom(*parsed, name);
}

PromptLibrary::PromptLibrary(const QString &path)
    : m_file(path)
{
}

Result<std::vector<Prompt>> PromptLibrary::load() const
{
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    std::vector<Prompt> prompts;
    const QJsonArray array = (*file)[promptsKey].toArray();
    for (const QJsonValue &value : array) {
        if (auto prompt = decode(value.toObject()))
            prompts.push_back(std::move(*prompt));
    }
    std::stable_sort(prompts.begin(), prompts.end(), [](const Prompt &first, const Prompt &second) {
        return first.name.compare(second.name, Qt::CaseInsensitive) < 0;
    });
    return prompts;
}

Result<void> PromptLibrary::put(const Prompt &prompt) const
{
    return m_file.change([&prompt](QJsonObject &file) {
        QJsonArray prompts = file[promptsKey].toArray();
        const qsizetype index = indexOf(prompts, prompt.id);
        if (index < prompts.size())
            prompts.replace(index, encode(prompt));
        else
            prompts.append(encode(prompt));
        file[promptsKey] = prompts;
    });
}

Result<void> PromptLibrary::remove(const QString &id) const
{
    return m_file.change([&id](QJsonObject &file) {
        QJsonArray prompts = file[promptsKey].toArray();
        const qsizetype index = indexOf(prompts, id);
        if (index < prompts.size())
            prompts.removeAt(index);
        file[promptsKey] = prompts;
    });
}

} // namespace diptych
