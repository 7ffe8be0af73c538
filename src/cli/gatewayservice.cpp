// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/gatewayservice.h"

#include "api/forwardingprovider.h"
#include "api/modelcharge.h"
#include "builtin/catalogue.h"
#include "providers/registry.h"

#include <QDir>

namespace diptych {

namespace {

const QString builtinId = QStringLiteral("builtin");

GatewayOptions gatewayOptions(const ServeConfig &config)
{
    const GatewayConfig &gateway = config.gateway;
    return {.address = QHostAddress(gateway.address),
        .allowsOtherMachines = gateway.allowsOtherMachines,
        .port = gateway.port,
        .key = config.key,
        .bodyLimit = gateway.bodyLimit,
        .maxRequests = gateway.maxRequests};
}

} // namespace

GatewayService::GatewayService(const ServeConfig &config, BuiltinOptions models)
    : m_builtin(models)
    , m_connections([this](const Endpoint &endpoint) { return makeProvider(endpoint, m_http); })
    , m_shadowFile(m_shadows, QDir(config.recordings).filePath(QStringLiteral("shadows.jsonl")))
    , m_provider(m_routes, services())
    , m_recordings(config.recordings)
    , m_tape(m_routes, m_recordings)
    , m_faults([this](const QString &model) {
        return leadsOnlyTo(m_routes, model, {builtinId, faultyModel});
    })
{
    m_prices.setPrices(config.prices);
    m_connections.setDescriptors(providerDescriptors());
    addEndpoints(config);
    m_routes.setRoutes(config.gateway.routes);
    GatewayOptions options = gatewayOptions(config);
    options.clientProvider = [this](const HttpServerRequest &request) { return m_provider.forClient(request.headers); };
    options.usualModel = [this] { return m_provider.usualModel(); };
    m_gateway = std::make_unique<Gateway>(m_provider, options);
    m_gateway->addInterceptor(m_tape);
    m_gateway->addInterceptor(m_faults);
    connect(m_gateway.get(), &Gateway::requestHandled, this, &GatewayService::requestHandled);
    connect(m_gateway.get(), &Gateway::drained, this, [this] {
        if (m_provider.shadowCount() == 0)
            Q_EMIT drained();
        else
            connect(&m_provider, &RoutedProvider::shadowsEnded, this, &GatewayService::drained);
    });
    const auto notice = [this](const Error &error) { Q_EMIT noticed(error.message); };
    connect(&m_recordings, &Recordings::failed, this, notice);
    connect(&m_shadowFile, &ShadowFile::failed, this, notice);
}

GatewayService::~GatewayService() = default;

void GatewayService::addEndpoints(const ServeConfig &config)
{
    connect(&m_connections, &Connections::modelsChanged, this, [this](const QString &endpointId) {
        if (endpointId == builtinId)
            listen();
    });
    connect(&m_connections, &Connections::modelsFailed, this, [this](const QString &endpointId, const Error &error) {
        // Its models are served all the same, only their kinds are not known.
        Q_EMIT noticed(tr("%1 does not list its models: %2").arg(endpointId, error.message));
    });
    for (const Endpoint &endpoint : config.endpoints)
        m_connections.add(endpoint);
}

RoutedServices GatewayService::services()
{
    return {.endpoint = [this](const QString &id) { return m_connections.find(id); },
        .makeProvider = [this](const Endpoint &endpoint, const QString &model) -> std::unique_ptr<Provider> {
            // Nothing is lost or added between these models and the client; faults are made where there is a wire.
            if (endpoint.id == builtinId && model != faultyModel)
                return std::make_unique<ForwardingProvider>(m_builtin.models());
            return makeProvider(endpoint, m_http);
        },
        .describe = [this](const ModelRef &model) { return m_connections.findModel(model); },
        .openModels =
            [this] {
                std::vector<ModelRef> models;
                for (const ModelDescription &model : m_connections.models(builtinId))
                    models.push_back({builtinId, model.id});
                return models;
            },
        .charge = [this](const ModelRef &model) { return chargeOf(model, m_connections, m_prices); },
        .shadows = &m_shadows};
}

void GatewayService::start()
{
    const Result<Endpoint> builtin = m_builtin.start();
    if (!builtin) {
        Q_EMIT failed(builtin.error());
        return;
    }
    m_connections.add(*builtin);
    for (const Endpoint &endpoint : m_connections.endpoints())
        m_connections.refreshModels(endpoint.id);
}

void GatewayService::listen()
{
    if (std::exchange(m_isListening, true))
        return;
    if (const Result<void> started = m_gateway->start(); !started)
        Q_EMIT failed(started.error());
    else
        Q_EMIT this->started();
}

} // namespace diptych
