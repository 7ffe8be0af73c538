// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/servecommand.h"

#include "cli/clioptions.h"
#include "cli/report.h"
#include "models/formatting.h"

namespace diptych {

namespace {

Result<Secret> readKey(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("key")) && parser.isSet(QStringLiteral("key-env")))
        return usageError(ServeCommand::tr("Give either --key or --key-env."));
    if (parser.isSet(QStringLiteral("key")))
        return Secret(parser.value(QStringLiteral("key")).toUtf8());
    if (!parser.isSet(QStringLiteral("key-env")))
        return Secret();
    const QString variable = parser.value(QStringLiteral("key-env"));
    const Secret key(qgetenv(variable.toLocal8Bit().constData()).trimmed());
    if (key.isEmpty())
        return usageError(ServeCommand::tr("The environment variable %1 of --key-env is not set.").arg(variable));
    return key;
}

} // namespace

void ServeCommand::addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {{QStringLiteral("p"), QStringLiteral("port")}, tr("The port on 127.0.0.1; a free one unless given."),
            tr("port")},
        {QStringLiteral("key"), tr("The key that clients have to send; a random one unless given."), tr("key")},
        {QStringLiteral("key-env"), tr("The environment variable that holds that key."), tr("variable")},
        {QStringLiteral("tokens-per-second"), tr("How fast the models write; each its own way unless given."),
            tr("number")},
    });
}

CommandResult ServeCommand::make(const QCommandLineParser &parser, Console &console)
{
    if (!clioptions::arguments(parser).isEmpty())
        return usageError(tr("serve takes no arguments."));
    const auto port = clioptions::integer(parser, QStringLiteral("port"), 0, 65535);
    if (!port)
        return Failure(port.error());
    const auto rate = clioptions::number(parser, QStringLiteral("tokens-per-second"));
    if (!rate)
        return Failure(rate.error());
    if (*rate && **rate <= 0)
        return usageError(tr("--tokens-per-second has to be more than 0."));
    const Result<Secret> key = readKey(parser);
    if (!key)
        return Failure(key.error());
    return std::unique_ptr<Command>(new ServeCommand(
        console, {.tokensPerSecond = *rate}, {.port = static_cast<quint16>(port->value_or(0)), .key = *key}));
}

ServeCommand::ServeCommand(Console &console, BuiltinOptions models, const GatewayOptions &options)
    : Command(console)
    , m_models(models)
    , m_gateway(m_models, options)
    , m_isKeyRandom(options.key.isEmpty())
{
    connect(&m_gateway, &Gateway::requestHandled, this, &ServeCommand::writeEntry);
}

void ServeCommand::start()
{
    if (const Result<void> started = m_gateway.start(); !started) {
        reportError(console(), started.error());
        Q_EMIT finished(exitCodeFor(started.error()));
        return;
    }
    writeAddress();
}

void ServeCommand::interrupt()
{
    Q_EMIT finished(ExitCode::Ok);
}

void ServeCommand::writeAddress()
{
    const QString url = m_gateway.baseUrl().toString();
    const QString key = m_isKeyRandom ? QString::fromUtf8(m_gateway.key().reveal()) : tr("as given");
    console().err.writeLine(
        tr("serving %1 (Azure AI Model Inference at / and /models, OpenAI and Anthropic at /v1, Azure OpenAI "
           "at /openai/deployments/{model}, Ollama at /api; key: %2)")
            .arg(url, key));
}

void ServeCommand::writeEntry(const GatewayLogEntry &entry)
{
    const QString model = entry.model.isEmpty() ? QStringLiteral("-") : entry.model;
    const QString status = entry.status == 0 ? QStringLiteral("-") : QString::number(entry.status);
    const QString milliseconds = QString::number(static_cast<double>(entry.duration.count()) / 1000.0, 'f', 1);
    QString line = QStringLiteral("%1 %2 %3 %4 %5 ms").arg(entry.method, entry.path, model, status, milliseconds);
    if (entry.clientLeft)
        line += tr(" (client left)");
    console().err.writeLine(line);
}

} // namespace diptych
