// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/modelscommand.h"

#include "cli/clioptions.h"
#include "cli/report.h"

namespace diptych {

void ModelsCommand::addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("json"), tr("Write JSON lines.")});
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
}

CommandResult ModelsCommand::make(const QCommandLineParser &parser, Console &console)
{
    if (!clioptions::arguments(parser).isEmpty())
        return usageError(tr("models takes no arguments."));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    return std::unique_ptr<Command>(
        new ModelsCommand(console, std::move(*endpoint), parser.isSet(QStringLiteral("json")), Recorder(parser)));
}

ModelsCommand::ModelsCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, bool isJson, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_isJson(isJson)
    , m_recorder(std::move(recorder))
{
}

void ModelsCommand::start()
{
    m_reply = m_endpoint->provider().listModels();
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &Reply::finished, this, &ModelsCommand::finish);
}

void ModelsCommand::interrupt()
{
    m_reply->cancel();
}

void ModelsCommand::finish()
{
    m_recorder.take(*m_reply);
    const Result<std::vector<ModelDescription>> models = m_reply->result();
    if (!models) {
        reportError(console(), models.error());
        Q_EMIT finished(m_recorder.save(console(), exitCodeFor(models.error())));
        return;
    }
    for (const ModelDescription &model : *models) {
        if (m_isJson)
            console().out.writeLine(jsonLine(model.raw));
        else
            console().out.writeLine(QStringLiteral("%1  %2").arg(model.id, -24).arg(modelTypeName(model.type)));
    }
    Q_EMIT finished(m_recorder.save(console(), ExitCode::Ok));
}

} // namespace diptych
