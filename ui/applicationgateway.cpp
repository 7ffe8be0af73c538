// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationgateway.h"

#include "api/modelcharge.h"
#include "builtin/catalogue.h"
#include "core/randomkey.h"
#include "gateway/faults/faultinterceptor.h"
#include "gateway/routing/routedprovider.h"
#include "gateway/tape/recordings.h"
#include "gateway/tape/tapeinterceptor.h"
#include "gatewaypane/gatewaypane.h"
#include "models/requestjson.h"
#include "store/secretstore.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QNetworkInterface>

namespace diptych {

namespace {

using namespace std::chrono_literals;
const QString builtinId = QStringLiteral("builtin"); ///< see BuiltinServer
constexpr auto savePause = 500ms; ///< costs change with every answer
constexpr int keySize = 16; ///< bytes
constexpr quint16 firstOpenPort = 1024; ///< those below are for the system's own services

/// Empty for requests that the common API does not have a form for.
QJsonObject commonRequestOf(const RoutedRequest &request)
{
    if (const auto *chat = std::get_if<ChatRequest>(&request))
        return requestJson(*chat);
    if (const auto *completion = std::get_if<CompletionRequest>(&request))
        return requestJson(*completion);
    if (const auto *embedding = std::get_if<EmbeddingRequest>(&request))
        return requestJson(*embedding);
    return {};
}

/// How others reach a server that listens everywhere.
QHostAddress reachableAddress(const QHostAddress &address)
{
    if (address != QHostAddress::AnyIPv4 && address != QHostAddress::Any && address != QHostAddress::AnyIPv6)
        return address;
    const QList<QHostAddress> all = QNetworkInterface::allAddresses();
    const auto found = std::find_if(all.begin(), all.end(), [](const QHostAddress &candidate) {
        return candidate.protocol() == QAbstractSocket::IPv4Protocol && !candidate.isLoopback();
    });
    return found == all.end() ? QHostAddress(QHostAddress::LocalHost) : *found;
}

} // namespace

ApplicationGateway::ApplicationGateway(Services services)
    : m_services(std::move(services))
    , m_store(QDir(m_services.dataFolder).filePath(QStringLiteral("gateway.json")))
    , m_provider(std::make_unique<RoutedProvider>(m_routes, routedServices()))
    , m_recordings(std::make_unique<Recordings>(QDir(m_services.dataFolder).filePath(QStringLiteral("recordings"))))
    , m_tape(std::make_unique<TapeInterceptor>(m_routes, *m_recordings))
    , m_faults(std::make_unique<FaultInterceptor>([this](const QString &model) {
        return leadsOnlyTo(m_routes, model, {builtinId, faultyModel});
    }))
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(savePause);
    m_state.baseUrl = expectedUrl();
    connect(&m_saving, &QTimer::timeout, this, &ApplicationGateway::save);
    connect(m_recordings.get(), &Recordings::failed, this, &ApplicationGateway::failed);
    connect(m_tape.get(), &TapeInterceptor::replayed, this, [this](const QString &model, const Exchange &exchange) {
        Q_EMIT exchangeEnded(tr("gateway: %1, from a recording").arg(model), {.attempts = {exchange}});
    });
    connect(m_provider.get(), &RoutedProvider::replyStarted, this,
        [this](Reply *reply, const QString &label, const RoutedRequest &request) {
            Q_EMIT replyStarted(reply, label, commonRequestOf(request));
        });
}

ApplicationGateway::~ApplicationGateway()
{
    // Replies go before what they were made by, and what they count at their end is still written.
    m_gateway.reset();
    m_draining.clear();
    m_provider.reset();
    if (m_saving.isActive())
        save();
    disconnect(&m_routes, nullptr, this, nullptr);
}

RoutedServices ApplicationGateway::routedServices()
{
    Connections *connections = &m_services.connections;
    return {.endpoint = [connections](const QString &endpointId) { return connections->find(endpointId); },
        .makeProvider = [this](const Endpoint &endpoint, const QString &) { return m_services.factory(endpoint); },
        .describe = [connections](const ModelRef &model) { return connections->findModel(model); },
        .openModels = [this] { return openModels(); },
        .charge = [this](const ModelRef &model) { return chargeOf(model, m_services.connections, m_services.prices); },
        .shadows = &m_shadows};
}

