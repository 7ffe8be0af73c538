// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replayfile.h"
#include "api/connections.h"
#include "api/price.h"
#include "api/routetable.h"
#include "api/shadowlog.h"
#include "core/secret.h"
#include "gateway/gateway.h"
#include "gateway/routing/routedservices.h"
#include "gatewaypane/gatewaystate.h"
#include "store/gatewayconfig.h"

#include <QTimer>

#include <memory>

namespace diptych {

class FaultInterceptor;
class GatewayPane;
class Recordings;
class RoutedProvider;
class SecretJob;
class SecretStore;
class TapeInterceptor;

/// The gateway that other programs use: its routes, its key, the file that it is set up by, and what the Gateway page
/// wishes of it. Not the one behind the built-in endpoint.
class ApplicationGateway : public QObject
{
    Q_OBJECT
public:
    struct Services {
        Connections &connections;
        const PriceTable &prices;
        SecretStore &secrets;
        Connections::ProviderFactory factory; ///< makes a provider for each request
        QString dataFolder;
    };

    /// Name of its key in the secret store.
    static constexpr QLatin1String keyName {"gateway"};

    explicit ApplicationGateway(Services services);
    ~ApplicationGateway() override;

    [[nodiscard]] RouteTable &routes() { return m_routes; }
    [[nodiscard]] ShadowLog &shadows() { return m_shadows; }
    [[nodiscard]] const GatewayConfig &config() const { return m_config; } ///< without routes
    [[nodiscard]] const GatewayState &state() const { return m_state; }

    /// Reads the file, and starts where it says so.
    void load();
    /// Reads the key, or makes the first one; it may ask the user to unlock the keychain.
    void prepareKey();
    void start();
    /// Takes no more requests; those under way are answered.
    void stop();
    /// The old key opens nothing from the next request on.
    void renewKey();
    /// A gateway that runs moves to the new address or port at once.
    void changeOptions(const GatewayConfig &config);
    /// Does what the page wishes and tells it what is so. It must outlive this, or be gone before events are handled.
    void serve(GatewayPane &pane);

Q_SIGNALS:
    void stateChanged(const diptych::GatewayState &state);
    void requestRefused(const diptych::GatewayRefusal &refusal);
    /// A model is asked for a client.
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);
    /// A client was answered without a model: refused, or from a recording.
    void exchangeEnded(const QString &label, const diptych::RecordedExchange &recorded);
    void failed(const diptych::Error &error);

private:
    [[nodiscard]] RoutedServices routedServices();
    [[nodiscard]] std::vector<ModelRef> openModels() const;
    void takeKey();
    void useKey(const Secret &key, bool isNew);
    void listen();
    void drain();
    void forgetFault();
    void tell();
    void noteRequest(const GatewayLogEntry &entry);
    [[nodiscard]] QUrl expectedUrl() const;
    void save();
    void tellRecordings(GatewayPane &pane);

    Services m_services;
    GatewayStore m_store;
    GatewayConfig m_config; // without routes
    GatewayConfig m_saved; // what is in the file
    GatewayState m_state;
    RouteTable m_routes;
    ShadowLog m_shadows;
    std::unique_ptr<RoutedProvider> m_provider;
    std::unique_ptr<Recordings> m_recordings;
    std::unique_ptr<TapeInterceptor> m_tape;
    std::unique_ptr<FaultInterceptor> m_faults;
    std::vector<std::unique_ptr<Gateway>> m_draining; // answer what they have begun
    std::unique_ptr<Gateway> m_gateway; // null: off
    std::unique_ptr<SecretJob> m_keyJob; // reads or writes the key
    QTimer m_saving;
    bool m_isWanted = false; ///< to be started when the key is there
    bool m_isFileGood = true; ///< what is in it can be written anew, if there is one
};

} // namespace diptych
