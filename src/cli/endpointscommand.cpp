// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/endpointscommand.h"

#include "api/environmentimport.h"
#include "api/v1conversion.h"
#include "cli/cliendpoint.h"
#include "cli/clioptions.h"
#include "cli/endpointreport.h"
#include "cli/endpointtestcommand.h"
#include "cli/report.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::EndpointsCommand", text);
}

/// Says what is known already.
class ReportCommand : public Command
{
public:
    ReportCommand(Console &console, QStringList lines)
        : Command(console)
        , m_lines(std::move(lines))
    {
    }

    void start() override
    {
        for (const QString &line : m_lines)
            console().out.writeLine(line);
        Q_EMIT finished(ExitCode::Ok);
    }
    void interrupt() override { }

private:
    QStringList m_lines;
};

CommandResult report(Console &console, const QStringList &lines)
{
    return std::make_unique<ReportCommand>(console, lines);
}

/// The URL after the name of the subcommand.
Result<QString> urlOf(const QStringList &arguments)
{
    if (arguments.size() == 2)
        return arguments.at(1);
    return usageError(arguments.size() < 2 ? tr("endpoints %1 takes a URL.").arg(arguments.value(0))
                                           : tr("Only one URL can be given; put it in quotes."));
}

CommandResult recogniseUrl(const QCommandLineParser &parser, const QString &url, Console &console)
{
    const Result<EndpointProposal> proposal = CliEndpoint::recogniseUrl(parser, url);
    if (!proposal)
        return Failure(proposal.error());
    const bool isJson = parser.isSet(QStringLiteral("json"));
    return report(console, isJson ? QStringList {jsonLine(toJson(*proposal))} : toLines(*proposal));
}

CommandResult convertUrl(const QCommandLineParser &parser, const QString &url, Console &console)
{
    const Result<EndpointProposal> proposal = CliEndpoint::recogniseUrl(parser, url);
    if (!proposal)
        return Failure(proposal.error());
    const Result<V1Conversion> conversion = convertToV1(proposal->endpoint);
    if (!conversion)
        return Failure(conversion.error());
    if (parser.isSet(QStringLiteral("json"))) {
        QJsonObject json = toJson(conversion->proposal);
        json.insert(QStringLiteral("losses"), QJsonArray::fromStringList(conversion->losses));
        return report(console, {jsonLine(json)});
    }
    QStringList lines = toLines(conversion->proposal);
    if (!conversion->losses.isEmpty())
        lines.append(tr("What v1 does not have:"));
    for (const QString &loss : conversion->losses)
        lines.append(QStringLiteral("  - %1").arg(loss));
    return report(console, lines);
}

CommandResult readEnvironment(const QCommandLineParser &parser, Console &console)
{
    const EnvironmentImport import = importEnvironment(QProcessEnvironment::systemEnvironment(), providerDescriptors());
    const bool isJson = parser.isSet(QStringLiteral("json"));
    QStringList lines;
    for (const EnvironmentProposal &found : import.proposals) {
        if (isJson) {
            QJsonObject json = toJson(found.proposal);
            json.insert(QStringLiteral("variables"), QJsonArray::fromStringList(found.variables));
            lines.append(jsonLine(json));
            continue;
        }
        lines.append(found.variables.join(QStringLiteral(", ")));
        const QStringList details = toLines(found.proposal);
        for (const QString &detail : details)
            lines.append(QStringLiteral("  %1").arg(detail));
    }
    for (const QString &problem : import.problems)
        console.err.writeLine(problem);
    if (import.proposals.empty())
        console.err.writeLine(tr("No variable of a known service is set."));
    return report(console, lines);
}

} // namespace

void EndpointsCommand::addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("json"), tr("Write JSON lines.")});
    CliEndpoint::addOptions(parser);
    parser.addPositionalArgument(QStringLiteral("what"),
        tr("recognise URL: say what a URL, or a curl command, stands for. env: list what environment variables offer. "
           "convert-v1 URL: rewrite an Azure URL for OpenAI v1 and say what is lost. test URL: try name lookup, "
           "connection, encryption, key, route and model, and say where it fails."));
    parser.addPositionalArgument(
        QStringLiteral("URL"), tr("What to look at; put it in quotes."), QStringLiteral("[URL]"));
}

CommandResult EndpointsCommand::make(const QCommandLineParser &parser, Console &console)
{
    const QStringList arguments = clioptions::arguments(parser);
    const QString what = arguments.value(0);
    if (what == u"env") {
        if (arguments.size() > 1)
            return usageError(tr("endpoints env takes no further arguments."));
        return readEnvironment(parser, console);
    }
    if (what != u"recognise" && what != u"convert-v1" && what != u"test")
        return usageError(tr("endpoints takes recognise, env, convert-v1 or test, not \"%1\".").arg(what));
    if (what == u"test" && arguments.size() == 1) // the built-in models, or --url as with other commands
        return EndpointTestCommand::make(parser, parser.value(QStringLiteral("url")), console);
    const Result<QString> url = urlOf(arguments);
    if (!url)
        return Failure(url.error());
    if (what == u"recognise")
        return recogniseUrl(parser, *url, console);
    if (what == u"convert-v1")
        return convertUrl(parser, *url, console);
    return EndpointTestCommand::make(parser, *url, console);
}

} // namespace diptych
