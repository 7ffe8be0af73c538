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
    if (parser.isSet(QStringLiteral("key")) && parser.value(QStringLiteral("key")).isEmpty())
        return usageError(ServeCommand::tr("The key of --key is empty."));
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
        {QStringLiteral("config"), tr("A JSON file with endpoints, routes and limits; see diptych-cli(1)."),
            tr("file")},
        {{QStringLiteral("p"), QStringLiteral("port")}, tr("The port; unless given that of the file, or a free one."),
            tr("port")},
        {QStringLiteral("listen"), tr("The address to listen on instead of 127.0.0.1."), tr("address")},
        {QStringLiteral("allow-other-machines"),
            tr("Has to be given for an address that other machines reach: whoever has the key may then spend your "
               "money.")},
        {QStringLiteral("key"), tr("The key that clients have to send; a random one unless given."), tr("key")},
        {QStringLiteral("key-env"), tr("The environment variable that holds that key."), tr("variable")},
        {QStringLiteral("tokens-per-second"), tr("How fast the built-in models write; each its own way unless given."),
            tr("number")},
    });
}

namespace {

Result<ServeConfig> readConfig(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("config")))
        return readServeConfig(parser.value(QStringLiteral("config")));
    ServeConfig config;
    config.gateway.port = 0;
    return config;
}

/// What the command line says wins over the file.
Result<void> applyOptions(const QCommandLineParser &parser, ServeConfig &config)
{
    const auto port = clioptions::integer(parser, QStringLiteral("port"), 0, 65535);
    if (!port)
        return Failure(port.error());
    config.gateway.port = static_cast<quint16>(port->value_or(config.gateway.port));
    if (parser.isSet(QStringLiteral("listen")))
        config.gateway.address = parser.value(QStringLiteral("listen"));
    if (QHostAddress(config.gateway.address).isNull())
        return usageError(ServeCommand::tr("\"%1\" is no address, such as 127.0.0.1.").arg(config.gateway.address));
    if (parser.isSet(QStringLiteral("allow-other-machines")))
        config.gateway.allowsOtherMachines = true;
    const Result<Secret> key = readKey(parser);
    if (!key)
        return Failure(key.error());
    if (!key->isEmpty())
        config.key = *key;
    return {};
}

} // namespace

CommandResult ServeCommand::make(const QCommandLineParser &parser, Console &console)
{
    if (!clioptions::arguments(parser).isEmpty())
        return usageError(tr("serve takes no arguments."));
    const auto rate = clioptions::number(parser, QStringLiteral("tokens-per-second"));
    if (!rate)
        return Failure(rate.error());
    if (*rate && **rate <= 0)
        return usageError(tr("--tokens-per-second has to be more than 0."));
    Result<ServeConfig> config = readConfig(parser);
    if (!config)
        return Failure(config.error());
    if (const Result<void> applied = applyOptions(parser, *config); !applied)
        return Failure(applied.error());
    return std::unique_ptr<Command>(new ServeCommand(console, *config, {.tokensPerSecond = *rate}));
}

ServeCommand::ServeCommand(Console &console, const ServeConfig &config, BuiltinOptions models)
    : Command(console)
    , m_service(config, models)
    , m_isKeyRandom(config.key.isEmpty())
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    const auto end = [this] { Q_EMIT finished(ExitCode::Ok); };
    connect(&m_patience, &QTimer::timeout, this, end);
    connect(&m_service, &GatewayService::drained, this, end);
    connect(&m_service, &GatewayService::started, this, &ServeCommand::writeAddress);
    connect(&m_service, &GatewayService::requestHandled, this, &ServeCommand::writeEntry);
    connect(&m_service, &GatewayService::noticed, this,
        [this](const QString &text) { this->console().err.writeLine(text); });
    connect(&m_service, &GatewayService::failed, this, [this](const Error &error) {
        reportError(this->console(), error);
        Q_EMIT finished(exitCodeFor(error));
    });
}

void ServeCommand::start()
{
    m_service.start();
}

void ServeCommand::interrupt()
{
    const bool isSecond = m_patience.isActive();
    if (isSecond || !m_service.gateway().isRunning()) {
        Q_EMIT finished(ExitCode::Ok);
        return;
    }
    m_patience.start();
    if (const int underWay = m_service.gateway().requestCount(); underWay > 0)
        console().err.writeLine(tr("answering %n more, then ending; interrupt again to end now", nullptr, underWay));
    m_service.drain();
}

void ServeCommand::writeAddress()
{
    const Gateway &gateway = m_service.gateway();
    const QString key = m_isKeyRandom ? QString::fromUtf8(gateway.key().reveal()) : tr("as given");
    console().err.writeLine(tr("serving %1 (Azure AI Model Inference at / and /models, OpenAI at /v1, Azure OpenAI at "
                               "/openai/deployments/{model}, Ollama at /api, Anthropic at /v1/messages; key: %2)")
                                .arg(gateway.baseUrl().toString(), key));
}

void ServeCommand::writeEntry(const GatewayLogEntry &entry)
{
    // Clients choose these texts: none may write lines of its own or drive the terminal that shows a kept log.
    const QString model = entry.model.isEmpty() ? QStringLiteral("-") : onOneLine(entry.model);
    const QString status = entry.status == 0 ? QStringLiteral("-") : QString::number(entry.status);
    const QString milliseconds = QString::number(static_cast<double>(entry.duration.count()) / 1000.0, 'f', 1);
    QString line = QStringLiteral("%1 %2 %3 %4 %5 ms")
                       .arg(onOneLine(entry.method), onOneLine(entry.path), model, status, milliseconds);
    if (entry.clientLeft)
        line += tr(" (client left)");
    else if (!entry.problem.isEmpty())
        line += QStringLiteral(" (%1)").arg(onOneLine(entry.problem.simplified()));
    console().err.writeLine(line);
}

} // namespace diptych
