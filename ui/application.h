// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/settings.h"

#include <QFont>
#include <QObject>

#include <memory>

class QApplication;

namespace diptych {

class ApplicationComposer;
class ApplicationEndpoints;
class ApplicationGateway;
class ApplicationKeys;
class ApplicationKnowledge;
class ApplicationTools;
class ApplicationWindow;
class BuiltinServer;
class CompletionDraftStore;
class Connections;
class EndpointStore;
class FallbackSecretStore;
class HttpClient;
class SessionStore;

/// The composition root: makes the services, hands references to the window, and saves what the window changes. Nothing
/// else knows everything.
class Application : public QObject
{
    Q_OBJECT
public:
    /// `dataFolder`: where sessions, endpoints and settings are kept; created when missing.
    Application(QApplication &qt, const QString &dataFolder);
    ~Application() override;

    /// Shows the window; the built-in endpoint and the model lists follow when the event loop runs. Problems with
    /// files are shown in the window, they do not prevent the start.
    void start();
    [[nodiscard]] ApplicationWindow &window() { return *m_window; }
    [[nodiscard]] Connections &connections() { return *m_connections; }
    [[nodiscard]] ApplicationEndpoints &endpoints() { return *m_endpoints; }
    [[nodiscard]] ApplicationTools &tools() { return *m_tools; }
    [[nodiscard]] ApplicationGateway &gateway() { return *m_gateway; }
    void setTheme(Settings::Theme theme);
    /// Asks both panes of a new session something, so that the first start shows a comparison.
    void startComparison();

private:
    void openSessionStore();
    void makeBuiltinEndpoint();
    void loadEndpoints();
    void connectWindow();
    void connectGateway();
    void warnOfPassingKey();
    void restoreLastSession();
    void openSettings();
    void toggleTheme();
    void applyLook();
    void saveSettings();
    void saveWindow();
    void report(const Error &error);

    QApplication &m_qt;
    QFont m_desktopFont; ///< what the font size of the settings is added to
    SettingsStore m_settingsStore;
    Settings m_settings;
    std::unique_ptr<EndpointStore> m_endpointStore;
    std::unique_ptr<FallbackSecretStore> m_secrets;
    std::unique_ptr<SessionStore> m_sessions; // null when it can not be opened
    std::unique_ptr<BuiltinServer> m_builtin;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<ApplicationKnowledge> m_knowledge; // providers write into it
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ApplicationKeys> m_keys;
    std::unique_ptr<CompletionDraftStore> m_completionDraft;
    std::unique_ptr<ApplicationGateway> m_gateway; // for other programs
    std::unique_ptr<ApplicationWindow> m_window;
    std::unique_ptr<ApplicationComposer> m_composer; // shows its routes
    std::unique_ptr<ApplicationTools> m_tools; // after the window, whose conversation it follows
    std::unique_ptr<ApplicationEndpoints> m_endpoints; // after the window: its dialogs are the window's
    std::vector<Error> m_startErrors; // shown once there is a window
};

} // namespace diptych
