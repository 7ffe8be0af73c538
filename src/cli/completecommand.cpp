// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completecommand.h"

#include "cli/clioptions.h"
#include "models/requestjson.h"

namespace diptych {

void CompleteCommand::addOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("babbler-5"));
    parser.addOption({QStringLiteral("echo"), tr("Write the text itself in front of what follows.")});
    clioptions::addSampling(parser);
    clioptions::addExtras(parser);
    clioptions::addStream(parser);
    clioptions::addOutput(parser);
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
    parser.addPositionalArgument(QStringLiteral("text"), tr("The text to continue; - reads it from standard input."));
}

CommandResult CompleteCommand::make(const QCommandLineParser &parser, Console &console)
{
    const Result<SamplingParameters> sampling = clioptions::sampling(parser);
    if (!sampling)
        return Failure(sampling.error());
    const Result<clioptions::Extras> extras = clioptions::extras(parser);
    if (!extras)
        return Failure(extras.error());
    const Result<QString> text = clioptions::text(parser, tr("text"));
    if (!text)
        return Failure(text.error());
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    CompletionRequest request {.model = clioptions::model(parser, QStringLiteral("babbler-5")),
        .prompt = *text,
        .sampling = *sampling,
        .stream = !parser.isSet(QStringLiteral("no-stream")),
        .extras = extras->values,
        .extrasMode = extras->mode};
    if (parser.isSet(QStringLiteral("echo")))
        request.echo = true;
    if (request.model.isEmpty())
        request.model = (*endpoint)->provider().endpoint().defaultModel;
    return std::unique_ptr<Command>(new CompleteCommand(console, std::move(*endpoint), std::move(request),
        AnswerPrinter(console, AnswerPrinter::style(parser)), Recorder(parser)));
}

CompleteCommand::CompleteCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, CompletionRequest request,
    AnswerPrinter printer, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_printer(std::move(printer))
    , m_recorder(std::move(recorder))
{
}

void CompleteCommand::start()
{
    m_reply = m_endpoint->provider().complete(m_request);
    m_printer.begin(*m_reply);
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &CompletionReply::deltaReceived, this, &CompleteCommand::take);
    connect(m_reply.get(), &Reply::finished, this, [this] {
        m_recorder.take(*m_reply, requestJson(m_request));
        const ExitCode code = m_printer.finish(*m_reply, m_request.prompt.size());
        Q_EMIT finished(m_recorder.save(console(), code));
    });
}

void CompleteCommand::interrupt()
{
    m_reply->cancel();
}

void CompleteCommand::take(const CompletionDelta &delta)
{
    m_printer.delta(delta);
    if (console().out.hasFailed())
        m_reply->cancel();
}

} // namespace diptych
