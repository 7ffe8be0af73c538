// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatpane.h"
#include "ui_chatpane.h"

#include "api/capabilitybook.h"
#include "api/connections.h"
#include "api/repair.h"
#include "catalogue/modelpicker.h"
#include "chat/answerpane.h"
#include "chat/composer.h"
#include "chat/conversationundo.h"
#include "chat/findbar.h"
#include "chat/promptdesk.h"
#include "chat/turnalignment.h"
#include "chat/turnfiles.h"
#include "chat/undokeys.h"
#include "models/cataloguemodel.h"
#include "models/contentcheck.h"
#include "models/conversation.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "widgets/banner.h"

#include <QAction>
#include <QDragEnterEvent>
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
    , m_picker(new ModelPicker(catalogue, this))
    , m_undo(new ConversationUndo(conversation, this))
    , m_alignment(new TurnAlignment(this))
{
    m_ui->setupUi(this);
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->findLayout->addWidget(m_findBar);
    m_ui->composerLayout->addWidget(m_composer);
    m_ui->layout->setStretchFactor(m_ui->panesRow, 1); // the answers get the space, the composer what it needs
    m_ui->addPaneButton->setIcon(themeIcon(QStringLiteral("add")));
    connect(m_ui->addPaneButton, &QToolButton::clicked, this, &ChatPane::pickNewPane);
    connect(m_picker, &ModelPicker::modelChosen, this, &ChatPane::takeModel);
    connect(m_composer, &Composer::stopRequested, &m_conversation, &Conversation::stopAll);
    connect(m_composer, &Composer::systemPromptEdited, &m_conversation, &Conversation::setSystemPrompt);
    connect(m_composer, &Composer::textEdited, this, &ChatPane::previewChanged);
    connect(m_composer, &Composer::textEdited, this, &ChatPane::promptEdited);
    connect(m_findBar, &FindBar::searchChanged, this, &ChatPane::search);
    connect(m_findBar, &FindBar::nextRequested, this, &ChatPane::searchNext);
    connect(m_findBar, &FindBar::closed, this, [this] { search({}); });
    setAcceptDrops(true);
    setUpUndo();
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
    connect(&m_conversation, &Conversation::branchShown, this, &ChatPane::rebuild);
    connect(&m_conversation, &Conversation::paneAdded, this, [this](const QString &paneId) {
        insertPane(paneId)->showHistory();
        renumber();
        setCurrentPane(paneId);
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

void ChatPane::rebuild()
{
    for (AnswerPane *pane : m_panes) {
        pane->hide();
        pane->deleteLater();
    }
    m_panes.clear();
    m_currentPaneId.clear();
    for (const PaneState &pane : m_conversation.session().panes)
        insertPane(pane.id)->showHistory();
    m_composer->setSystemPrompt(m_conversation.session().systemPrompt);
    m_composer->setRunning(m_conversation.runningCount() > 0);
    renumber();
    if (!m_panes.empty())
        setCurrentPane(m_panes.front()->paneId());
    Q_EMIT previewChanged();
}

void ChatPane::setCapabilityBook(const CapabilityBook *book)
{
    m_book = book;
    m_desk->setCapabilityBook(book);
}

void ChatPane::setToolDesk(ToolDesk *desk)
{
    m_toolDesk = desk;
    for (AnswerPane *pane : m_panes) {
        if (desk)
            pane->setToolDesk(*desk);
    }
    connect(m_composer, &Composer::toolsRequested, this, &ChatPane::toolsRequested, Qt::UniqueConnection);
    connect(m_composer, &Composer::schemaRequested, this, &ChatPane::schemaRequested, Qt::UniqueConnection);
}

void ChatPane::showToolState(int tools, bool hasForm)
{
    m_composer->showToolState(tools, hasForm);
}

void ChatPane::setPrices(const PriceTable *prices)
{
    m_prices = prices;
    m_desk->setPrices(prices);
    for (AnswerPane *pane : m_panes)
        pane->setPrices(prices);
}

AnswerPane *ChatPane::insertPane(const QString &paneId)
{
    auto *pane = new AnswerPane(m_conversation, m_connections, m_scheduler, paneId, m_ui->splitter);
    pane->setObjectName(QStringLiteral("pane-") + paneId);
    m_ui->splitter->addWidget(pane);
    pane->setPrices(m_prices);
    if (m_toolDesk)
        pane->setToolDesk(*m_toolDesk);
    pane->setPictures(m_pictures);
    m_panes.push_back(pane);
    connect(
        pane, &AnswerPane::modelChoiceRequested, this, [this, paneId](QWidget *anchor) { pickModel(paneId, anchor); });
    connect(pane, &AnswerPane::closeRequested, this, [this, paneId] { m_conversation.removePane(paneId); });
    connect(pane, &AnswerPane::regenerateRequested, this, [this, paneId] {
        m_conversation.regenerate(paneId);
        setCurrentPane(paneId);
    });
    connect(pane, &AnswerPane::repairRequested, this, [this, paneId](const Repair &chosen) { repair(paneId, chosen); });
    connect(pane, &AnswerPane::settingsRequested, this, [this, paneId] {
        setCurrentPane(paneId);
        Q_EMIT settingsRequested();
    });
    connect(pane, &AnswerPane::systemPromptRequested, this, [this, paneId] { m_desk->editPanePrompt(paneId); });
    connect(pane, &AnswerPane::stopRequested, this, [this, paneId] { m_conversation.stop(paneId); });
    connect(pane, &AnswerPane::activated, this, [this, paneId] {
        setCurrentPane(paneId);
        Q_EMIT paneActivated(paneId);
    });
    connect(pane, &AnswerPane::modelDropped, this,
        [this, paneId](const ModelRef &model) { m_conversation.setPaneModel(paneId, model); });
    connect(pane, &AnswerPane::attachRequested, m_composer, &Composer::addAttachment);
    connect(pane, &AnswerPane::linkRequested, this, &ChatPane::linkRequested);
    connect(pane, &AnswerPane::metricsRequested, this,
        [this, paneId](QWidget *anchor) { Q_EMIT metricsRequested(paneId, anchor); });
    pane->show();
    Q_EMIT paneMade(paneId);
    return pane;
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
    for (int place = 0; place < order.size(); ++place) {
        AnswerPane *pane = find(order[place]);
        if (pane && m_ui->splitter->indexOf(pane) != place)
            m_ui->splitter->insertWidget(place, pane);
    }
    m_desk->setAliases(names);
    if (!names.isEmpty() && !order.isEmpty())
        setCurrentPane(order.first()); // the mark would tell which pane it was before
    m_alignment->alignSoon();
}

void ChatPane::removePane(const QString &paneId)
{
    AnswerPane *pane = find(paneId);
    if (!pane)
        return;
    std::erase(m_panes, pane);
    pane->hide();
    pane->deleteLater();
    renumber();
    if (m_currentPaneId == paneId)
        setCurrentPane(m_panes.empty() ? QString() : m_panes.front()->paneId());
}

AnswerPane *ChatPane::find(const QString &paneId) const
{
    const auto found = std::find_if(
        m_panes.begin(), m_panes.end(), [&paneId](const AnswerPane *pane) { return pane->paneId() == paneId; });
    return found == m_panes.end() ? nullptr : *found;
}

void ChatPane::renumber()
{
    std::vector<TranscriptView *> transcripts;
    int synced = 0;
    for (std::size_t index = 0; index < m_panes.size(); ++index) {
        m_panes[index]->setNumber(static_cast<int>(index) + 1);
        m_panes[index]->setClosable(m_panes.size() > 1);
        const PaneState *state = m_conversation.pane(m_panes[index]->paneId());
        synced += state && state->isSynced ? 1 : 0;
        transcripts.push_back(&m_panes[index]->transcript());
    }
    m_alignment->setRows({transcripts});
    m_alignment->setTurnCount(static_cast<int>(m_conversation.session().turns.size()));
    if (m_ui->splitter->count() > 0)
        m_ui->splitter->setSizes(QList<int>(m_ui->splitter->count(), 1000));
    m_composer->setTargetCount(synced);
}

void ChatPane::setCurrentPane(const QString &paneId)
{
    if (m_currentPaneId == paneId)
        return;
    m_currentPaneId = paneId;
    if (AnswerPane *current = find(paneId))
        m_ui->panesArea->ensureWidgetVisible(current, 0, 0);
    for (AnswerPane *pane : m_panes)
        pane->setCurrent(pane->paneId() == paneId && m_panes.size() > 1);
    Q_EMIT currentPaneChanged(paneId);
    Q_EMIT previewChanged();
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

void ChatPane::pickModel(const QString &paneId, QWidget *anchor)
{
    m_asksAfterPicking = false;
    m_picker->setExcluded({});
    popUpPicker(paneId, anchor);
}

void ChatPane::popUpPicker(const QString &paneId, QWidget *anchor)
{
    m_pickingFor = paneId;
    const PaneState *pane = m_conversation.pane(paneId);
    m_picker->popup(anchor, pane ? pane->model : ModelRef {});
}

void ChatPane::takeModel(const ModelRef &model)
{
    if (m_pickingFor.isEmpty()) {
        addPane(model);
        return;
    }
    m_conversation.setPaneModel(m_pickingFor, model);
    if (m_asksAfterPicking)
        m_conversation.regenerate(m_pickingFor);
}

void ChatPane::repair(const QString &paneId, const Repair &repair)
{
    const RequestOrigin origin = m_conversation.originOf(paneId);
    switch (repair.kind) {
    case Repair::Kind::ChooseModel:
        askAnotherModel(paneId);
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

void ChatPane::askAnotherModel(const QString &paneId)
{
    const PaneState *state = m_conversation.pane(paneId);
    AnswerPane *pane = find(paneId);
    if (!state || !pane)
        return;
    const Answer *last = nullptr;
    for (const Turn &turn : m_conversation.session().turns) {
        if (const Answer *answer = answerOf(turn, paneId))
            last = answer;
    }
    const QString ability = last && last->error ? abilityOfParameter(last->error->parameter) : QString();
    std::vector<ModelRef> excluded {state->model};
    if (m_book && !ability.isEmpty()) {
        for (const CapabilityBook::Entry &entry : m_book->entries()) {
            if (entry.capabilities.value(ability).state == CapabilityState::State::Refused)
                excluded.push_back(entry.model);
        }
    }
    m_asksAfterPicking = true;
    m_picker->setExcluded(std::move(excluded));
    popUpPicker(paneId, pane->modelAnchor());
}

void ChatPane::pickNewPane()
{
    m_pickingFor.clear();
    m_asksAfterPicking = false;
    m_picker->setExcluded({});
    m_picker->popup(m_ui->addPaneButton, {});
}

void ChatPane::openModelPicker()
{
    if (AnswerPane *pane = find(m_currentPaneId))
        pickModel(m_currentPaneId, pane->modelAnchor());
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
    m_alignment->setTurnCount(turn + 1);
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

void ChatPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_alignment->alignSoon();
}

} // namespace diptych
