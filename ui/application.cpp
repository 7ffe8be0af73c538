// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "api/connections.h"
#include "applicationcommands.h"
#include "applicationcomposer.h"
#include "applicationendpoints.h"
#include "api/learningprovider.h"
#include "applicationgateway.h"
#include "applicationkeys.h"
#include "applicationknowledge.h"
#include "applicationtools.h"
#include "applicationwindow.h"
#include "completion/completionpane.h"
#include "gateway/builtinserver.h"
#include "gatewaypane/gatewaypane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "net/httpclient.h"
#include "providers/registry.h"
#include "settings/settingsdialog.h"
#include "store/completiondraft.h"
#include "store/endpointstore.h"
#include "store/fallbacksecretstore.h"
#include "store/sessionstore.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QScreen>
#include <QTimer>

namespace diptych {

namespace {

const QLatin1String builtinId("builtin");
constexpr QSize smallestStart {1008, 600}; // on a screen of 1024×640
constexpr QSize frameMargin {16, 40}; // what a window manager draws around a window

ThemeMode themeMode(Settings::Theme theme)
{
    switch (theme) {
    case Settings::Theme::Light:
        return ThemeMode::Light;
    case Settings::Theme::Dark:
        return ThemeMode::Dark;
    case Settings::Theme::System:
        break;
    }
    return ThemeMode::System;
}

std::vector<ModelRef> firstModels()
{
    return {{builtinId, QStringLiteral("guide")}, {builtinId, QStringLiteral("guide-brief")}};
}

} // namespace

Application::Application(QApplication &qt, const QString &dataFolder)
    : m_qt(qt)
    , m_desktopFont(QApplication::font())
    , m_settingsStore(dataFolder)
    , m_http(std::make_unique<HttpClient>())
{
    QDir().mkpath(dataFolder);
    m_settings = m_settingsStore.load();
    applyLook();
    const QDir folder(dataFolder);
    m_endpointStore = std::make_unique<EndpointStore>(folder.filePath(QStringLiteral("endpoints.json")));
    m_secrets = std::make_unique<FallbackSecretStore>(
        folder.filePath(QStringLiteral("keys.json")), std::make_unique<KeychainSecretStore>());
    m_secrets->allowFile(m_settings.areKeysInFile);
    openSessionStore();
    m_knowledge = std::make_unique<ApplicationKnowledge>(dataFolder, m_startErrors);
    const auto learning = [this](const Endpoint &endpoint) {
        return std::make_unique<LearningProvider>(makeProvider(endpoint, *m_http), m_knowledge->book());
    };
    m_connections = std::make_unique<Connections>(learning);
    m_connections->setDescriptors(providerDescriptors());
    m_knowledge->follow(*m_connections);
    m_keys = std::make_unique<ApplicationKeys>(*m_connections, *m_secrets);
    makeBuiltinEndpoint();
    m_gateway = std::make_unique<ApplicationGateway>(ApplicationGateway::Services {.connections = *m_connections,
        .prices = m_knowledge->prices(),
        .secrets = *m_secrets,
        .factory = learning,
        .dataFolder = dataFolder});
    m_window = std::make_unique<ApplicationWindow>(ApplicationWindow::Services {.connections = *m_connections,
        .book = m_knowledge->book(),
        .prices = m_knowledge->prices(),
        .routes = m_gateway->routes(),
        .shadows = m_gateway->shadows(),
        .store = m_sessions.get()});
    m_composer = std::make_unique<ApplicationComposer>(*m_window, dataFolder);
    m_tools = std::make_unique<ApplicationTools>(*m_window, dataFolder);
    m_endpoints = std::make_unique<ApplicationEndpoints>(
        ApplicationEndpoints::Services {.connections = *m_connections,
            .store = *m_endpointStore,
            .secrets = *m_secrets,
            .keys = *m_keys,
            .factory = [this](const Endpoint &endpoint) { return makeProvider(endpoint, *m_http); }},
        m_window->catalogue(), m_window->window());
    m_completionDraft = std::make_unique<CompletionDraftStore>(folder.filePath(QStringLiteral("completion.json")));
    m_window->completion().setDraftStore(m_completionDraft.get());
    connectWindow();
}

Application::~Application()
{
    m_composer.reset();
    // Replies hold on to the HTTP client; they go before it.
    m_endpoints.reset();
    m_window.reset();
    m_gateway.reset();
    m_keys.reset();
    m_connections.reset();
}

void Application::openSessionStore()
{
    const QString path = QDir(m_settingsStore.dataFolder()).filePath(QStringLiteral("sessions.db"));
    Result<std::unique_ptr<SessionStore>> opened = SessionStore::open(path);
    if (opened)
        m_sessions = std::move(*opened);
    else
        m_startErrors.push_back(opened.error());
}

void Application::makeBuiltinEndpoint()
{
    m_builtin = std::make_unique<BuiltinServer>();
    if (const Result<Endpoint> endpoint = m_builtin->start())
        m_connections->add(*endpoint);
    else
        m_startErrors.push_back(endpoint.error());
}

void Application::loadEndpoints()
{
    const Result<std::vector<Endpoint>> stored = m_endpointStore->load();
    if (!stored) {
        report(stored.error());
        return;
    }
    for (const Endpoint &endpoint : *stored) {
        m_connections->add(endpoint);
        m_keys->load(endpoint);
    }
    m_endpoints->offerEnvironment();
}

void Application::connectWindow()
{
    ApplicationWindow *window = m_window.get();
    connect(window, &ApplicationWindow::endpointAddRequested, m_endpoints.get(), &ApplicationEndpoints::add);
    connect(window, &ApplicationWindow::endpointEditRequested, m_endpoints.get(), &ApplicationEndpoints::edit);
    connect(window, &ApplicationWindow::endpointRemoveRequested, m_endpoints.get(), &ApplicationEndpoints::askToRemove);
    connect(window, &ApplicationWindow::endpointChangeRequested, m_endpoints.get(), &ApplicationEndpoints::change);
    connect(window, &ApplicationWindow::settingsRequested, this, &Application::openSettings);
    connect(window, &ApplicationWindow::themeToggleRequested, this, &Application::toggleTheme);
    connect(window, &ApplicationWindow::closing, this, &Application::saveWindow);
    window->commands().setRecent(m_settings.recentCommands);
    connect(&window->commands(), &ApplicationCommands::recentChanged, this,
        [this](const QStringList &ids) { m_settings.recentCommands = ids; });
    connect(m_keys.get(), &ApplicationKeys::loaded, m_connections.get(), &Connections::refreshModels);
    connect(m_keys.get(), &ApplicationKeys::failed, this, &Application::report);
    connect(m_knowledge.get(), &ApplicationKnowledge::failed, this, &Application::report);
    connect(m_endpoints.get(), &ApplicationEndpoints::failed, this, &Application::report);
    m_endpoints->setEngineChoices(m_settings.llamaServer, m_settings.modelFolder);
    connect(m_endpoints.get(), &ApplicationEndpoints::engineProgramChosen, this, [this](const QString &program) {
        m_settings.llamaServer = program;
        saveSettings();
    });
    connect(m_endpoints.get(), &ApplicationEndpoints::modelFolderChosen, this, [this](const QString &folder) {
        m_settings.modelFolder = folder;
        saveSettings();
    });
    if (m_sessions)
        connect(m_sessions.get(), &SessionStore::failed, this, &Application::report);
    connect(m_tools.get(), &ApplicationTools::failed, this, &Application::report);
    connectGateway();
}

void Application::warnOfPassingKey()
{
    if (m_secrets->place() == FallbackSecretStore::Place::Memory)
        m_window->gateway().showNotice(tr("The key changes with every start"),
            tr("There is no keychain here. Allow keys in a file in the settings, and programs keep their key."));
}

void Application::connectGateway()
{
    ApplicationGateway *gateway = m_gateway.get();
    ApplicationWindow *window = m_window.get();
    gateway->serve(window->gateway());
    connect(gateway, &ApplicationGateway::replyStarted, window, &ApplicationWindow::addActivity);
    connect(gateway, &ApplicationGateway::exchangeEnded, window, &ApplicationWindow::addFinishedActivity);
    connect(gateway, &ApplicationGateway::failed, &window->gateway(), &GatewayPane::showProblem);
    connect(gateway, &ApplicationGateway::stateChanged, window, [window](const GatewayState &state) {
        window->setGateway(state.isRunning, state.baseUrl.port(), state.error);
    });
    connect(window, &ApplicationWindow::gatewayShown, gateway, &ApplicationGateway::prepareKey);
    // The key is read first, so that the place is known then.
    connect(m_secrets.get(), &FallbackSecretStore::placeChanged, this, &Application::warnOfPassingKey);
}

void Application::start()
{
    MainWindow &frame = m_window->window();
    if (!m_settings.windowGeometry.isEmpty())
        frame.restoreGeometry(m_settings.windowGeometry);
    else
        frame.resize(frame.size().boundedTo((frame.screen()->availableSize() - frameMargin).expandedTo(smallestStart)));
    if (!m_settings.windowState.isEmpty())
        frame.restoreState(m_settings.windowState);
    frame.show();
    // What needs no picture comes after the first one.
    QTimer::singleShot(0, this, [this] {
        restoreLastSession();
        loadEndpoints();
        m_gateway->load();
        m_connections->refreshModels(builtinId);
        for (const Error &error : m_startErrors)
            report(error);
        m_startErrors.clear();
    });
}

void Application::restoreLastSession()
{
    Conversation &conversation = m_window->conversation();
    if (!m_settings.lastSessionId.isEmpty() && conversation.open(m_settings.lastSessionId))
        return;
    conversation.startNew(firstModels());
    if (!m_settings.isIntroductionSeen) {
        m_settings.isIntroductionSeen = true;
        startComparison();
    }
}

void Application::startComparison()
{
    m_window->conversation().ask(Message::fromText(Role::User, tr("What is Diptych, and what can I do with it?")));
}

void Application::openSettings()
{
    auto *dialog = new SettingsDialog(m_settings, *m_secrets, m_settingsStore.dataFolder(), &m_window->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::settingsChanged, this, [this](const Settings &settings) {
        m_settings = settings;
        applyLook();
        saveSettings();
    });
    dialog->open();
}

void Application::applyLook()
{
    applyTheme(m_qt, themeMode(m_settings.theme));
    QFont font = m_desktopFont;
    font.setPointSize(font.pointSize() + m_settings.fontSizeDelta);
    if (QApplication::font() != font)
        QApplication::setFont(font);
}

void Application::setTheme(Settings::Theme theme)
{
    m_settings.theme = theme;
    applyLook();
    saveSettings();
}

void Application::toggleTheme()
{
    setTheme(isDark(QApplication::palette()) ? Settings::Theme::Light : Settings::Theme::Dark);
}

void Application::saveSettings()
{
    if (const Result<void> saved = m_settingsStore.save(m_settings); !saved)
        report(saved.error());
}

void Application::saveWindow()
{
    m_settings.windowGeometry = m_window->window().saveGeometry();
    m_settings.windowState = m_window->window().saveState();
    const Session &session = m_window->conversation().session();
    m_settings.lastSessionId = session.turns.empty() ? QString() : session.id;
    saveSettings();
}

void Application::report(const Error &error)
{
    m_window->showStorageError(error);
}

} // namespace diptych
