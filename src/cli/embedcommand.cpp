// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/embedcommand.h"

#include "analysis/similarity.h"
#include "cli/clioptions.h"
#include "cli/report.h"
#include "cli/requestfiles.h"

#include <QFile>

namespace diptych {

namespace {

QStringList linesOfStandardInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(input.readAll()).split(u'\n');
    lines.replaceInStrings(QStringLiteral("\r"), QString());
    lines.removeAll(QString());
    return lines;
}

Result<void> readForm(const QCommandLineParser &parser, EmbeddingRequest &request)
{
    const auto dimensions = clioptions::integer(parser, QStringLiteral("dimensions"), 1, 1'000'000);
    if (!dimensions)
        return Failure(dimensions.error());
    if (*dimensions)
        request.dimensions = static_cast<int>(**dimensions);
    const QString format = parser.value(QStringLiteral("format"));
    request.encodingFormat = encodingFormatFromName(format);
    if (!format.isEmpty() && !request.encodingFormat)
        return usageError(
            EmbedCommand::tr("--format takes float, base64, int8, uint8, binary or ubinary, not \"%1\".").arg(format));
    const QString type = parser.value(QStringLiteral("input-type"));
    request.inputType = inputTypeFromName(type);
    if (!type.isEmpty() && !request.inputType)
        return usageError(EmbedCommand::tr("--input-type takes text, query or document, not \"%1\".").arg(type));
    return {};
}

Result<std::vector<ImageInput>> readImages(const QCommandLineParser &parser)
{
    std::vector<ImageInput> images;
    const QStringList sources = parser.values(QStringLiteral("image"));
    if (!sources.isEmpty() && !clioptions::arguments(parser).isEmpty())
        return usageError(EmbedCommand::tr("Texts and --image exclude each other."));
    for (const QString &source : sources) {
        const Result<ImagePart> image = requestfiles::readImage(source);
        if (!image)
            return Failure(image.error());
        images.push_back({.image = image->url});
    }
    return images;
}

// QJsonValue would widen each float to a double with digits that mean nothing.
QString numbers(std::span<const float> row)
{
    QByteArray text;
    for (const float value : row) {
        if (!text.isEmpty())
            text += ',';
        text += QByteArray::number(static_cast<double>(value), 'g', 9);
    }
    return QString::fromLatin1(text);
}

} // namespace

void EmbedCommand::addOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("wordmap-256"));
    parser.addOption({QStringLiteral("image"),
        tr("Embed a picture instead of texts; without --url by palette. May be given several times."),
        tr("file or URL")});
    parser.addOptions({
        {QStringLiteral("similarity"), tr("Write a table of cosines instead of the vectors.")},
        {QStringLiteral("format"), tr("How the numbers travel: float, base64, int8, uint8, binary, ubinary."),
            tr("format")},
        {QStringLiteral("dimensions"), tr("Length of the vectors, where the model lets you choose."), tr("count")},
        {QStringLiteral("input-type"), tr("What the texts are for: text, query or document."), tr("type")},
        {{QStringLiteral("q"), QStringLiteral("quiet")}, tr("Leave out times and counts.")},
    });
    clioptions::addExtras(parser);
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
    parser.addPositionalArgument(QStringLiteral("texts"),
        tr("The texts; without any, or with -, each line of standard input is one."), QStringLiteral("[text…]"));
}

CommandResult EmbedCommand::make(const QCommandLineParser &parser, Console &console)
{
    const Result<std::vector<ImageInput>> images = readImages(parser);
    if (!images)
        return Failure(images.error());
    EmbeddingRequest request {.model = clioptions::model(
                                  parser, images->empty() ? QStringLiteral("wordmap-256") : QStringLiteral("palette"))};
    if (const Result<void> form = readForm(parser, request); !form)
        return Failure(form.error());
    const Result<clioptions::Extras> extras = clioptions::extras(parser);
    if (!extras)
        return Failure(extras.error());
    request.extras = extras->values;
    request.extrasMode = extras->mode;
    request.input = images->empty() ? clioptions::arguments(parser) : parser.values(QStringLiteral("image"));
    if (request.input.isEmpty() || request.input == QStringList {QStringLiteral("-")})
        request.input = linesOfStandardInput();
    if (request.input.isEmpty())
        return usageError(tr("There is no text to embed."));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    if (request.model.isEmpty())
        request.model = (*endpoint)->provider().endpoint().defaultModel;
    return std::unique_ptr<Command>(new EmbedCommand(console, std::move(*endpoint), std::move(request), *images,
        parser.isSet(QStringLiteral("similarity")), Recorder(parser)));
}

EmbedCommand::EmbedCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, EmbeddingRequest request,
    std::vector<ImageInput> images, bool showsSimilarity, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_images(std::move(images))
    , m_showsSimilarity(showsSimilarity)
    , m_recorder(std::move(recorder))
{
}

void EmbedCommand::start()
{
    m_reply = ask();
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &Reply::finished, this, &EmbedCommand::finish);
}

std::unique_ptr<EmbeddingReply> EmbedCommand::ask()
{
    if (m_images.empty())
        return m_endpoint->provider().embed(m_request);
    return m_endpoint->provider().embedImages({.model = m_request.model,
        .input = m_images,
        .dimensions = m_request.dimensions,
        .encodingFormat = m_request.encodingFormat,
        .inputType = m_request.inputType,
        .extras = m_request.extras,
        .extrasMode = m_request.extrasMode});
}

void EmbedCommand::interrupt()
{
    m_reply->cancel();
}

void EmbedCommand::finish()
{
    m_recorder.take(*m_reply);
    const Result<EmbeddingResponse> result = m_reply->result();
    if (!result) {
        reportError(console(), result.error());
        Q_EMIT finished(m_recorder.save(console(), exitCodeFor(result.error())));
        return;
    }
    if (m_showsSimilarity)
        writeSimilarity(*result);
    else
        writeVectors(*result);
    Q_EMIT finished(m_recorder.save(console(), console().out.hasFailed() ? ExitCode::Failed : ExitCode::Ok));
}

void EmbedCommand::writeVectors(const EmbeddingResponse &response)
{
    for (int i = 0; i < response.count(); ++i) {
        // The object stays open so that the numbers can be written as they are.
        QString line = jsonLine({{QStringLiteral("index"), i}, {QStringLiteral("text"), m_request.input.value(i)},
            {QStringLiteral("model"), response.model}});
        line.chop(1);
        console().out.writeLine(QString(line % u",\"embedding\":[" % numbers(response.row(i)) % u"]}"));
    }
}

void EmbedCommand::writeSimilarity(const EmbeddingResponse &response)
{
    const SquareMatrix cosines = cosineSimilarity({.values = response.values, .width = response.dimensions});
    QString heading(4, u' ');
    for (int column = 0; column < cosines.size; ++column)
        heading += QStringLiteral("%1").arg(column + 1, 7);
    console().out.writeLine(heading);
    for (int row = 0; row < cosines.size; ++row) {
        QString line = QStringLiteral("%1").arg(row + 1, 4);
        for (int column = 0; column < cosines.size; ++column)
            line += QStringLiteral("%1").arg(static_cast<double>(cosines.at(row, column)), 7, 'f', 3);
        console().out.writeLine(QString(line % u"  " % m_request.input.value(row).left(40)));
    }
}

} // namespace diptych
