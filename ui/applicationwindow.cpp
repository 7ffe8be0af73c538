// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationwindow.h"

#include "applicationcommands.h"
#include "applicationcomparison.h"
#include "applicationrequests.h"
#include "applicationsessions.h"
#include "catalogue/cataloguepane.h"
#include "chat/chatpane.h"
#include "completion/completionpane.h"
#include "embeddings/embeddingspane.h"
#include "gatewaypane/gatewaypane.h"
#include "inspector/inspectorpane.h"
#include "mainwindow/activitybar.h"
#include "mainwindow/activitypane.h"
#include "mainwindow/mainwindow.h"
#include "models/activitymodel.h"
#include "models/requestjson.h"
#include "models/requestsession.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "models/sessionlistmodel.h"
#include "prices/pricedialog.h"
#include "sessions/sessionspane.h"
#include "store/sessionstore.h"
#include "theme/theme.h"
#include "transcript/renderscheduler.h"

#include <QAction>
#include <QDesktopServices>
#include <QDockWidget>
#include <QMessageBox>
#include <QStatusBar>

namespace diptych {

ApplicationWindow::ApplicationWindow(Services services, QObject *parent)
    : QObject(parent)
    , m_connections(services.connections)
    , m_book(services.book)
    , m_prices(services.prices)
    , m_store(services.store)
    , m_scheduler(std::make_unique<RenderScheduler>())
    , m_catalogueModel(std::make_unique<CatalogueModel>(m_connections))
    , m_sessionModel(std::make_unique<SessionListModel>(m_store))
    , m_activity(std::make_unique<ActivityModel>())
    , m_conversation(std::make_unique<Conversation>(m_connections, m_store))
    , m_window(std::make_unique<MainWindow>())
    , m_catalogue(new CataloguePane(*m_catalogueModel))
    , m_sessionsPane(new SessionsPane(m_store))
    , m_chat(new ChatPane(*m_conversation, m_connections, *m_catalogueModel, *m_scheduler))
    , m_completion(new CompletionPane(m_connections, *m_catalogueModel))
    , m_embeddings(new EmbeddingsPane(m_connections))
    , m_gateway(new GatewayPane({.routes = services.routes,
          .shadows = services.shadows,
          .connections = m_connections,
          .catalogue = *m_catalogueModel}))
    , m_inspector(new InspectorPane(m_connections, m_book, m_prices))
    , m_activityBar(new ActivityBar(*m_activity))
{
    m_catalogueModel->follow(m_book, m_prices);
    m_catalogue->setSessions(m_sessionsPane);
    m_sessions = std::make_unique<ApplicationSessions>(ApplicationSessions::Services {.store = m_store,
        .connections = m_connections,
        .conversation = *m_conversation,
        .pane = *m_sessionsPane,
        .chat = *m_chat,
        .window = *m_window});
    connect(m_sessions.get(), &ApplicationSessions::newSessionRequested, this, &ApplicationWindow::startNewSession);
    connect(m_sessions.get(), &ApplicationSessions::linkRequested, this, &ApplicationWindow::confirmLink);
    m_window->addPage(QStringLiteral("chat"), tr("Chat"), QStringLiteral("chat"), m_chat);
    m_window->addPage(QStringLiteral("completion"), tr("Completion"), QStringLiteral("completion"), m_completion);
    m_window->addPage(QStringLiteral("embeddings"), tr("Embeddings"), QStringLiteral("embeddings"), m_embeddings);
    m_window->addPage(QStringLiteral("gateway"), tr("Gateway"), QStringLiteral("gateway"), m_gateway);
    setUpActions();
    setUpPanels();
    connectCatalogue();
    connectInspector();
    connectActivity();
    connectGateway();
    m_commands = std::make_unique<ApplicationCommands>(*m_window, *m_catalogueModel, *m_sessionModel);
    connect(m_commands.get(), &ApplicationCommands::modelChosen, this, &ApplicationWindow::useModel);
    connect(m_commands.get(), &ApplicationCommands::sessionChosen, m_sessions.get(), &ApplicationSessions::openSession);
    m_comparison =
        std::make_unique<ApplicationComparison>(ApplicationComparison::Services {.conversation = *m_conversation,
            .connections = m_connections,
            .prices = m_prices,
            .chat = *m_chat,
            .window = *m_window});
    connect(m_comparison.get(), &ApplicationComparison::replyStarted, this, &ApplicationWindow::addActivity);
    connect(m_window.get(), &MainWindow::closing, this, &ApplicationWindow::closing);
    connect(m_conversation.get(), &Conversation::titleChanged, this, [this](const QString &title) {
        m_window->setWindowTitle(
            title.isEmpty() ? QStringLiteral("Diptych") : QStringLiteral("%1 — Diptych").arg(title));
    });
    m_chat->setCapabilityBook(&m_book);
    m_chat->setPrices(&m_prices);
    m_completion->setCapabilityBook(&m_book);
    m_completion->setPrices(&m_prices);
    connect(m_chat, &ChatPane::settingsRequested, m_inspector,
        [this] { m_inspector->showPage(InspectorPane::Page::Params); });
    connect(m_chat, &ChatPane::endpointEditRequested, this, &ApplicationWindow::endpointEditRequested);
    connect(m_chat, &ChatPane::endpointChangeRequested, this, &ApplicationWindow::endpointChangeRequested);
    connect(m_chat, &ChatPane::linkRequested, this, &ApplicationWindow::confirmLink);
}

ApplicationWindow::~ApplicationWindow() = default;

void ApplicationWindow::setUpActions()
{
    const auto add = [this](const QString &text, const QString &icon, const QKeySequence &keys, auto &&slot) {
        auto *action = new QAction(themeIcon(icon), text, m_window.get());
        action->setShortcut(keys);
        action->setToolTip(
            keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, slot);
        m_window->addAction(action);
        return action;
    };
    add(tr("New session"), QStringLiteral("add"), QKeySequence::New, [this] { startNewSession(); });
    add(tr("Add pane"), QStringLiteral("add"), QKeySequence(QStringLiteral("Ctrl+T")),
        [this] { m_chat->pickNewPane(); });
    add(tr("Find"), QStringLiteral("search"), QKeySequence::Find, [this] { m_chat->openFindBar(); });
    add(tr("Search in all sessions"), QStringLiteral("search"), QKeySequence(QStringLiteral("Ctrl+Shift+F")),
        [this] { m_sessionsPane->focusSearch(); });
    add(tr("Import sessions"), QStringLiteral("download"), {}, [this] { m_sessions->askForImport(); });
    add(tr("Export this session"), QStringLiteral("arrow-up"), {},
        [this] { m_sessions->askForExport({m_conversation->session().id}); });
    add(tr("Stop all answers"), QStringLiteral("stop"), QKeySequence(QStringLiteral("Ctrl+.")),
        [this] { m_conversation->stopAll(); });
    add(tr("Write a prompt"), QStringLiteral("text"), QKeySequence(QStringLiteral("Ctrl+L")), [this] {
        m_window->showPage(QStringLiteral("chat"));
        m_chat->focusComposer();
    });
    m_window->addToolAction(
        add(tr("Choose a model"), QStringLiteral("search"), QKeySequence(QStringLiteral("Ctrl+K")), [this] {
            m_window->showPage(QStringLiteral("chat"));
            m_chat->openModelPicker();
        }));
    m_window->addToolAction(add(
        tr("Switch between light and dark"), QStringLiteral("light"), {}, [this] { Q_EMIT themeToggleRequested(); }));
    m_window->addToolAction(add(tr("Settings"), QStringLiteral("settings"), QKeySequence(QStringLiteral("Ctrl+,")),
        [this] { Q_EMIT settingsRequested(); }));
}

void ApplicationWindow::setUpPanels()
{
    m_window->addPanel(QStringLiteral("catalogue"), tr("Models and sessions"), QStringLiteral("panel-left"),
        m_catalogue, Qt::LeftDockWidgetArea);
    m_window->addPanel(QStringLiteral("inspector"), tr("Inspector"), QStringLiteral("panel-right"), m_inspector,
        Qt::RightDockWidgetArea);
    auto *activityPane = new ActivityPane(*m_activity);
    QDockWidget *activityDock = m_window->addPanel(
        QStringLiteral("activity"), tr("Activity"), QStringLiteral("activity"), activityPane, Qt::BottomDockWidgetArea);
    activityDock->hide();
    m_window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_window->resizeDocks({m_window->findChild<QDockWidget *>(QStringLiteral("dock-catalogue")),
                              m_window->findChild<QDockWidget *>(QStringLiteral("dock-inspector"))},
        {220, 320}, Qt::Horizontal);
    m_window->statusBar()->addWidget(m_activityBar, 1);
    m_window->statusBar()->setSizeGripEnabled(false);
    connect(m_activityBar, &ActivityBar::toggleRequested, activityDock,
        [activityDock] { activityDock->setVisible(!activityDock->isVisible()); });
    connect(activityPane, &ActivityPane::openInChatRequested, this, &ApplicationWindow::openInChat);
    connect(activityPane, &ActivityPane::exchangeChosen, this, [this](int row) {
        if (Reply *reply = m_activity->replyAt(row))
            m_inspector->watch(reply, m_activity->commonRequestAt(row));
        else if (m_activity->exchangeAt(row))
            m_inspector->showExchange(m_activity->recordedAt(row));
    });
}

void ApplicationWindow::connectCatalogue()
{
    connect(m_catalogue, &CataloguePane::modelActivated, this, &ApplicationWindow::useModel);
    connect(m_catalogue, &CataloguePane::modelSelected, m_inspector, &InspectorPane::showModel);
    connect(m_catalogue, &CataloguePane::addToComparisonRequested, this, [this](const ModelRef &model) {
        m_window->showPage(QStringLiteral("chat"));
        m_chat->addPane(model);
    });
    connect(m_catalogue, &CataloguePane::endpointAddRequested, this, &ApplicationWindow::endpointAddRequested);
    connect(m_catalogue, &CataloguePane::endpointEditRequested, this, &ApplicationWindow::endpointEditRequested);
    connect(m_catalogue, &CataloguePane::endpointRemoveRequested, this, &ApplicationWindow::endpointRemoveRequested);
    connect(m_catalogue, &CataloguePane::endpointRefreshRequested, &m_connections, &Connections::refreshModels);
}

void ApplicationWindow::connectInspector()
{
    connect(m_chat, &ChatPane::currentPaneChanged, this, &ApplicationWindow::showCurrentPane);
    connect(
        m_chat, &ChatPane::previewChanged, this, [this] { m_inspector->setPreviewRequest(m_chat->previewRequest()); });
    // After a look at another model in the catalogue.
    connect(m_chat, &ChatPane::paneActivated, this, [this](const QString &paneId) {
        if (const PaneState *pane = m_conversation->pane(paneId))
            m_inspector->showModel(pane->model);
    });
    connect(m_conversation.get(), &Conversation::paneChanged, this, &ApplicationWindow::showCurrentPane);
    connect(m_conversation.get(), &Conversation::settingsChanged, this, &ApplicationWindow::showCurrentPane);
    connect(m_inspector, &InspectorPane::settingsEdited, this, &ApplicationWindow::takeSettings);
    connect(m_inspector, &InspectorPane::pricesRequested, this, &ApplicationWindow::openPrices);
    connect(m_inspector, &InspectorPane::endpointEdited, this, &ApplicationWindow::endpointChangeRequested);
    showCurrentPane();
    m_inspector->setPreviewRequest(m_chat->previewRequest());
}

void ApplicationWindow::connectActivity()
{
    const auto record = [this](Reply *reply, const QString &label, const QJsonObject &commonRequest) {
        m_activity->add(reply, label, commonRequest);
        m_inspector->watch(reply, commonRequest);
    };
    connect(
        m_conversation.get(), &Conversation::answerStarted, this, [this](const QString &paneId, int, ChatReply *reply) {
            const PaneState *pane = m_conversation->pane(paneId);
            if (!reply || !pane)
                return;
            const ChatRequest *asked = m_conversation->requestUnderWay(paneId);
            const QJsonObject request = asked ? requestJson(*asked) : QJsonObject();
            m_activity->add(reply, tr("chat with %1").arg(m_connections.displayName(pane->model)), request);
            if (paneId == m_chat->currentPaneId()) {
                m_inspector->showModel(pane->model);
                m_inspector->watch(reply, request);
            }
        });
    connect(m_completion, &CompletionPane::replyStarted, this, record);
    connect(m_embeddings, &EmbeddingsPane::replyStarted, this, record);
    connect(m_inspector, &InspectorPane::replyStarted, this,
        [this](Reply *reply, const QString &label) { m_activity->add(reply, label); });
}

void ApplicationWindow::showCurrentPane()
{
    const PaneState *pane = m_conversation->pane(m_chat->currentPaneId());
    if (!pane)
        return;
    m_inspector->showModel(pane->model);
    m_inspector->setSettings(
        m_conversation->session().settings, pane->overrides, m_conversation->session().panes.size() > 1);
    if (ChatReply *reply = m_conversation->reply(pane->id))
        m_inspector->watch(reply, requestJson(*m_conversation->requestUnderWay(pane->id)));
}

void ApplicationWindow::takeSettings(const RequestSettings &settings, bool forPane)
{
    if (forPane)
        m_conversation->setPaneOverrides(m_chat->currentPaneId(), settings);
    else
        m_conversation->setSettings(settings);
}

void ApplicationWindow::useModel(const ModelRef &model)
{
    const ModelDescription *description = m_connections.findModel(model);
    if (description && description->type == ModelType::Completion) {
        m_window->showPage(QStringLiteral("completion"));
        m_completion->setModel(model);
        return;
    }
    if (description
        && (description->type == ModelType::TextEmbeddings || description->type == ModelType::ImageEmbeddings)) {
        m_window->showPage(QStringLiteral("embeddings"));
        m_embeddings->chooseModel(0, model);
        return;
    }
    m_window->showPage(QStringLiteral("chat"));
    m_chat->swapCurrentModel(model);
}

void ApplicationWindow::connectGateway()
{
    const auto showGateway = [this] { m_window->showPage(QStringLiteral("gateway")); };
    connect(m_activityBar, &ActivityBar::gatewayRequested, this, showGateway);
    connect(m_gateway, &GatewayPane::compareRequested, this,
        [this](const ShadowPair &pair) { takeUp(sessionFromShadow(pair, m_connections)); });
    connect(m_window.get(), &MainWindow::pageChanged, this, [this](const QString &page) {
        if (page == QLatin1String("gateway"))
            Q_EMIT gatewayShown();
    });
}

void ApplicationWindow::setGateway(bool isRunning, int port, const QString &problem)
{
    m_activityBar->setGateway(isRunning, port, problem);
}

void ApplicationWindow::addActivity(Reply *reply, const QString &label, const QJsonObject &commonRequest)
{
    m_activity->add(reply, label, commonRequest);
}

void ApplicationWindow::addFinishedActivity(const QString &label, const RecordedExchange &recorded)
{
    m_activity->addFinished(label, recorded);
}

void ApplicationWindow::openInChat(int activityRow)
{
    const Result<ChatRequest> request = chatRequestFromJson(m_activity->commonRequestAt(activityRow));
    const Exchange *exchange = m_activity->exchangeAt(activityRow);
    if (!request || !exchange)
        return; // the list offers chats only; this one was let go in the meantime
    ModelRef model = modelAskedAt(exchange->url, request->model, m_connections);
    const PaneState *current = m_conversation->pane(m_chat->currentPaneId());
    if (!model.isValid() && current)
        model = current->model; // of an endpoint that is gone
    takeUp(sessionFromRequest(*request, {model}, m_connections));
}

void ApplicationWindow::takeUp(const RequestSession &conversation)
{
    m_conversation->adopt(conversation.session);
    m_window->showPage(QStringLiteral("chat"));
    m_chat->setPrompt(conversation.prompt);
    m_chat->focusComposer();
    if (conversation.leftOut > 0)
        m_chat->showNotice(tr("%n message(s) of the client are left out", nullptr, conversation.leftOut),
            tr("Calls of tools and their results have no place in a conversation here."));
}

void ApplicationWindow::showStorageError(const Error &error)
{
    m_chat->showStorageError(error);
}

void ApplicationWindow::startNewSession()
{
    std::vector<ModelRef> models;
    for (const PaneState &pane : m_conversation->session().panes)
        models.push_back(pane.model);
    m_conversation->startNew(models);
    m_window->showPage(QStringLiteral("chat"));
    m_chat->focusComposer();
}

void ApplicationWindow::openPrices(const ModelRef &model)
{
    auto *dialog = new PriceDialog(m_prices, m_connections, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->showModel(model);
    dialog->open();
}

void ApplicationWindow::confirmLink(const QUrl &url)
{
    // Model output is untrusted: nothing is opened without the address having been seen.
    auto *question = new QMessageBox(QMessageBox::Question, tr("Open link"),
        tr("Open this address in the browser?\n\n%1").arg(url.toDisplayString(QUrl::FullyEncoded)),
        QMessageBox::Open | QMessageBox::Cancel, m_window.get());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    connect(question, &QMessageBox::finished, this, [url](int button) {
        if (button == QMessageBox::Open && (url.scheme() == u"http" || url.scheme() == u"https"))
            QDesktopServices::openUrl(url);
    });
    question->open();
}

} // namespace diptych
