// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chatcommand.h"

#include "cli/clioptions.h"
#include "cli/requestfiles.h"

namespace diptych {

void ChatCommand::addOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("guide"));
    parser.addOption(
        {{QStringLiteral("s"), QStringLiteral("system")}, tr("A system message before the prompt."), tr("text")});
    clioptions::addSampling(parser);
    clioptions::addExtras(parser);
    requestfiles::addOptions(parser);
    clioptions::addStream(parser);
    clioptions::addOutput(parser);
    CliEndpoint::addOptions(parser);
    parser.addPositionalArgument(QStringLiteral("prompt"), tr("What to ask; - reads it from standard input."));
}

Result<ChatRequest> ChatCommand::readRequest(const QCommandLineParser &parser)
{
    ChatRequest request;
    const Result<SamplingParameters> sampling = clioptions::sampling(parser);
    if (!sampling)
        return Failure(sampling.error());
    const Result<clioptions::Extras> extras = clioptions::extras(parser);
    if (!extras)
        return Failure(extras.error());
    const Result<QString> prompt = clioptions::text(parser, tr("prompt"));
    if (!prompt)
        return Failure(prompt.error());
    if (parser.isSet(QStringLiteral("system")))
        request.messages.push_back(Message::fromText(Role::System, parser.value(QStringLiteral("system"))));
    request.messages.push_back(Message::fromText(Role::User, *prompt));
    request.sampling = *sampling;
    request.extras = extras->values;
    request.extrasMode = extras->mode;
    request.stream = !parser.isSet(QStringLiteral("no-stream"));
    if (const Result<void> applied = requestfiles::apply(parser, request); !applied)
        return Failure(applied.error());
    return request;
}

CommandResult ChatCommand::make(const QCommandLineParser &parser, Console &console)
{
    Result<ChatRequest> request = readRequest(parser);
    if (!request)
        return Failure(request.error());
    request->model = clioptions::model(parser, QStringLiteral("guide"));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    if (request->model.isEmpty())
        request->model = (*endpoint)->provider().endpoint().defaultModel;
    return std::unique_ptr<Command>(new ChatCommand(
        console, std::move(*endpoint), std::move(*request), AnswerPrinter(console, AnswerPrinter::style(parser))));
}

ChatCommand::ChatCommand(
    Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request, AnswerPrinter printer)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_printer(std::move(printer))
{
}

void ChatCommand::start()
{
    m_reply = m_endpoint->provider().chat(m_request);
    m_printer.begin(*m_reply);
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &ChatReply::deltaReceived, this, &ChatCommand::take);
    connect(m_reply.get(), &Reply::finished, this,
        [this] { Q_EMIT finished(m_printer.finish(*m_reply, promptLength(m_request))); });
}

void ChatCommand::interrupt()
{
    m_reply->cancel();
}

void ChatCommand::take(const ChatDelta &delta)
{
    m_printer.delta(delta);
    if (console().out.hasFailed()) // nobody reads any more
        m_reply->cancel();
}

qsizetype promptLength(const ChatRequest &request)
{
    qsizetype length = 0;
    for (const Message &message : request.messages)
        length += message.text().size();
    return length;
}

} // namespace diptych
