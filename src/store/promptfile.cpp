// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/promptfile.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <yaml-cpp/yaml.h>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::PromptFile", text);
}

Failure invalid(const QString &message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message});
}

constexpr int maxDepth = 32;
constexpr int maxNodes = 100'000; // an alias counts as what it stands for: aliases of aliases multiply

/// A plain scalar that looks like a number or a truth value is one; a quoted one is a text.
QJsonValue scalarOf(const YAML::Node &node)
{
    const QString text = QString::fromStdString(node.Scalar());
    if (node.Tag() == "!")
        return text;
    bool isNumber = false;
    const qint64 whole = text.toLongLong(&isNumber);
    if (isNumber)
        return whole;
    const double number = text.toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        return number;
    if (text == u"true" || text == u"false")
        return text == u"true";
    return text;
}

QJsonValue jsonOf(const YAML::Node &node, int &nodes, int depth = 0)
{
    if (depth > maxDepth)
        throw YAML::Exception(node.Mark(), "nested too deeply");
    if (++nodes > maxNodes)
        throw YAML::Exception(node.Mark(), "too many values");
    if (node.IsScalar())
        return scalarOf(node);
    if (node.IsSequence()) {
        QJsonArray array;
        for (const YAML::Node &item : node)
            array.append(jsonOf(item, nodes, depth + 1));
        return array;
    }
    if (node.IsMap()) {
        QJsonObject object;
        for (const auto &member : node)
            object.insert(
                QString::fromStdString(member.first.as<std::string>()), jsonOf(member.second, nodes, depth + 1));
        return object;
    }
    return QJsonValue::Null;
}

/// yaml-cpp reports by exceptions; they end here.
Result<QJsonObject> objectOf(const QByteArray &yaml, int firstLine)
{
    try {
        int nodes = 0;
        const QJsonValue value = jsonOf(YAML::Load(yaml.toStdString()), nodes);
        if (value.isObject())
            return value.toObject();
    } catch (const YAML::Exception &error) {
        return invalid(translated("The prompt file is not valid YAML (line %1): %2.")
                           .arg(error.mark.line + firstLine)
                           .arg(QString::fromStdString(error.msg)));
    }
    return invalid(translated("This is no prompt file: it holds no fields."));
}

void takeParameter(const QString &name, const QJsonValue &value, RequestSettings &settings)
{
    SamplingParameters &sampling = settings.sampling;
    if (name == u"temperature" && value.isDouble()) {
        sampling.temperature = value.toDouble();
    } else if (name == u"top_p" && value.isDouble()) {
        sampling.topP = value.toDouble();
    } else if (name == u"max_tokens" && value.isDouble()) {
        sampling.maxTokens = value.toInt();
    } else if (name == u"max_completion_tokens" && value.isDouble()) {
        settings.maxCompletionTokens = value.toInt();
    } else if (name == u"frequency_penalty" && value.isDouble()) {
        sampling.frequencyPenalty = value.toDouble();
    } else if (name == u"presence_penalty" && value.isDouble()) {
        sampling.presencePenalty = value.toDouble();
    } else if (name == u"seed" && value.isDouble()) {
        sampling.seed = value.toInteger();
    } else if (name == u"stream" && value.isBool()) {
        settings.stream = value.toBool();
    } else if (name == u"stop" && (value.isArray() || value.isString())) {
        QStringList stop;
        const QJsonArray items = value.isArray() ? value.toArray() : QJsonArray {value};
        for (const QJsonValue &item : items)
            stop.append(item.toString());
        sampling.stop = stop;
    } else if (!value.isNull()) {
        QJsonObject extras = settings.extras.value_or(QJsonObject());
        extras.insert(name, value);
        settings.extras = extras;
    }
}

void takeParameters(const QJsonObject &parameters, PromptFile &file)
{
    for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter)
        takeParameter(parameter.key(), parameter.value(), file.settings);
}

/// `inputs` of the specification: a value, or an object that describes it with a sample or default.
void takeInputs(const QJsonObject &inputs, PromptFile &file)
{
    for (auto input = inputs.begin(); input != inputs.end(); ++input) {
        const QJsonObject description = input.value().toObject();
        const bool isDescribed = description.contains(u"type") || description.contains(u"sample");
        const QJsonValue value = isDescribed
            ? description.value(u"sample").isUndefined() ? description.value(u"default") : description.value(u"sample")
            : input.value();
        if (!value.isUndefined())
            file.values.insert(input.key(), value);
    }
}

PromptFile promptyOf(const QJsonObject &head, const QString &text)
{
    const QJsonObject model = head[u"model"].toObject();
    const QJsonObject configuration = model[u"configuration"].toObject();
    PromptFile file {.name = head[u"name"].toString(),
        .description = head[u"description"].toString(),
        .model = configuration[u"azure_deployment"].toString(configuration[u"name"].toString(model[u"id"].toString())),
        .text = text};
    takeInputs(head[u"inputs"].toObject(), file);
    const QJsonObject sample = head[u"sample"].toObject();
    for (auto value = sample.begin(); value != sample.end(); ++value)
        file.values.insert(value.key(), value.value());
    takeParameters(model[u"parameters"].toObject(), file);
    return file;
}

Result<PromptFile> promptYmlOf(const QJsonObject &root)
{
    if (!root[u"messages"].isArray())
        return invalid(translated("This is no prompt file: it has neither front matter nor a list of messages."));
    PromptFile file {.name = root[u"name"].toString(),
        .description = root[u"description"].toString(),
        .model = root[u"model"].toString()};
    const QJsonArray messages = root[u"messages"].toArray();
    for (const QJsonValue &value : messages) {
        const QString role = value[u"role"].toString();
        if (!roleFromName(role))
            return invalid(translated("\"%1\" is no role of a message.").arg(role));
        file.text += QStringLiteral("%1:\n%2\n").arg(role, value[u"content"].toString());
    }
    takeParameters(root[u"modelParameters"].toObject(), file);
    const QJsonObject first = root[u"testData"].toArray().first().toObject();
    for (auto value = first.begin(); value != first.end(); ++value) {
        if (value.key() != u"expected")
            file.values.insert(value.key(), value.value());
    }
    return file;
}

} // namespace

Result<PromptFile> parsePromptFile(const QByteArray &content)
{
    QByteArray bytes = content;
    bytes.replace("\r\n", "\n");
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    if (!bytes.startsWith("---\n")) {
        const Result<QJsonObject> root = objectOf(bytes, 1);
        return root ? promptYmlOf(*root) : Result<PromptFile>(Failure(root.error()));
    }
    const qsizetype end = bytes.indexOf("\n---\n", 3);
    if (end < 0)
        return invalid(translated("The front matter of this prompt file has no closing line \"---\"."));
    const Result<QJsonObject> head = objectOf(bytes.mid(4, end - 3), 2);
    if (!head)
        return Failure(head.error());
    return promptyOf(*head, QString::fromUtf8(bytes.mid(end + 5)));
}

} // namespace diptych