std::vector<ModelRef> ApplicationGateway::openModels() const
{
    std::vector<ModelRef> models;
    for (const Endpoint &endpoint : m_services.connections.endpoints()) {
        if (endpoint.kind != Endpoint::Kind::BuiltIn)
            continue;
        for (const ModelDescription &model : m_services.connections.models(endpoint.id))
            models.push_back({endpoint.id, model.id});
    }
    return models;
}

void ApplicationGateway::load()
{
    const Result<GatewayConfig> stored = m_store.load();
    if (!stored) {
        m_isFileGood = false; // somebody's slip of the pen is not overwritten
        Q_EMIT failed(stored.error());
    } else {
        m_saved = m_config = *stored;
        m_config.routes.clear(); // they live in the table
        m_config.spent.clear();
        m_routes.setRoutes(stored->routes);
        for (auto spent = stored->spent.begin(); spent != stored->spent.end(); ++spent)
            m_routes.setCounters(spent.key(), {.cost = spent.value()});
    }
    const auto saveSoon = [this] {
        if (!m_saving.isActive())
            m_saving.start();
    };
    connect(&m_routes, &RouteTable::changed, this, saveSoon);
    connect(&m_routes, &RouteTable::countersChanged, this, saveSoon);
    tell();
    if (m_config.isEnabled)
        start();
}

void ApplicationGateway::save()
{
    m_saving.stop();
    // What was no JSON at all has been moved aside by now, and a new file takes its place.
    if (!m_isFileGood && QFile::exists(m_store.path()))
        return;
    GatewayConfig config = m_config;
    config.routes = m_routes.routes();
    for (const Route &route : config.routes) {
        if (const double cost = m_routes.counters(route.id).cost; cost > 0)
            config.spent.insert(route.id, cost);
    }
    if (config == m_saved)
        return;
    if (const Result<void> saved = m_store.save(config); !saved) {
        Q_EMIT failed(saved.error());
        return;
    }
    m_saved = config;
    m_isFileGood = true;
}

void ApplicationGateway::prepareKey()
{
    if (!m_state.key.isEmpty() || m_keyJob)
        return;
    m_keyJob = m_services.secrets.read(keyName);
    connect(m_keyJob.get(), &SecretJob::finished, this, &ApplicationGateway::takeKey);
}

void ApplicationGateway::takeKey()
{
    const Result<Secret> read = m_keyJob->result();
    m_keyJob.release()->deleteLater(); // it is emitting finished()
    if (!read)
        Q_EMIT failed(read.error());
    const bool isNew = read && read->isEmpty();
    useKey(read && !isNew ? *read : randomKey(keySize), isNew); // where keys can not be read, one for this run
    if (m_isWanted)
        listen();
}

void ApplicationGateway::useKey(const Secret &key, bool isNew)
{
    m_state.key = key;
    if (m_gateway)
        m_gateway->setKey(key);
    for (const auto &gateway : m_draining)
        gateway->setKey(key);
    tell();
    if (!isNew)
        return;
    m_keyJob = m_services.secrets.write(keyName, key);
    connect(m_keyJob.get(), &SecretJob::finished, this, [this] {
        if (const Result<Secret> &written = m_keyJob->result(); !written)
            Q_EMIT failed(written.error());
        m_keyJob.release()->deleteLater();
    });
}

void ApplicationGateway::renewKey()
{
    if (!m_state.key.isEmpty())
        useKey(randomKey(keySize), true);
}

void ApplicationGateway::start()
{
    m_isWanted = true;
    if (!m_config.isEnabled) {
        GatewayConfig config = m_config;
        config.isEnabled = true;
        changeOptions(config);
    }
    if (m_state.key.isEmpty())
        prepareKey(); // takeKey() goes on
    else
        listen();
}

void ApplicationGateway::listen()
{
    // The old one goes only when the new one is there, except where they want the same port.
    if (m_gateway && m_gateway->port() == m_config.port)
        drain();
    auto gateway = std::make_unique<Gateway>(*m_provider,
        GatewayOptions {.address = QHostAddress(m_config.address),
            .allowsOtherMachines = m_config.allowsOtherMachines,
            .port = m_config.port,
            .key = m_state.key,
            .bodyLimit = m_config.bodyLimit,
            .maxRequests = m_config.maxRequests,
            .clientProvider = [this](
                                  const HttpServerRequest &request) { return m_provider->forClient(request.headers); },
            .usualModel = [this] { return m_provider->usualModel(); }});
    gateway->addInterceptor(*m_tape);
    gateway->addInterceptor(*m_faults);
    const Result<void> started = gateway->start();
    m_state.error = started ? QString() : started.error().message;
    m_state.isPortTaken = !started && started.error().kind == Error::Kind::Network && m_config.port >= firstOpenPort;
    if (started) {
        drain();
        connect(gateway.get(), &Gateway::requestHandled, this, &ApplicationGateway::noteRequest);
        m_gateway = std::move(gateway);
    }
    m_state.isRunning = m_gateway != nullptr;
    tell();
}

