// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestfiles.h"

#include "cli/command.h"
#include "cli/inputfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMimeDatabase>
#include <QRegularExpression>

namespace diptych::requestfiles {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::RequestFiles", text);
}

bool isWebAddress(const QString &text)
{
    return text.startsWith(u"http://") || text.startsWith(u"https://") || text.startsWith(u"data:");
}

/// The function itself, {type, function} around it, or with input_schema as others call it.
std::optional<Tool> toolOf(const QJsonObject &object)
{
    const QJsonValue wrapped = object[QStringLiteral("function")];
    const QJsonObject function = wrapped.isObject() ? wrapped.toObject() : object;
    Tool tool {.name = function[QStringLiteral("name")].toString(),
        .description = function[QStringLiteral("description")].toString(),
        .parameters = function[QStringLiteral("parameters")].toObject()};
    if (tool.parameters.isEmpty())
        tool.parameters = function[QStringLiteral("input_schema")].toObject();
    if (const QJsonValue strict = function[QStringLiteral("strict")]; strict.isBool())
        tool.strict = strict.toBool();
    return tool.name.isEmpty() ? std::nullopt : std::optional(tool);
}

Result<void> applyTools(const QString &path, ChatRequest &request)
{
    const Result<QJsonDocument> document = inputfile::readJson(QStringLiteral("tools"), path);
    if (!document)
        return Failure(document.error());
    QJsonArray tools = document->array();
    if (const QJsonObject object = document->object(); !object.isEmpty()) {
        const QJsonValue list = object[QStringLiteral("tools")];
        tools = list.isArray() ? list.toArray() : QJsonArray {object};
    }
    request.tools.clear();
    for (const QJsonValue &value : tools) {
        const std::optional<Tool> tool = toolOf(value.toObject());
        if (!tool)
            return usageError(tr("--tools: a function in %1 has no name.").arg(path));
        request.tools.push_back(*tool);
    }
    if (request.tools.empty())
        return usageError(tr("--tools: %1 holds no functions.").arg(path));
    return {};
}

void applyToolChoice(const QString &text, ChatRequest &request)
{
    using Mode = ToolChoice::Mode;
    const std::pair<QString, Mode> modes[] = {{QStringLiteral("auto"), Mode::Auto},
        {QStringLiteral("none"), Mode::None}, {QStringLiteral("required"), Mode::Required}};
    for (const auto &[name, mode] : modes) {
        if (text == name) {
            request.toolChoice = ToolChoice {.mode = mode};
            return;
        }
    }
    request.toolChoice = ToolChoice {.mode = Mode::Named, .name = text};
}

Result<ContentPart> imageOf(const QString &source)
{
    const Result<ImagePart> image = readImage(source);
    if (!image)
        return Failure(image.error());
    return *image;
}

Result<ContentPart> audioOf(const QString &source)
{
    if (isWebAddress(source))
        return AudioUrlPart {.url = source};
    const Result<QByteArray> bytes = inputfile::read(QStringLiteral("audio"), source);
    if (!bytes)
        return Failure(bytes.error());
    const QString format = QFileInfo(source).suffix().toLower();
    if (format != u"wav" && format != u"mp3")
        return usageError(tr("--audio takes .wav and .mp3 files, not %1.").arg(source));
    return AudioPart {.data = *bytes, .format = format};
}

Result<void> attach(const QStringList &sources, Result<ContentPart> (*read)(const QString &), ChatRequest &request)
{
    if (!sources.isEmpty() && (request.messages.empty() || request.messages.back().role != Role::User))
        return usageError(tr("--image and --audio belong to a prompt; write one after the options."));
    for (const QString &source : sources) {
        Result<ContentPart> part = read(source);
        if (!part)
            return Failure(part.error());
        request.messages.back().content.push_back(std::move(*part));
    }
    return {};
}

/// A schema, or a schema with its name as in a request's json_schema.
ResponseFormat schemaFormat(const QJsonObject &object, const QString &path)
{
    ResponseFormat format {.type = ResponseFormat::Type::JsonSchema};
    const QJsonValue wrapped = object[QStringLiteral("json_schema")];
    const QJsonObject outer = wrapped.isObject() ? wrapped.toObject() : object;
    const QJsonValue schema = outer[QStringLiteral("schema")];
    format.schema = schema.isObject() ? schema.toObject() : outer;
    if (schema.isObject()) {
        format.name = outer[QStringLiteral("name")].toString();
        format.description = outer[QStringLiteral("description")].toString();
        if (const QJsonValue strict = outer[QStringLiteral("strict")]; strict.isBool())
            format.strict = strict.toBool();
    }
    if (format.name.isEmpty()) {
        static const QRegularExpression notAllowed(QStringLiteral("[^A-Za-z0-9_-]+"));
        format.name = QFileInfo(path).baseName().replace(notAllowed, QStringLiteral("_")).left(64);
    }
    return format;
}

Result<void> applyFormat(const QString &text, ChatRequest &request)
{
    if (text == u"text" || text == u"json" || text == u"json_object") {
        request.responseFormat =
            ResponseFormat {.type = text == u"text" ? ResponseFormat::Type::Text : ResponseFormat::Type::JsonObject};
        return {};
    }
    const Result<QJsonDocument> document = inputfile::readJson(QStringLiteral("response-format"), text);
    if (!document)
        return Failure(document.error());
    if (!document->isObject())
        return usageError(tr("--response-format: %1 is not a JSON schema.").arg(text));
    request.responseFormat = schemaFormat(document->object(), text);
    return {};
}

} // namespace

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("tools"), tr("A JSON file with functions that the model may call."), tr("file")},
        {QStringLiteral("tool-choice"), tr("auto, none, required, or the name of a function."), tr("choice")},
        {QStringLiteral("image"), tr("Show the model a picture; may be given several times."), tr("file or URL")},
        {QStringLiteral("audio"), tr("Let the model hear a .wav or .mp3 file, or one by URL."), tr("file or URL")},
        {QStringLiteral("response-format"), tr("text, json, or a file with a JSON schema."), tr("form")},
    });
}

Result<ImagePart> readImage(const QString &source)
{
    if (isWebAddress(source))
        return ImagePart {.url = source};
    const Result<QByteArray> bytes = inputfile::read(QStringLiteral("image"), source);
    if (!bytes)
        return Failure(bytes.error());
    const QString type = QMimeDatabase().mimeTypeForFileNameAndData(source, *bytes).name();
    if (!type.startsWith(u"image/"))
        return usageError(tr("--image: %1 is not a picture.").arg(source));
    return ImagePart {.url = QStringLiteral("data:%1;base64,%2").arg(type, QString::fromLatin1(bytes->toBase64()))};
}

Result<void> apply(const QCommandLineParser &parser, ChatRequest &request)
{
    Result<void> applied;
    if (parser.isSet(QStringLiteral("tools")))
        applied = applyTools(parser.value(QStringLiteral("tools")), request);
    if (parser.isSet(QStringLiteral("tool-choice")))
        applyToolChoice(parser.value(QStringLiteral("tool-choice")), request);
    if (applied)
        applied = attach(parser.values(QStringLiteral("image")), imageOf, request);
    if (applied)
        applied = attach(parser.values(QStringLiteral("audio")), audioOf, request);
    if (applied && parser.isSet(QStringLiteral("response-format")))
        applied = applyFormat(parser.value(QStringLiteral("response-format")), request);
    return applied;
}

} // namespace diptych::requestfiles
