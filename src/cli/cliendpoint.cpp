// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cliendpoint.h"

#include "api/tokenscopes.h"
#include "cli/clioptions.h"
#include "cli/command.h"
#include "core/secret.h"
#include "gateway/builtinserver.h"
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::CliEndpoint", text);
}

QStringList kindNames()
{
    QStringList names {QStringLiteral("azure"), QStringLiteral("openai")};
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        if (!names.contains(descriptor.name))
            names.append(descriptor.name);
    }
    return names;
}

void applyKind(const QString &name, const QString &pasted, EndpointProposal &proposal)
{
    Endpoint &endpoint = proposal.endpoint;
    if (endpoint.provider() == name)
        return;
    // What was added for OpenAI-compatible servers is not there on others.
    if (name == u"azure" && endpoint.baseUrl.path() == u"/v1" && !pasted.contains(u"/v1")) {
        endpoint.baseUrl.setPath(QString());
        proposal.changes.removeLast();
    }
    endpoint.kind = name == u"azure" ? Endpoint::Kind::AzureCompatible : Endpoint::Kind::OpenAiCompatible;
    endpoint.native.clear();
    endpoint.auth = defaultAuth(endpoint.kind);
    endpoint.apiVersion = defaultApiVersion(endpoint.kind);
}

Result<void> applyVariant(const QString &name, Endpoint &endpoint)
{
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), endpoint.provider());
    QStringList names;
    for (const ServerVariant &variant : descriptor ? descriptor->variants : std::vector<ServerVariant>())
        names.append(variant.name);
    if (names.isEmpty())
        return usageError(tr("--variant: %1 has no variants.").arg(endpoint.provider()));
    if (!names.contains(name))
        return usageError(tr("--variant takes %1, not \"%2\".").arg(names.join(QStringLiteral(", ")), name));
    endpoint.variant = name;
    return {};
}

Result<void> applyKey(const QCommandLineParser &parser, Endpoint &endpoint)
{
    // Other users of the machine see command lines.
    const bool hasSecretHeader = std::any_of(endpoint.headers.begin(), endpoint.headers.end(),
        [](const HeaderField &field) { return isSecretHeader(field.name) && !field.value.isEmpty(); });
    if (!endpoint.credential.isEmpty() || hasSecretHeader)
        return usageError(tr("Do not write keys on the command line: put the key into an environment variable and name "
                             "it with --key-env."));
    endpoint.tokenCommand = parser.value(QStringLiteral("token-command"));
    endpoint.tokenScope = parser.isSet(QStringLiteral("token-scope")) ? parser.value(QStringLiteral("token-scope"))
                                                                      : defaultTokenScope(endpoint.kind);
    if (!parser.isSet(QStringLiteral("key-env")))
        return {};
    if (!endpoint.tokenCommand.isEmpty())
        return usageError(tr("--key-env and --token-command exclude each other."));
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

Result<HeaderField> headerOf(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon < 1 || text.contains(u'\n') || text.contains(u'\r'))
        return usageError(tr("--header takes \"Name: value\", not \"%1\".").arg(text));
    return HeaderField {text.left(colon).trimmed().toUtf8(), text.mid(colon + 1).trimmed().toUtf8()};
}

Result<void> applyHeaders(const QStringList &headers, Endpoint &endpoint)
{
    for (const QString &text : headers) {
        const Result<HeaderField> header = headerOf(text);
        if (!header)
            return Failure(header.error());
        // Other users of the machine see command lines.
        if (isSecretHeader(header->name))
            return usageError(tr("--header can not take %1: put the key into an environment variable and name it with "
                                 "--key-env.")
                                  .arg(QString::fromUtf8(header->name)));
        endpoint.headers.push_back(*header);
    }
    return {};
}

