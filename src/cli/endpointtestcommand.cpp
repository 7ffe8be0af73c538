// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/endpointtestcommand.h"

#include "cli/endpointreport.h"
#include "cli/report.h"

#include <algorithm>

namespace diptych {

CommandResult EndpointTestCommand::make(const QCommandLineParser &parser, const QString &url, Console &console)
{
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::openForTest(parser, url, console);
    if (!endpoint)
        return Failure(endpoint.error());
    return std::unique_ptr<Command>(
        new EndpointTestCommand(console, std::move(*endpoint), parser.isSet(QStringLiteral("json"))));
}

EndpointTestCommand::EndpointTestCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, bool isJson)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_isJson(isJson)
{
}

void EndpointTestCommand::start()
{
    m_reply = m_endpoint->provider().listModels();
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &Reply::finished, this, &EndpointTestCommand::finish);
}

void EndpointTestCommand::interrupt()
{
    m_reply->cancel();
}

void EndpointTestCommand::finish()
{
    const std::optional<Error> &error = m_reply->error();
    std::optional<std::vector<ModelDescription>> models;
    if (!error)
        models = m_reply->response();
    const std::vector<ConnectionStep> steps =
        connectionSteps(m_endpoint->provider().endpoint(), m_reply->exchange(), error, models);
    for (const ConnectionStep &step : steps)
        console().out.writeLine(m_isJson ? jsonLine(toJson(step)) : toLine(step));
    const bool hasFailed = std::any_of(steps.begin(), steps.end(),
        [](const ConnectionStep &step) { return step.state == ConnectionStep::State::Failed; });
    if (error && error->kind == Error::Kind::Cancelled)
        Q_EMIT finished(ExitCode::Interrupted);
    else if (hasFailed)
        Q_EMIT finished(error ? exitCodeFor(*error) : ExitCode::Failed);
    else
        Q_EMIT finished(ExitCode::Ok);
}

} // namespace diptych
