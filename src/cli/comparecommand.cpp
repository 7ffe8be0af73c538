// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/comparecommand.h"

#include "cli/chatcommand.h"
#include "cli/clioptions.h"
#include "models/requestjson.h"

namespace diptych {

void CompareCommand::addOptions(QCommandLineParser &parser)
{
    ChatCommand::addRequestOptions(parser);
}

CommandResult CompareCommand::make(const QCommandLineParser &parser, Console &console)
{
    Result<ChatRequest> request = ChatCommand::readRequest(parser);
    if (!request)
        return Failure(request.error());
    QStringList models = parser.values(QStringLiteral("model"));
    if (models.isEmpty() && !parser.isSet(QStringLiteral("url")))
        models = QStringList {QStringLiteral("guide"), QStringLiteral("guide-brief")};
    if (models.size() < 2)
        return usageError(tr("compare needs at least two models: -m one -m other."));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    return std::unique_ptr<Command>(new CompareCommand(
        console, std::move(*endpoint), std::move(*request), models, AnswerPrinter::style(parser), Recorder(parser)));
}

CompareCommand::CompareCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request,
    const QStringList &models, const AnswerPrinter::Style &style, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_request(std::move(request))
    , m_isJson(style.isJson)
    , m_recorder(std::move(recorder))
{
    for (const QString &model : models) {
        AnswerPrinter::Style own = style;
        own.subject = model;
        own.isComparison = true;
        own.tag = {
            {QStringLiteral("index"), static_cast<int>(m_answers.size())}, {QStringLiteral("asked_model"), model}};
        m_answers.push_back(
            {.model = model, .printer = AnswerPrinter(console, own), .waiting = {}, .reply = {}, .isPrinted = false});
    }
}

void CompareCommand::start()
{
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        ChatRequest request = m_request;
        request.model = m_answers[i].model;
        m_answers[i].reply = m_endpoint->provider().chat(request);
        ChatReply *reply = m_answers[i].reply.get();
        m_answers[i].printer.begin(*reply);
        reportRetries(*reply, console());
        connect(reply, &ChatReply::deltaReceived, this, [this, i](const ChatDelta &delta) { take(i, delta); });
        connect(reply, &Reply::finished, this, &CompareCommand::advance);
    }
    writeHeading(0);
}

void CompareCommand::interrupt()
{
    for (const Answer &answer : m_answers)
        answer.reply->cancel();
}

void CompareCommand::take(std::size_t index, const ChatDelta &delta)
{
    if (m_isJson || index == m_current)
        m_answers[index].printer.delta(delta);
    else
        m_answers[index].waiting.push_back(delta);
    if (console().out.hasFailed())
        interrupt();
}

void CompareCommand::advance()
{
    if (m_isJson) {
        for (Answer &answer : m_answers) {
            if (answer.reply->isFinished() && !answer.isPrinted)
                end(answer);
        }
    } else {
        while (m_current < m_answers.size() && m_answers[m_current].reply->isFinished()) {
            end(m_answers[m_current]);
            if (++m_current == m_answers.size())
                break;
            writeHeading(m_current);
            for (const ChatDelta &delta : m_answers[m_current].waiting)
                m_answers[m_current].printer.delta(delta);
            m_answers[m_current].waiting.clear();
        }
    }
    if (m_printed == m_answers.size())
        Q_EMIT finished(m_recorder.save(console(), m_code));
}

void CompareCommand::writeHeading(std::size_t index)
{
    if (m_isJson)
        return;
    if (index > 0)
        console().out.writeLine();
    console().out.writeLine(QStringLiteral("== %1  %2").arg(index + 1).arg(m_answers[index].model));
    console().out.writeLine();
}

void CompareCommand::end(Answer &answer)
{
    answer.isPrinted = true;
    ++m_printed;
    ChatRequest request = m_request;
    request.model = answer.model;
    m_recorder.take(*answer.reply, requestJson(request));
    const ExitCode code = answer.printer.finish(*answer.reply, promptLength(m_request));
    if (m_code == ExitCode::Ok)
        m_code = code;
}

} // namespace diptych
