// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatpane.h"
#include "ui_chatpane.h"

#include "api/connections.h"
#include "api/repair.h"
#include "chat/answerpane.h"
#include "chat/composer.h"
#include "chat/conversationundo.h"
#include "chat/findbar.h"
#include "chat/promptdesk.h"
#include "chat/modelchoice.h"
#include "chat/panecommands.h"
#include "chat/panedeck.h"
#include "chat/prompteditor.h"
#include "chat/turnactions.h"
#include "chat/turnbar.h"
#include "chat/turnfiles.h"
#include "chat/undokeys.h"
#include "models/contentcheck.h"
#include "models/conversation.h"
#include "overlay/overlays.h"
#include "store/attachment.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "widgets/banner.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QToolButton>

#include <algorithm>

namespace diptych {

ChatPane::ChatPane(Conversation &conversation, Connections &connections, CatalogueModel &catalogue,
    RenderScheduler &scheduler, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ChatPane>())
    , m_conversation(conversation)
    , m_connections(connections)
    , m_scheduler(scheduler)
    , m_composer(new Composer(this))
    , m_desk(new PromptDesk(*m_composer, conversation, connections, this))
    , m_pictures(new TurnPictures(this))
    , m_findBar(new FindBar(this))
    , m_banner(new Banner(this))
    , m_choice(new ModelChoice(conversation, catalogue, this))
    , m_undo(new ConversationUndo(conversation, this))
    , m_deck(new PaneDeck(conversation, scheduler, this))
    , m_commands(new PaneCommands(conversation, *m_deck, *this))
    , m_turnActions(new TurnActions(conversation, this))
    , m_overlays(new Overlays(conversation, scheduler, this))
{
    m_ui->setupUi(this);
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->layout->insertWidget(m_ui->layout->indexOf(m_ui->panesRow) + 1, m_overlays->bar());
    m_ui->findLayout->addWidget(m_findBar);
    m_ui->composerLayout->addWidget(m_composer);
    m_ui->layout->setStretchFactor(m_ui->panesRow, 1); // the answers get the space, the composer what it needs
    m_ui->addPaneButton->setIcon(themeIcon(QStringLiteral("add")));
    connect(m_ui->addPaneButton, &QToolButton::clicked, this, &ChatPane::pickNewPane);
    connect(m_composer, &Composer::stopRequested, &m_conversation, &Conversation::stopAll);
    connect(m_composer, &Composer::systemPromptEdited, &m_conversation, &Conversation::setSystemPrompt);
    connect(m_composer, &Composer::textEdited, this, &ChatPane::previewChanged);
    connect(m_composer, &Composer::textEdited, this, &ChatPane::promptEdited);
    connect(m_overlays, &Overlays::continueFromRequested, &m_conversation, &Conversation::continueAnswer);
    connect(m_findBar, &FindBar::searchChanged, this, &ChatPane::search);
    connect(m_findBar, &FindBar::nextRequested, this, &ChatPane::searchNext);
    connect(m_findBar, &FindBar::closed, this, [this] { search({}); });
    setAcceptDrops(true);
    setUpUndo();
    setUpDeck();
    connectConversation();
    rebuild();
}

ChatPane::~ChatPane() = default;

void ChatPane::setUpUndo()
{
    for (QAction *action : {m_undo->createUndoAction(this), m_undo->createRedoAction(this)}) {
        addAction(action);
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        m_ui->addColumn->addWidget(button);
    }
    if (auto *edit = m_composer->findChild<QPlainTextEdit *>(QStringLiteral("promptEdit")))
        new UndoKeys(edit);
}

void ChatPane::connectConversation()
{
    connect(&m_conversation, &Conversation::sessionReplaced, this, &ChatPane::rebuild);
    const auto showAgain = [this] {
        for (AnswerPane *pane : m_panes)
            pane->showHistory();
        m_deck->setTurnCount(static_cast<int>(m_conversation.session().turns.size()));
        Q_EMIT previewChanged();
    };
    connect(&m_conversation, &Conversation::branchShown, this, showAgain);
    connect(&m_conversation, &Conversation::turnChanged, this, showAgain);
    connect(&m_conversation, &Conversation::paneAdded, this, [this](const QString &paneId) {
        AnswerPane *added = insertPane(paneId);
        orderPanes();
        arrange();
        added->showHistory();
        setCurrentPane(paneId);
    });
    connect(&m_conversation, &Conversation::paneMoved, this, [this] {
        orderPanes();
        arrange();
    });
    connect(&m_conversation, &Conversation::paneRemoved, this, &ChatPane::removePane);
    connect(&m_conversation, &Conversation::paneChanged, this, [this](const QString &paneId) {
        if (AnswerPane *pane = find(paneId))
            pane->showModel();
        renumber();
        Q_EMIT previewChanged();
    });
    connect(&m_connections, &Connections::endpointChanged, this, [this] {
        for (AnswerPane *pane : m_panes)
            pane->showModel();
    });
    connect(&m_connections, &Connections::endpointRemoved, this, [this] {
        for (AnswerPane *pane : m_panes)
            pane->showModel();
    });
    connect(&m_conversation, &Conversation::settingsChanged, this, &ChatPane::previewChanged);
    connect(&m_conversation, &Conversation::turnAdded, this, &ChatPane::showTurn);
    connect(&m_conversation, &Conversation::answerStarted, this, [this](const QString &paneId, int turn) {
        if (AnswerPane *pane = find(paneId))
            pane->beginAnswer(turn);
    });
    connect(&m_conversation, &Conversation::deltaReceived, this, [this](const QString &paneId, const ChatDelta &delta) {
        if (AnswerPane *pane = find(paneId))
            pane->addDelta(delta);
    });
    connect(&m_conversation, &Conversation::answerFinished, this, [this](const QString &paneId, int turn) {
        if (AnswerPane *pane = find(paneId))
            pane->endAnswer(turn);
        Q_EMIT previewChanged();
    });
    connect(
        &m_conversation, &Conversation::runningChanged, this, [this](int count) { m_composer->setRunning(count > 0); });
    connect(&m_conversation, &Conversation::storageFailed, this, &ChatPane::showStorageError);
}

void ChatPane::setCapabilityBook(const CapabilityBook *book)
{
    m_choice->setCapabilityBook(book);
    m_desk->setCapabilityBook(book);
}

void ChatPane::setPrices(const PriceTable *prices)
{
    m_prices = prices;
    m_desk->setPrices(prices);
    for (AnswerPane *pane : m_panes)
        pane->setPrices(prices);
}

void ChatPane::addBelowPanes(QWidget *widget)
{
    m_ui->layout->insertWidget(m_ui->layout->indexOf(m_ui->panesRow) + 1, widget);
}

void ChatPane::addSideAction(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setAccessibleName(action->text());
    m_ui->addColumn->insertWidget(m_ui->addColumn->indexOf(m_ui->addSpacer), button);
}

void ChatPane::showBlind(const QStringList &order, const QHash<QString, QString> &names, int firstTurn)
{
    for (AnswerPane *pane : m_panes) {
        const int place = static_cast<int>(order.indexOf(pane->paneId()));
        if (place >= 0)
            pane->setBlind(names.value(pane->paneId()), firstTurn);
    }
    std::vector<AnswerPane *> shown;
    for (const QString &paneId : order) {
        if (AnswerPane *pane = find(paneId))
            shown.push_back(pane);
    }
    std::copy_if(m_panes.begin(), m_panes.end(), std::back_inserter(shown),
        [&order](const AnswerPane *pane) { return !order.contains(pane->paneId()); });
    renumber();
    m_deck->setPanes(shown);
    m_desk->setAliases(names);
    if (!names.isEmpty() && !order.isEmpty())
        setCurrentPane(order.first()); // the mark would tell which pane it was before
}

void ChatPane::addPane(const ModelRef &model)
{
    m_conversation.addPane(model);
}

void ChatPane::swapCurrentModel(const ModelRef &model)
{
    if (m_currentPaneId.isEmpty())
        addPane(model);
    else
        m_conversation.setPaneModel(m_currentPaneId, model);
}

void ChatPane::repair(const QString &paneId, const Repair &repair)
{
    const RequestOrigin origin = m_conversation.originOf(paneId);
    switch (repair.kind) {
    case Repair::Kind::ChooseModel:
        if (AnswerPane *pane = find(paneId))
            m_choice->forRepair(paneId, pane->modelAnchor());
        return;
    case Repair::Kind::UpdateKey:
    case Repair::Kind::EditEndpoint:
        Q_EMIT endpointEditRequested(origin.endpoint.id);
        return;
    case Repair::Kind::Adapt: {
        Endpoint endpoint = origin.endpoint;
        endpoint.adaptation = Adaptation::Adapt;
        Q_EMIT endpointChangeRequested(endpoint);
        break;
    }
    default:
        m_conversation.setPaneOverrides(paneId, repairedOverrides(repair, origin));
        break;
    }
    m_conversation.regenerate(paneId);
    setCurrentPane(paneId);
}

void ChatPane::pickNewPane()
{
    m_choice->forNewPane(m_ui->addPaneButton);
}

void ChatPane::openModelPicker()
{
    if (AnswerPane *pane = find(m_currentPaneId))
        m_choice->forPane(m_currentPaneId, pane->modelAnchor());
    else
        pickNewPane();
}

void ChatPane::openFindBar()
{
    m_findBar->open();
}

void ChatPane::findText(const QString &text)
{
    m_findBar->open(text);
}

void ChatPane::revealTurn(int turn)
{
    if (turn < 0)
        return;
    for (AnswerPane *pane : m_panes)
        pane->transcript().revealTurn(turn);
}

void ChatPane::focusComposer()
{
    m_composer->setFocus();
}

void ChatPane::setPrompt(const QString &text)
{
    m_composer->setText(text);
}

void ChatPane::showNotice(const QString &title, const QString &text)
{
    m_banner->showMessage(Banner::Tone::Info, title, text);
}

void ChatPane::showStorageError(const Error &error)
{
    m_banner->showMessage(
        Banner::Tone::Error, tr("This conversation is not being saved: %1").arg(error.message), whatToDo(error));
}

ChatRequest ChatPane::previewRequest() const
{
    std::optional<Message> prompt;
    if (!m_composer->isBlank())
        prompt = m_composer->prompt().value_or(m_composer->draft()); // a variable without a value stands as written
    return withShortContent(m_conversation.requestFor(m_currentPaneId, prompt));
}

void ChatPane::showTurn(int turn)
{
    for (AnswerPane *pane : m_panes) {
        const PaneState *state = m_conversation.pane(pane->paneId());
        if (state && state->isSynced)
            pane->showTurn(turn);
    }
    m_deck->setTurnCount(turn + 1);
}

void ChatPane::search(const QString &text)
{
    int matches = 0;
    for (AnswerPane *pane : m_panes) {
        pane->transcript().clearFind();
        if (!text.isEmpty()) {
            pane->transcript().find(text, false, true);
            matches += pane->transcript().matchCount(text);
        }
    }
    m_findBar->setMatchCount(matches);
}

void ChatPane::searchNext(const QString &text, bool backwards)
{
    for (AnswerPane *pane : m_panes)
        pane->transcript().find(text, backwards, false);
}

void ChatPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void ChatPane::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    m_composer->addFiles(event->mimeData()->urls());
}

void ChatPane::keyPressEvent(QKeyEvent *event)
{
    // What has the focus did not want it: a pane that is large goes back among the others.
    if (event->key() == Qt::Key_Escape && !m_deck->view().focused.isEmpty())
        m_deck->setFocused({});
    else
        QWidget::keyPressEvent(event);
}

} // namespace diptych
