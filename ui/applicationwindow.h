// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "store/session.h"

#include <QObject>

#include <memory>

namespace diptych {

class ActivityBar;
class ActivityModel;
class ApplicationCommands;
class ApplicationComparison;
class ApplicationSessions;
class CapabilityBook;
class CatalogueModel;
class CataloguePane;
class ChatPane;
class CompletionPane;
class Conversation;
class EmbeddingsPane;
class GatewayPane;
class InspectorPane;
class MainWindow;
class PriceTable;
class RenderScheduler;
class RouteTable;
class ShadowLog;
struct RecordedExchange;
struct RequestSession;
class SessionListModel;
class SessionsPane;
class SessionStore;

/// The window with its panes put together: who is told what when something is chosen. The services behind it belong to
/// Application.
class ApplicationWindow : public QObject
{
    Q_OBJECT
public:
    struct Services {
        Connections &connections;
        CapabilityBook &book;
        PriceTable &prices;
        RouteTable &routes;
        ShadowLog &shadows;
        SessionStore *store; ///< may be null: nothing is kept then
    };

    explicit ApplicationWindow(Services services, QObject *parent = nullptr);
    ~ApplicationWindow() override;

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] Conversation &conversation() { return *m_conversation; }
    [[nodiscard]] CataloguePane &catalogue() { return *m_catalogue; }
    [[nodiscard]] SessionsPane &sessionsPane() { return *m_sessionsPane; }
    [[nodiscard]] ApplicationSessions &sessions() { return *m_sessions; }
    [[nodiscard]] ChatPane &chat() { return *m_chat; }
    [[nodiscard]] CompletionPane &completion() { return *m_completion; }
    [[nodiscard]] EmbeddingsPane &embeddings() { return *m_embeddings; }
    [[nodiscard]] InspectorPane &inspector() { return *m_inspector; }
    [[nodiscard]] ApplicationComparison &comparison() { return *m_comparison; }
    [[nodiscard]] GatewayPane &gateway() { return *m_gateway; }
    [[nodiscard]] ApplicationCommands &commands() { return *m_commands; }

    /// Lists a reply that somebody outside the window asked for.
    void addActivity(Reply *reply, const QString &label, const QJsonObject &commonRequest);
    void addFinishedActivity(const QString &label, const RecordedExchange &recorded);
    void setGateway(bool isRunning, int port, const QString &problem);
    void showStorageError(const Error &error);
    void startNewSession();

Q_SIGNALS:
    void endpointAddRequested();
    void endpointEditRequested(const QString &endpointId);
    void endpointRemoveRequested(const QString &endpointId);
    /// The same endpoint with other settings; its key is unchanged.
    void endpointChangeRequested(const diptych::Endpoint &endpoint);
    void settingsRequested();
    void themeToggleRequested();
    void gatewayShown(); ///< the user turned to the Gateway page
    void closing();

private:
    void setUpPanels();
    void setUpActions();
    void connectCatalogue();
    void connectInspector();
    void connectActivity();
    void connectGateway();
    void openInChat(int activityRow);
    void takeUp(const RequestSession &conversation);
    void showCurrentPane();
    void takeSettings(const RequestSettings &settings, bool forPane);
    void useModel(const ModelRef &model);
    void confirmLink(const QUrl &url);
    void openPrices(const ModelRef &model);

    Connections &m_connections;
    CapabilityBook &m_book;
    PriceTable &m_prices;
    SessionStore *m_store;
    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<CatalogueModel> m_catalogueModel;
    std::unique_ptr<SessionListModel> m_sessionModel;
    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<MainWindow> m_window; // owns the widgets below
    CataloguePane *m_catalogue;
    SessionsPane *m_sessionsPane;
    ChatPane *m_chat;
    CompletionPane *m_completion;
    EmbeddingsPane *m_embeddings;
    GatewayPane *m_gateway;
    InspectorPane *m_inspector;
    ActivityBar *m_activityBar;
    std::unique_ptr<ApplicationSessions> m_sessions; // before the widgets go
    std::unique_ptr<ApplicationCommands> m_commands; ///< the palette
    std::unique_ptr<ApplicationComparison> m_comparison; // last: it works with all of them
};

} // namespace diptych
