// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/price.h"
#include "cli/serveconfig.h"
#include "cli/shadowfile.h"
#include "gateway/builtinserver.h"
#include "gateway/gateway.h"
#include "gateway/routing/routedprovider.h"
#include "gateway/tape/tapeinterceptor.h"
#include "net/httpclient.h"

namespace diptych {

/// The gateway without a window: the built-in models, the endpoints and routes of a file, and the server in front.
class GatewayService : public QObject
{
    Q_OBJECT
public:
    GatewayService(const ServeConfig &config, BuiltinOptions models);
    ~GatewayService() override;

    /// Listens once the models are known; `started` or `failed` follows.
    void start();
    /// Answers what is under way and takes nothing new; `drained` follows.
    void drain() { m_gateway->drain(); }
    [[nodiscard]] const Gateway &gateway() const { return *m_gateway; }

Q_SIGNALS:
    void started();
    void failed(const diptych::Error &error); ///< it does not listen
    void noticed(const QString &text); ///< something that whoever runs it should know
    void requestHandled(const diptych::GatewayLogEntry &entry);
    void drained();

private:
    void addEndpoints(const ServeConfig &config);
    void listen();
    [[nodiscard]] RoutedServices services();

    BuiltinServer m_builtin;
    HttpClient m_http;
    PriceTable m_prices;
    Connections m_connections;
    RouteTable m_routes;
    ShadowLog m_shadows;
    ShadowFile m_shadowFile;
    RoutedProvider m_provider;
    Recordings m_recordings;
    TapeInterceptor m_tape;
    FaultInterceptor m_faults;
    std::unique_ptr<Gateway> m_gateway; // dies first: its requests hold on to the others
    bool m_isListening = false;
};

} // namespace diptych
