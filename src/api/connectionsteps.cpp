// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/connectionsteps.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

using Step = ConnectionStep::Step;
using State = ConnectionStep::State;
using Models = std::vector<ModelDescription>;

constexpr qsizetype namedModels = 6;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ConnectionSteps", text);
}

PhaseTimes::Time between(const PhaseTimes::Time &from, const PhaseTimes::Time &to)
{
    return from && to && *to >= *from ? PhaseTimes::Time(*to - *from) : std::nullopt;
}

bool isNumeric(const QString &host)
{
    static const QRegularExpression digits(QStringLiteral("^\\d+(\\.\\d+){3}$"));
    return host.contains(u':') || digits.match(host).hasMatch();
}

bool isMissing(int status)
{
    return status == 404 || status == 410;
}

/// The provider's own words, then what to do.
QString told(const Error &error, const QString &advice)
{
    QString text = error.message.simplified();
    if (!text.isEmpty() && !text.endsWith(u'.') && !text.endsWith(u'?') && !text.endsWith(u'!'))
        text += u'.';
    if (error.httpStatus != 0)
        text += QStringLiteral(" (HTTP %1)").arg(error.httpStatus);
    if (!advice.isEmpty())
        text += u' ' + advice;
    return text.trimmed();
}

bool namesModel(const Error &error)
{
    static const QStringList codes {QStringLiteral("DeploymentNotFound"), QStringLiteral("model_not_found"),
        QStringLiteral("unknown_model"), QStringLiteral("ModelNotFound")};
    return error.parameter == u"model" || codes.contains(error.providerCode, Qt::CaseInsensitive);
}

/// Where a test request came to its end; unset: nowhere, it went well.
std::optional<Step> failedStep(const Exchange &exchange, const Error &error)
{
    const PhaseTimes &phases = exchange.phases;
    if (exchange.status != 0) {
        if (error.kind == Error::Kind::Authentication || exchange.status == 401 || exchange.status == 407)
            return Step::Auth;
        return namesModel(error) ? Step::Model : Step::Route;
    }
    if (error.kind == Error::Kind::Authentication)
        return Step::Auth; // no token could be had, so nothing was sent
    if (error.kind == Error::Kind::InvalidRequest || error.kind == Error::Kind::Unsupported)
        return Step::Route;
    if (error.kind == Error::Kind::Tls || error.providerCode == u"TlsRequired")
        return Step::Tls;
    if (phases.connected || exchange.reusedConnection)
        return exchange.url.scheme() == u"https" && !phases.encrypted && !exchange.reusedConnection ? Step::Tls
                                                                                                    : Step::Route;
    const bool isLost = error.providerCode == u"HostNotFound";
    const bool isWaiting = error.kind == Error::Kind::Timeout && !phases.resolved && !isNumeric(exchange.url.host());
    return isLost || isWaiting ? Step::Dns : Step::Tcp;
}

/// One verdict from the record of one request.
class Reading
{
public:
    Reading(const Endpoint &endpoint, const Exchange &exchange, const std::optional<Error> &error,
        const std::optional<Models> &models)
        : m_endpoint(endpoint)
        , m_exchange(exchange)
        , m_error(error.value_or(Error {}))
        , m_models(models)
    {
        if (error && error->kind != Error::Kind::Cancelled)
            m_failed = failedStep(exchange, *error);
        m_wasSent =
            exchange.phases.connected || exchange.phases.resolved || exchange.status != 0 || exchange.reusedConnection;
    }

    ConnectionStep read(Step step) const
    {
        ConnectionStep result = verdict(step);
        result.step = step;
        return result;
    }

private:
    ConnectionStep verdict(Step step) const
    {
        if (m_failed == step)
            return failure(step);
        const bool isLate = m_failed && step > *m_failed;
        const bool isReached = step <= Step::Tls ? m_wasSent || m_failed == Step::Tcp : m_exchange.status != 0;
        if (isLate || !isReached)
            return {.text = translated("Not reached.")};
        switch (step) {
        case Step::Dns:
            return lookup();
        case Step::Tcp:
            return connection();
        case Step::Tls:
            return encryption();
        case Step::Auth:
            return key();
        case Step::Route:
            return route();
        case Step::Model:
            break;
        }
        return model();
    }

