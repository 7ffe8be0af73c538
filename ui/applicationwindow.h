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
class CapabilityBook;
class CatalogueModel;
class CataloguePane;
class ChatPane;
class CompletionPane;
class Conversation;
class EmbeddingsPane;
class InspectorPane;
class MainWindow;
class PriceTable;
class RenderScheduler;
class SessionListModel;
class SessionStore;

/// The window with its panes put together: who is told what when something is chosen. The services behind it belong to
/// Application.
class ApplicationWindow : public QObject
{
    Q_OBJECT
public:
    /// `store` may be null: nothing is kept then.
    ApplicationWindow(Connections &connections, CapabilityBook &book, PriceTable &prices, SessionStore *store,
        QObject *parent = nullptr);
    ~ApplicationWindow() override;

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] Conversation &conversation() { return *m_conversation; }
    [[nodiscard]] CataloguePane &catalogue() { return *m_catalogue; }
    [[nodiscard]] ChatPane &chat() { return *m_chat; }
    [[nodiscard]] CompletionPane &completion() { return *m_completion; }
    [[nodiscard]] EmbeddingsPane &embeddings() { return *m_embeddings; }
    [[nodiscard]] InspectorPane &inspector() { return *m_inspector; }

    void setGateway(const QString &address);
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
    void closing();

private:
    void setUpPanels();
    void setUpActions();
    void connectCatalogue();
    void connectInspector();
    void connectActivity();
    void showCurrentPane();
    void takeSettings(const RequestSettings &settings, bool forPane);
    void openSession(const QString &sessionId);
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
    ChatPane *m_chat;
    CompletionPane *m_completion;
    EmbeddingsPane *m_embeddings;
    InspectorPane *m_inspector;
    ActivityBar *m_activityBar;
};

} // namespace diptych
