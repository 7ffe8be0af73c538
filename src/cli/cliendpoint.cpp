// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cliendpoint.h"

#include "api/endpointurl.h"
#include "builtin/builtinprovider.h"
#include "cli/clioptions.h"
#include "cli/command.h"
#include "gateway/gateway.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::CliEndpoint", text);
}

Result<void> applyKind(const QString &name, Endpoint &endpoint)
{
    if (name != u"azure" && name != u"openai")
        return usageError(tr("--kind takes azure or openai, not \"%1\".").arg(name));
    if (endpoint.provider() == name)
        return {};
    endpoint.kind = name == u"azure" ? Endpoint::Kind::AzureCompatible : Endpoint::Kind::OpenAiCompatible;
    endpoint.auth = defaultAuth(endpoint.kind);
    endpoint.apiVersion = defaultApiVersion(endpoint.kind);
    return {};
}

Result<void> applyKey(const QCommandLineParser &parser, Endpoint &endpoint)
{
    // Other users of the machine see command lines.
    if (!endpoint.credential.isEmpty())
        return usageError(tr("Do not write keys on the command line: put the key into an environment variable and name "
                             "it with --key-env."));
    if (!parser.isSet(QStringLiteral("key-env")))
        return {};
    const QString variable = parser.value(QStringLiteral("key-env"));
    endpoint.credential = Secret(qgetenv(variable.toLocal8Bit().constData()).trimmed());
    if (endpoint.credential.isEmpty())
        return usageError(tr("The environment variable %1 of --key-env is not set.").arg(variable));
    if (endpoint.auth == Endpoint::Auth::None)
        endpoint.auth = Endpoint::Auth::Bearer;
    return {};
}

Result<void> applyConnection(const QCommandLineParser &parser, ConnectionOptions &connection)
{
    const auto seconds = clioptions::integer(parser, QStringLiteral("timeout"), 1, 86'400);
    if (!seconds)
        return Failure(seconds.error());
    if (*seconds) {
        connection.deadlines.firstByte = std::chrono::seconds(**seconds);
        connection.deadlines.idle = std::chrono::seconds(**seconds);
        connection.deadlines.connect = std::min(connection.deadlines.connect, connection.deadlines.firstByte);
    }
    const auto retries = clioptions::integer(parser, QStringLiteral("retries"), 0, 20);
    if (!retries)
        return Failure(retries.error());
    connection.retry.maxRetries = static_cast<int>(retries->value_or(connection.retry.maxRetries));
    connection.tls.caFile = parser.value(QStringLiteral("ca-file"));
    return {};
}

Result<Endpoint> endpointOf(const QCommandLineParser &parser, Console &console)
{
    Result<EndpointProposal> proposal = recognise(parser.value(QStringLiteral("url")));
    if (!proposal)
        return Failure(proposal.error());
    for (const QString &change : proposal->changes)
        console.err.writeLine(change);
    Endpoint endpoint = proposal->endpoint;
    endpoint.id = QStringLiteral("cli");
    Result<void> applied;
    if (parser.isSet(QStringLiteral("kind")))
        applied = applyKind(parser.value(QStringLiteral("kind")), endpoint);
    if (applied && parser.isSet(QStringLiteral("api-version")))
        endpoint.apiVersion = parser.value(QStringLiteral("api-version"));
    if (applied)
        applied = applyKey(parser, endpoint);
    if (!applied)
        return Failure(applied.error());
    return endpoint;
}

} // namespace

void CliEndpoint::addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("url"), tr("Ask this endpoint instead of the built-in models; any URL that can be pasted."),
            tr("url")},
        {QStringLiteral("key-env"), tr("The environment variable that holds the key."), tr("variable")},
        {QStringLiteral("kind"), tr("What the endpoint speaks, if it can not be told from the URL: azure or openai."),
            tr("kind")},
        {QStringLiteral("api-version"), tr("Another api-version than the usual one."), tr("version")},
        {QStringLiteral("timeout"), tr("How long to wait for the first byte and between two."), tr("seconds")},
        {QStringLiteral("retries"), tr("How often to try again when that may help; 2 unless given."), tr("count")},
        {QStringLiteral("ca-file"), tr("A PEM file with further certificate authorities."), tr("file")},
    });
}

CliEndpoint::CliEndpoint()
    : m_http(std::make_unique<HttpClient>())
{
}

CliEndpoint::~CliEndpoint() = default;

Result<std::unique_ptr<CliEndpoint>> CliEndpoint::open(const QCommandLineParser &parser, Console &console)
{
    std::unique_ptr<CliEndpoint> result(new CliEndpoint); // the constructor is private
    const bool isOther = parser.isSet(QStringLiteral("url"));
    if (!isOther && parser.isSet(QStringLiteral("key-env")))
        return usageError(tr("--key-env needs --url: the built-in models take no key."));
    Result<Endpoint> endpoint = isOther ? endpointOf(parser, console) : result->startBuiltIn();
    if (!endpoint)
        return Failure(endpoint.error());
    if (const Result<void> applied = applyConnection(parser, endpoint->connection); !applied)
        return Failure(applied.error());
    result->m_provider = makeProvider(*endpoint, *result->m_http);
    return result;
}

Result<Endpoint> CliEndpoint::startBuiltIn()
{
    m_models = std::make_unique<BuiltinProvider>();
    m_gateway = std::make_unique<Gateway>(*m_models);
    if (const Result<void> started = m_gateway->start(); !started)
        return Failure(started.error());
    Endpoint endpoint;
    endpoint.id = QStringLiteral("builtin");
    endpoint.name = tr("Built-in");
    endpoint.kind = Endpoint::Kind::BuiltIn;
    endpoint.baseUrl = m_gateway->baseUrl();
    endpoint.auth = Endpoint::Auth::Bearer;
    endpoint.credential = m_gateway->key();
    endpoint.apiVersion = QStringLiteral("2025-04-01");
    endpoint.connection.proxy.mode = ProxyOptions::Mode::None;
    return endpoint;
}

} // namespace diptych