    ConnectionStep failure(Step step) const
    {
        switch (step) {
        case Step::Dns:
            return {.state = State::Failed,
                .text = told(m_error, translated("Check also whether this computer is connected to the network."))};
        case Step::Tcp:
            // Our own codes have messages that say what to do.
            return {.state = State::Failed,
                .text = told(m_error, m_error.providerCode.isEmpty() ? whatToDo(m_error) : QString())};
        case Step::Tls:
            return {.state = State::Failed,
                .text = told(m_error, m_error.providerCode.isEmpty() ? whatToDo(m_error) : QString())};
        case Step::Auth:
            return {.state = State::Failed, .text = told(m_error, keyAdvice())};
        case Step::Route:
            return routeFailure();
        case Step::Model:
            break;
        }
        return {.state = State::Failed, .text = told(m_error, whatToDo(m_error))};
    }

    ConnectionStep lookup() const
    {
        const ProxyOptions &proxy = m_endpoint.connection.proxy;
        if (m_exchange.reusedConnection)
            return {.state = State::Skipped, .text = translated("A connection was still open.")};
        if (proxy.mode == ProxyOptions::Mode::Http || proxy.mode == ProxyOptions::Mode::Socks5)
            return {.state = State::Skipped, .text = translated("The proxy %1 looks up the name.").arg(proxy.host)};
        const QString host = m_exchange.url.host();
        if (isNumeric(host))
            return {
                .state = State::Skipped, .text = translated("The address is a number; there is no name to look up.")};
        return {.state = State::Ok,
            .text = translated("%1 was found.").arg(host),
            .duration = between(m_exchange.phases.dequeued, m_exchange.phases.resolved)};
    }

    ConnectionStep connection() const
    {
        const PhaseTimes &phases = m_exchange.phases;
        if (!phases.connected && m_exchange.status == 0)
            return {.text = translated("Not reached.")};
        const QString peer = m_exchange.peerAddress.isEmpty() ? m_exchange.url.authority() : m_exchange.peerAddress;
        return {.state = State::Ok,
            .text = translated("Connected to %1.").arg(peer),
            .duration = m_exchange.reusedConnection
                ? PhaseTimes::Time()
                : between(phases.resolved ? phases.resolved : phases.dequeued, phases.connected)};
    }

    ConnectionStep encryption() const
    {
        if (m_exchange.url.scheme() != u"https")
            return {.state = State::Skipped, .text = translated("Not encrypted: the address begins with http://.")};
        if (!m_exchange.phases.encrypted && m_exchange.tlsProtocol.isEmpty())
            return {.text = translated("Not reached.")};
        return {.state = State::Ok,
            .text = translated("Encrypted with %1; the certificate is trusted.").arg(m_exchange.tlsProtocol),
            .duration = between(m_exchange.phases.connected, m_exchange.phases.encrypted)};
    }

    ConnectionStep key() const
    {
        const bool isGood = m_exchange.status >= 200 && m_exchange.status < 300;
        if (!sendsKey()) {
            return isGood ? ConnectionStep {.state = State::Skipped,
                       .text = translated("No key was sent, and the server asked for none.")}
                          : ConnectionStep {
                              .text = translated("No key was sent; the answer does not tell whether one is needed.")};
        }
        if (isGood)
            return {.state = State::Ok, .text = translated("The server did not object to the key.")};
        return {.text = translated("The answer does not tell whether the key is right.")};
    }

    ConnectionStep route() const
    {
        return {.state = State::Ok,
            .text = translated("%1 %2 answers.").arg(QString::fromLatin1(m_exchange.method), m_exchange.url.path()),
            .duration = between(m_exchange.phases.sent, m_exchange.phases.firstByte)};
    }

    ConnectionStep routeFailure() const
    {
        const int status = m_exchange.status;
        if (status == 0 && m_error.kind == Error::Kind::Unsupported)
            return {.state = State::Unknown, .text = told(m_error, translated("Name a model and ask it."))};
        const PhaseTimes::Time duration = between(m_exchange.phases.sent, m_exchange.phases.firstByte);
        if (m_error.kind == Error::Kind::Unsupported || status == 405 || status == 424) {
            return {.state = State::Unknown,
                .text = told(m_error,
                    translated("The server answers, but does not list its models. It may work all the same: name a "
                               "model and ask it.")),
                .duration = duration};
        }
        if (status == 429)
            return {.state = State::Unknown, .text = told(m_error, whatToDo(m_error)), .duration = duration};
        QString advice = whatToDo(m_error);
        if (isMissing(status)) {
            advice = m_endpoint.apiVersion.isEmpty()
                ? translated(
                    "Check the path of the base URL; or this server lists no models: then name one and ask it.")
                : translated("Check the path of the base URL and the api-version (%1); or this server lists no models: "
                             "then name one and ask it.")
                      .arg(m_endpoint.apiVersion);
        }
        return {.state = State::Failed, .text = told(m_error, advice), .duration = duration};
    }