void ApplicationGateway::drain()
{
    if (!m_gateway)
        return;
    Gateway *leaving = m_gateway.get();
    m_draining.push_back(std::move(m_gateway));
    connect(leaving, &Gateway::drained, this, [this, leaving] {
        const auto found = std::find_if(
            m_draining.begin(), m_draining.end(), [leaving](const auto &known) { return known.get() == leaving; });
        if (found == m_draining.end())
            return;
        found->release()->deleteLater(); // it is emitting
        m_draining.erase(found);
    });
    leaving->drain();
}

void ApplicationGateway::stop()
{
    m_isWanted = false;
    drain();
    forgetFault();
    m_state.isRunning = false;
    GatewayConfig config = m_config;
    config.isEnabled = false;
    changeOptions(config);
}

void ApplicationGateway::changeOptions(const GatewayConfig &config)
{
    const bool moves = config.port != m_config.port || config.address != m_config.address
        || config.allowsOtherMachines != m_config.allowsOtherMachines;
    m_config.isEnabled = config.isEnabled;
    m_config.port = config.port;
    m_config.address = config.address;
    m_config.allowsOtherMachines = config.allowsOtherMachines;
    save();
    if (moves)
        forgetFault(); // it was about the other port
    if (moves && m_gateway)
        listen();
    else
        tell();
}

void ApplicationGateway::forgetFault()
{
    m_state.error.clear();
    m_state.isPortTaken = false;
}

QUrl ApplicationGateway::expectedUrl() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(reachableAddress(QHostAddress(m_config.address)).toString());
    url.setPort(m_gateway ? m_gateway->port() : m_config.port == 0 ? -1 : m_config.port);
    return url;
}

void ApplicationGateway::tell()
{
    m_state.baseUrl = expectedUrl();
    Q_EMIT stateChanged(m_state);
}

void ApplicationGateway::noteRequest(const GatewayLogEntry &entry)
{
    constexpr int firstError = 400;
    if (entry.refused) {
        const Error error {.kind = Error::Kind::InvalidRequest, .httpStatus = entry.status, .message = entry.problem};
        Q_EMIT exchangeEnded(tr("gateway refused %1").arg(entry.model.isEmpty() ? entry.path : entry.model),
            {.attempts = {*entry.refused}, .error = error});
    }
    if (entry.status >= firstError)
        Q_EMIT requestRefused({.time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss")),
            .request = QString(entry.method % u' ' % entry.path),
            .model = entry.model,
            .problem = entry.problem,
            .status = entry.status});
}

void ApplicationGateway::serve(GatewayPane &pane)
{
    GatewayPane *shown = &pane;
    connect(shown, &GatewayPane::startRequested, this, &ApplicationGateway::start);
    connect(shown, &GatewayPane::stopRequested, this, &ApplicationGateway::stop);
    connect(shown, &GatewayPane::keyRenewalRequested, this, &ApplicationGateway::renewKey);
    connect(shown, &GatewayPane::optionsChanged, this, &ApplicationGateway::changeOptions);
    connect(shown, &GatewayPane::recordingsWanted, this, [this, shown] { tellRecordings(*shown); });
    connect(shown, &GatewayPane::folderRequested, this, [](const QString &folder) {
        QDir().mkpath(folder); // before the first recording there is none
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    connect(this, &ApplicationGateway::requestRefused, shown, &GatewayPane::showRefusal);
    connect(this, &ApplicationGateway::stateChanged, shown, [this, shown](const GatewayState &state) {
        shown->setConfig(m_config);
        shown->setState(state);
    });
    connect(m_recordings.get(), &Recordings::changed, shown, [this, shown] { tellRecordings(*shown); });
    shown->setConfig(m_config);
    shown->setState(m_state);
}

void ApplicationGateway::tellRecordings(GatewayPane &pane)
{
    GatewayRecordings recordings {.folder = QDir(m_services.dataFolder).filePath(QStringLiteral("recordings"))};
    for (const Route &route : m_routes.routes()) {
        if (const int count = m_recordings->count(route.id); count > 0)
            recordings.counts.insert(route.id, count);
    }
    pane.setRecordings(recordings);
}

} // namespace diptych
