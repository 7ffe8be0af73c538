// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include "cli/chatcommand.h"
#include "cli/comparecommand.h"
#include "cli/completecommand.h"
#include "cli/embedcommand.h"
#include "cli/endpointscommand.h"
#include "cli/infocommand.h"
#include "cli/probecommand.h"
#include "cli/modelscommand.h"
#include "cli/report.h"
#include "cli/sendcommand.h"
#include "cli/servecommand.h"
#include "cli/sessionscommand.h"
#include "cli/signalwatcher.h"

#include <QCoreApplication>
#include <QTimer>

namespace diptych {

namespace {

struct CommandEntry {
    const char *name;
    const char *summary; // translated when shown
    void (*addOptions)(QCommandLineParser &);
    CommandResult (*make)(const QCommandLineParser &, Console &);
};

template <typename C>
constexpr CommandEntry entry(const char *name, const char *summary)
{
    return {name, summary, &C::addOptions, &C::make};
}

constexpr CommandEntry commands[] = {
    entry<ChatCommand>("chat", QT_TRANSLATE_NOOP("diptych::CommandLine", "Ask one model and stream its answer.")),
    entry<CompareCommand>("compare", QT_TRANSLATE_NOOP("diptych::CommandLine", "Ask several models the same thing.")),
    entry<CompleteCommand>("complete", QT_TRANSLATE_NOOP("diptych::CommandLine", "Continue a text.")),
    entry<EmbedCommand>("embed", QT_TRANSLATE_NOOP("diptych::CommandLine", "Embed texts; one JSON line each.")),
    entry<EndpointsCommand>(
        "endpoints", QT_TRANSLATE_NOOP("diptych::CommandLine", "Say what a URL stands for, and whether it answers.")),
    entry<InfoCommand>("info", QT_TRANSLATE_NOOP("diptych::CommandLine", "Say what the endpoint says of a model.")),
    entry<ProbeCommand>("probe", QT_TRANSLATE_NOOP("diptych::CommandLine", "Ask a model what it can do.")),
    entry<ModelsCommand>("models", QT_TRANSLATE_NOOP("diptych::CommandLine", "List the models of the endpoint.")),
    entry<SendCommand>(
        "send", QT_TRANSLATE_NOOP("diptych::CommandLine", "Send bytes to a route as they are; write what comes back.")),
    entry<ServeCommand>("serve",
        QT_TRANSLATE_NOOP("diptych::CommandLine", "Serve the built-in models to other programs on this machine.")),
    entry<SessionsCommand>("sessions",
        QT_TRANSLATE_NOOP("diptych::CommandLine", "List, search, export and import the window's sessions.")),
};

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::CommandLine", text);
}

QString overview()
{
    QString text = tr("Usage: diptych-cli command [options] [arguments]\n\nCommands:\n");
    for (const CommandEntry &command : commands)
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(command.name), -9).arg(tr(command.summary));
    text += tr("\nWithout --url the built-in models answer. \"diptych-cli command --help\" explains a command.\n\n");
    text += exitCodeHelp();
    return text;
}

int wrongUsage(Console &console, const QString &message, const QString &command)
{
    console.err.writeLine(tr("error: %1").arg(message));
    console.err.writeLine(tr("See: diptych-cli %1--help").arg(command.isEmpty() ? QString() : QString(command % u' ')));
    return static_cast<int>(ExitCode::Usage);
}

int run(Command &command)
{
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::interrupted, &command, &Command::interrupt);
    // Queued: the reply that finished is still on the stack.
    QObject::connect(
        &command, &Command::finished, QCoreApplication::instance(),
        [](ExitCode code) { QCoreApplication::exit(static_cast<int>(code)); }, Qt::QueuedConnection);
    QTimer::singleShot(0, &command, &Command::start);
    return QCoreApplication::exec();
}

int runCommand(const CommandEntry &entry, const QStringList &arguments, Console &console)
{
    const QString name = QString::fromLatin1(entry.name);
    QCommandLineParser parser;
    parser.setApplicationDescription(tr(entry.summary));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, tr("Explain this command."));
    parser.addOption(help);
    parser.addPositionalArgument(name, QString(), name);
    entry.addOptions(parser);
    if (!parser.parse(arguments))
        return wrongUsage(console, parser.errorText(), name);
    if (parser.isSet(help)) {
        console.out.writeLine(parser.helpText());
        console.out.write(exitCodeHelp());
        return static_cast<int>(ExitCode::Ok);
    }
    const CommandResult command = entry.make(parser, console);
    if (command)
        return run(**command);
    if (command.error().kind == Error::Kind::InvalidRequest)
        return wrongUsage(console, command.error().message, name);
    reportError(console, command.error());
    return static_cast<int>(exitCodeFor(command.error()));
}

} // namespace

int runCommandLine(const QStringList &arguments, Console &console)
{
    const QString name = arguments.value(1);
    if (name == u"-h" || name == u"--help" || name == u"help") {
        console.out.write(overview());
        return static_cast<int>(ExitCode::Ok);
    }
    if (name == u"-v" || name == u"--version") {
        console.out.writeLine(QStringLiteral("diptych-cli " DIPTYCH_VERSION));
        return static_cast<int>(ExitCode::Ok);
    }
    for (const CommandEntry &command : commands) {
        if (name == QLatin1String(command.name))
            return runCommand(command, arguments, console);
    }
    return wrongUsage(
        console, name.isEmpty() ? tr("A command is missing.") : tr("There is no command \"%1\".").arg(name), {});
}

} // namespace diptych