    ConnectionStep model() const
    {
        if (m_endpoint.kind == Endpoint::Kind::AzureOpenAiDeployment)
            return {.state = State::Skipped, .text = translated("The URL names the deployment.")};
        if (!m_models)
            return {.text = translated("The server did not list its models.")};
        if (m_models->empty()) {
            return {.state = State::Failed,
                .text = translated("The server has no models. Load one there, or name one and ask it.")};
        }
        const QString &wanted = m_endpoint.defaultModel;
        return wanted.isEmpty() ? ConnectionStep {.state = State::Ok, .text = listed()} : judged(wanted);
    }

    ConnectionStep judged(const QString &wanted) const
    {
        const auto has = [this](const QString &name, Qt::CaseSensitivity sensitivity) {
            return std::find_if(m_models->begin(), m_models->end(),
                [&](const ModelDescription &model) { return model.id.compare(name, sensitivity) == 0; });
        };
        // Ollama's tag and Gemini's prefix may be left out in requests.
        for (const QString &name : {wanted, QString(wanted % u":latest"), QString(u"models/" % wanted)}) {
            if (has(name, Qt::CaseSensitive) != m_models->end())
                return {.state = State::Ok, .text = translated("%1 is served here.").arg(wanted)};
        }
        if (const auto similar = has(wanted, Qt::CaseInsensitive); similar != m_models->end()) {
            return {.state = State::Failed,
                .text = translated("%1 is not served here, but %2 is: capitals matter.").arg(wanted, similar->id)};
        }
        // Azure lists base models where requests name deployments.
        const bool mayDiffer = m_endpoint.kind == Endpoint::Kind::AzureOpenAiV1
            || m_endpoint.kind == Endpoint::Kind::AzureFoundry || m_endpoint.kind == Endpoint::Kind::AzureServerless
            || m_endpoint.kind == Endpoint::Kind::AzureManaged || m_endpoint.kind == Endpoint::Kind::AzureCompatible;
        return {.state = mayDiffer ? State::Unknown : State::Failed,
            .text = translated("%1 is not in the list of %2.").arg(wanted, listed())};
    }

    QString listed() const
    {
        QStringList names;
        for (const ModelDescription &model : *m_models) {
            if (names.size() < namedModels)
                names.append(model.id);
        }
        const QString text = names.join(QStringLiteral(", "));
        if (qsizetype(m_models->size()) > namedModels)
            return translated("%1 models: %2 …").arg(QString::number(m_models->size()), text);
        return m_models->size() == 1 ? translated("1 model: %1").arg(text)
                                     : translated("%1 models: %2").arg(QString::number(m_models->size()), text);
    }

    bool sendsKey() const
    {
        const bool hasHeader = std::any_of(m_endpoint.headers.begin(), m_endpoint.headers.end(),
            [](const HeaderField &field) { return isSecretHeader(field.name); });
        return hasHeader
            || (m_endpoint.auth != Endpoint::Auth::None
                && (!m_endpoint.credential.isEmpty() || !m_endpoint.tokenCommand.isEmpty()));
    }

    QString keyAdvice() const
    {
        if (m_exchange.status == 0)
            return translated("Run the token command in a terminal to see what it says.");
        if (m_exchange.status == 407)
            return translated("Check the user name and password of the proxy.");
        if (!sendsKey())
            return translated("No key was sent: enter one.");
        if (!m_endpoint.tokenCommand.isEmpty())
            return translated("Check that the account may use this resource, and the token's scope.");
        return m_exchange.status == 403 ? translated("The key is known, but may not do this; check its rights.")
                                        : translated("Check the key, and that it belongs to this endpoint.");
    }

    const Endpoint &m_endpoint;
    const Exchange &m_exchange;
    const Error m_error;
    const std::optional<Models> &m_models;
    std::optional<Step> m_failed;
    bool m_wasSent = false;
};

} // namespace

std::vector<ConnectionStep> connectionSteps(const Endpoint &endpoint, const Exchange &exchange,
    const std::optional<Error> &error, const std::optional<std::vector<ModelDescription>> &models)
{
    const Reading reading(endpoint, exchange, error, models);
    std::vector<ConnectionStep> steps;
    for (const Step step : {Step::Dns, Step::Tcp, Step::Tls, Step::Auth, Step::Route, Step::Model})
        steps.push_back(reading.read(step));
    return steps;
}

QString connectionStepName(ConnectionStep::Step step)
{
    switch (step) {
    case Step::Dns:
        return translated("Name lookup");
    case Step::Tcp:
        return translated("Connection");
    case Step::Tls:
        return translated("Encryption");
    case Step::Auth:
        return translated("Key");
    case Step::Route:
        return translated("Route");
    case Step::Model:
        return translated("Model");
    }
    return {};
}

} // namespace diptych
