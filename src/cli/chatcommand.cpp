// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chatcommand.h"

#include "api/requestsettings.h"
#include "cli/clioptions.h"
#include "cli/promptsource.h"
#include "cli/requestfiles.h"
#include "models/requestjson.h"

namespace diptych {

namespace {

/// The options on top of what the prompt's file says.
void overlay(const SamplingParameters &sampling, const clioptions::Extras &extras, ChatRequest &request)
{
    RequestSettings options {.sampling = sampling, .extrasMode = extras.mode};
    if (!extras.values.isEmpty())
        options.extras = extras.values;
    const RequestSettings all =
        merged({.sampling = request.sampling, .extras = request.extras, .extrasMode = request.extrasMode}, options);
    request.sampling = all.sampling;
    request.extras = all.extras.value_or(QJsonObject());
    request.extrasMode = all.extrasMode;
}

void setSystemMessage(const QString &text, std::vector<Message> &messages)
{
    if (!messages.empty() && messages.front().role == Role::System)
        messages.erase(messages.begin());
    messages.insert(messages.begin(), Message::fromText(Role::System, text));
}

} // namespace

void ChatCommand::addOptions(QCommandLineParser &parser)
{
    addRequestOptions(parser);
    ToolResults::addOptions(parser);
}

void ChatCommand::addRequestOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("guide"));
    parser.addOption(
        {{QStringLiteral("s"), QStringLiteral("system")}, tr("A system message before the prompt."), tr("text")});
    promptsource::addOptions(parser);
    clioptions::addSampling(parser);
    clioptions::addExtras(parser);
    requestfiles::addOptions(parser);
    clioptions::addStream(parser);
    clioptions::addOutput(parser);
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
    parser.addPositionalArgument(QStringLiteral("prompt"), tr("What to ask; - reads it from standard input."));
}

Result<ChatRequest> ChatCommand::readRequest(const QCommandLineParser &parser)
{
    const Result<SamplingParameters> sampling = clioptions::sampling(parser);
    if (!sampling)
        return Failure(sampling.error());
    const Result<clioptions::Extras> extras = clioptions::extras(parser);
    if (!extras)
        return Failure(extras.error());
    Result<ChatRequest> request = promptsource::read(parser);
    if (!request)
        return request;
    if (request->messages.empty() || !clioptions::arguments(parser).isEmpty()) {
        const Result<QString> prompt = clioptions::text(parser, tr("prompt"));
        if (!prompt)
            return Failure(prompt.error());
        const Result<std::vector<Message>> messages = promptsource::messagesOf(parser, *prompt);
        if (!messages)
            return Failure(messages.error());
        request->messages.insert(request->messages.end(), messages->begin(), messages->end());
    }
    if (parser.isSet(QStringLiteral("system")))
        setSystemMessage(parser.value(QStringLiteral("system")), request->messages);
    overlay(*sampling, *extras, *request);
    if (parser.isSet(QStringLiteral("no-stream")))
        request->stream = false;
    if (const Result<void> applied = requestfiles::apply(parser, *request); !applied)
        return Failure(applied.error());
    return request;
}

CommandResult ChatCommand::make(const QCommandLineParser &parser, Console &console)
{
    Result<ChatRequest> request = readRequest(parser);
    if (!request)
        return Failure(request.error());
    Result<ToolResults> toolResults = ToolResults::read(parser, *request);
    if (!toolResults)
        return Failure(toolResults.error());
    // The model that a prompt was written for is not among the built-in ones.
    if (parser.isSet(QStringLiteral("model")) || !parser.isSet(QStringLiteral("url")))
        request->model = clioptions::model(parser, QStringLiteral("guide"));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    if (request->model.isEmpty())
        request->model = (*endpoint)->provider().endpoint().defaultModel;
    return std::unique_ptr<Command>(new ChatCommand(console, std::move(*endpoint), std::move(*request),
        AnswerPrinter(console, AnswerPrinter::style(parser)), std::move(*toolResults), Recorder(parser)));
}

ChatCommand::ChatCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request,
    AnswerPrinter printer, ToolResults toolResults, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_printer(std::move(printer))
    , m_toolResults(std::move(toolResults))
    , m_recorder(std::move(recorder))
{
}

void ChatCommand::start()
{
    ask();
}

void ChatCommand::ask()
{
    m_reply = m_endpoint->provider().chat(m_request);
    m_printer.begin(*m_reply);
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &ChatReply::deltaReceived, this, &ChatCommand::take);
    connect(m_reply.get(), &Reply::finished, this, &ChatCommand::end);
}

void ChatCommand::end()
{
    m_recorder.take(*m_reply, requestJson(m_request));
    if (!m_reply->error() && !m_toolResults.isEmpty() && answerCalls())
        return;
    const ExitCode code = m_printer.finish(*m_reply, promptLength(m_request));
    Q_EMIT finished(m_recorder.save(console(), code));
}

bool ChatCommand::answerCalls()
{
    const ChatResponse response = m_reply->response();
    if (response.choices.empty() || response.choices.front().message.toolCalls.empty())
        return false;
    const Message &asked = response.choices.front().message;
    const QStringList missing = m_toolResults.missing(asked.toolCalls);
    if (!missing.isEmpty()) {
        console().err.writeLine(tr("There is no result for %1: give it with --tool-result name=text.")
                                    .arg(missing.join(QStringLiteral(", "))));
        return false;
    }
    if (++m_rounds > ToolResults::maxRounds) {
        console().err.writeLine(
            tr("The model asked for functions %1 times; that is enough.").arg(ToolResults::maxRounds));
        return false;
    }
    const std::vector<Message> results = m_toolResults.answers(asked.toolCalls);
    m_printer.answerCalls(asked.toolCalls, results);
    m_request.messages.push_back(asked);
    m_request.messages.insert(m_request.messages.end(), results.begin(), results.end());
    // A call that is demanded once would be demanded for ever.
    if (m_request.toolChoice && m_request.toolChoice->mode != ToolChoice::Mode::None)
        m_request.toolChoice.reset();
    ask();
    return true;
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
