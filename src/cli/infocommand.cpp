// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/infocommand.h"

#include "cli/clioptions.h"
#include "cli/report.h"
#include "models/capabilitiesmodel.h"
#include "models/modelfacts.h"

namespace diptych {

void InfoCommand::addOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("guide"));
    parser.addOption({QStringLiteral("json"), tr("Write the whole answer as one line of JSON.")});
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
}

CommandResult InfoCommand::make(const QCommandLineParser &parser, Console &console)
{
    if (!clioptions::arguments(parser).isEmpty())
        return usageError(tr("info takes no arguments; name a model with -m."));
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    return std::unique_ptr<Command>(new InfoCommand(console, std::move(*endpoint),
        clioptions::model(parser, QStringLiteral("guide")), parser.isSet(QStringLiteral("json")), Recorder(parser)));
}

InfoCommand::InfoCommand(
    Console &console, std::unique_ptr<CliEndpoint> endpoint, const QString &model, bool isJson, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_model(model)
    , m_isJson(isJson)
    , m_recorder(std::move(recorder))
{
}

void InfoCommand::start()
{
    m_reply = m_endpoint->provider().info(m_model);
    reportRetries(*m_reply, console());
    connect(m_reply.get(), &Reply::finished, this, &InfoCommand::finish);
}

void InfoCommand::interrupt()
{
    m_reply->cancel();
}

void InfoCommand::finish()
{
    m_recorder.take(*m_reply);
    const Result<ModelInfo> info = m_reply->result();
    if (!info) {
        reportError(console(), info.error());
        Q_EMIT finished(m_recorder.save(console(), exitCodeFor(info.error())));
        return;
    }
    TerminalOutput &out = console().out;
    if (m_isJson) {
        out.writeLine(jsonLine(info->raw));
    } else {
        out.writeLine(tr("model     %1").arg(info->name));
        out.writeLine(tr("type      %1").arg(modelTypeName(info->type)));
        out.writeLine(tr("provider  %1").arg(info->provider));
        if (info->contextLength)
            out.writeLine(tr("context   %1 tokens").arg(*info->contextLength));
        for (const FactText &fact : factTexts(info->facts))
            out.writeLine(QStringLiteral("%1: %2").arg(fact.name.toLower(), fact.value));
        const Capabilities &declared = info->facts.capabilities;
        for (auto it = declared.begin(); it != declared.end(); ++it)
            out.writeLine(QStringLiteral("%1  %2").arg(capabilityStateText(it->state), it.key()));
    }
    Q_EMIT finished(m_recorder.save(console(), ExitCode::Ok));
}

} // namespace diptych