Result<Endpoint> endpointOf(const QCommandLineParser &parser, const QString &url, Console &console)
{
    Result<EndpointProposal> proposal = CliEndpoint::recogniseUrl(parser, url);
    if (!proposal)
        return Failure(proposal.error());
    for (const QString &change : proposal->changes)
        console.err.writeLine(change);
    Endpoint endpoint = proposal->endpoint;
    endpoint.id = QStringLiteral("cli");
    if (parser.isSet(QStringLiteral("api-version")))
        endpoint.apiVersion = parser.value(QStringLiteral("api-version"));
    if (parser.isSet(QStringLiteral("strict")))
        endpoint.adaptation = Adaptation::Strict;
    Result<void> applied;
    if (parser.isSet(QStringLiteral("variant")))
        applied = applyVariant(parser.value(QStringLiteral("variant")), endpoint);
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
        {QStringLiteral("token-command"),
            tr("A program and its arguments that print a token; {scope} stands for --token-scope."), tr("command")},
        {QStringLiteral("token-scope"), tr("The scope of a Microsoft Entra token, if not the usual one."), tr("scope")},
        {QStringLiteral("kind"),
            tr("What the endpoint speaks, if it can not be told from the URL: %1.")
                .arg(kindNames().join(QStringLiteral(", "))),
            tr("kind")},
        {QStringLiteral("variant"), tr("Which of the servers of that kind it is, e.g. llamacpp or vllm."), tr("name")},
        {QStringLiteral("strict"), tr("Refuse what the endpoint can not express, instead of leaving it out.")},
        {QStringLiteral("api-version"), tr("Another api-version than the usual one."), tr("version")},
        {QStringLiteral("header"),
            tr("A header of every request, e.g. \"azureml-model-deployment: blue\"; may be given several times."),
            tr("name: value")},
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

Result<EndpointProposal> CliEndpoint::recogniseUrl(const QCommandLineParser &parser, const QString &url)
{
    return recogniseUrl(url, parser.value(QStringLiteral("kind")));
}

Result<EndpointProposal> CliEndpoint::recogniseUrl(const QString &url, const QString &kind)
{
    if (kind.isEmpty())
        return recognise(url, providerDescriptors());
    if (!kindNames().contains(kind)) {
        return usageError(tr("--kind takes %1, not \"%2\".").arg(kindNames().join(QStringLiteral(", ")), kind));
    }
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), kind);
    if (descriptor && kind != u"azure" && kind != u"openai")
        return recogniseAs(url, *descriptor);
    Result<EndpointProposal> proposal = recognise(url); // without what makes an endpoint native
    if (proposal)
        applyKind(kind, url, *proposal);
    return proposal;
}

Result<std::unique_ptr<CliEndpoint>> CliEndpoint::open(const QCommandLineParser &parser, Console &console)
{
    return open(parser, parser.value(QStringLiteral("url")), RetryOptions {}.maxRetries, console);
}

Result<std::unique_ptr<CliEndpoint>> CliEndpoint::openForTest(
    const QCommandLineParser &parser, const QString &url, Console &console)
{
    return open(parser, url, 0, console);
}

Result<std::unique_ptr<CliEndpoint>> CliEndpoint::open(
    const QCommandLineParser &parser, const QString &url, int usualRetries, Console &console)
{
    std::unique_ptr<CliEndpoint> result(new CliEndpoint); // the constructor is private
    const bool isOther = !url.isEmpty() || parser.isSet(QStringLiteral("url"));
    if (!isOther && parser.isSet(QStringLiteral("key-env")))
        return usageError(tr("--key-env needs --url: the built-in models take no key."));
    if (!isOther)
        result->m_builtin = std::make_unique<BuiltinServer>();
    Result<Endpoint> endpoint = isOther ? endpointOf(parser, url, console) : result->m_builtin->start();
    if (!endpoint)
        return Failure(endpoint.error());
    endpoint->connection.retry.maxRetries = usualRetries;
    Result<void> applied = applyConnection(parser, endpoint->connection);
    if (applied)
        applied = applyHeaders(parser.values(QStringLiteral("header")), *endpoint);
    if (!applied)
        return Failure(applied.error());
    result->m_provider = makeProvider(*endpoint, *result->m_http);
    return result;
}

} // namespace diptych
