// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatpane.h"
#include "ui_chatpane.h"

#include "api/repair.h"
#include "chat/answerpane.h"
#include "chat/composer.h"
#include "chat/modelchoice.h"
#include "chat/panecommands.h"
#include "chat/panedeck.h"
#include "chat/promptdesk.h"
#include "chat/prompteditor.h"
#include "chat/turnactions.h"
#include "chat/turnbar.h"
#include "models/conversation.h"
#include "store/attachment.h"
#include "transcript/transcriptview.h"
#include "overlay/overlays.h"

#include <QMenu>

#include <algorithm>

// The half of ChatPane that makes panes and puts them in order.

namespace diptych {

namespace {

/// Takes a pane out of sight at once. It may be the one whose button was pressed, so it goes a little later, with
/// `keeper` at the latest.
void letGo(AnswerPane *pane, QWidget *keeper)
{
    pane->hide();
    pane->setParent(keeper);
    pane->setObjectName({});
    pane->deleteLater();
}

} // namespace

void ChatPane::setUpDeck()
{
    m_ui->panesRow->insertWidget(0, m_deck, 1);
    m_ui->addColumn->insertWidget(1, m_commands->makeLayoutButton(this));
    connect(m_deck, &PaneDeck::viewChanged, this, &ChatPane::keepView);
    connect(m_deck, &PaneDeck::arranged, m_commands, &PaneCommands::showState);
    connect(m_deck, &PaneDeck::paneChosen, this, &ChatPane::setCurrentPane);
    connect(m_commands, &PaneCommands::currentRequested, this, [this](const QString &paneId) {
        setCurrentPane(paneId);
        if (AnswerPane *pane = find(paneId); pane && !m_composer->isAncestorOf(focusWidget()))
            pane->transcript().setFocus();
    });
    connect(m_commands, &PaneCommands::modelChoiceRequested, this, [this](const QString &paneId) {
        setCurrentPane(paneId);
        openModelPicker();
    });
    connect(m_commands, &PaneCommands::turnStepRequested, this, [this](int direction) {
        if (AnswerPane *pane = find(m_currentPaneId))
            pane->turnBar()->step(direction);
    });
    connect(m_turnActions, &TurnActions::editRequested, this, &ChatPane::editPrompt);
    connect(m_turnActions, &TurnActions::otherModelRequested, this, [this](const QString &paneId, int turn) {
        if (AnswerPane *pane = find(paneId))
            m_choice->forTurn(paneId, turn, pane->modelAnchor());
    });
    m_deck->setTurnActions(*m_turnActions);
}

void ChatPane::rebuild()
{
    const std::vector<AnswerPane *> gone = std::exchange(m_panes, {});
    for (AnswerPane *pane : gone)
        letGo(pane, this);
    m_deck->setPanes({});
    m_currentPaneId.clear();
    const Session &session = m_conversation.session();
    const PaneView view = paneViewFromJson(session.view.value(u"panes").toObject());
    m_deck->setView(view);
    for (const PaneState &pane : session.panes)
        insertPane(pane.id);
    arrange();
    for (AnswerPane *pane : m_panes)
        pane->showHistory();
    m_composer->setSystemPrompt(session.systemPrompt);
    m_composer->setRunning(m_conversation.runningCount() > 0);
    if (!m_panes.empty())
        setCurrentPane(find(view.current) ? view.current : m_panes.front()->paneId());
    Q_EMIT previewChanged();
}

void ChatPane::keepView()
{
    QJsonObject view = m_conversation.session().view;
    view.insert(QStringLiteral("panes"), paneViewToJson(m_deck->view()));
    m_conversation.setView(view);
}

void ChatPane::orderPanes()
{
    std::vector<AnswerPane *> ordered;
    for (const PaneState &state : m_conversation.session().panes) {
        if (AnswerPane *pane = find(state.id))
            ordered.push_back(pane);
    }
    m_panes = std::move(ordered);
}

void ChatPane::arrange()
{
    renumber();
    m_deck->setPanes(m_panes);
    m_deck->setTurnCount(static_cast<int>(m_conversation.session().turns.size()));
}

AnswerPane *ChatPane::insertPane(const QString &paneId)
{
    auto *pane = new AnswerPane(m_conversation, m_connections, m_scheduler, paneId, m_deck);
    pane->setObjectName(QStringLiteral("pane-") + paneId);
    pane->setPrices(m_prices);
    pane->setPictures(m_pictures);
    pane->setTurnActions(m_turnActions);
    m_panes.push_back(pane);
    connectPane(pane);
    return pane;
}

void ChatPane::connectPane(AnswerPane *pane)
{
    const QString paneId = pane->paneId();
    connect(pane, &AnswerPane::menuAboutToShow, this,
        [this, paneId](QMenu *menu) { m_commands->fillPaneMenu(*menu, paneId); });
    connect(pane, &AnswerPane::enlargeRequested, this, [this, paneId] { m_commands->toggleEnlarged(paneId); });
    connect(pane, &AnswerPane::headerDropped, this,
        [this, paneId](const QPoint &position) { movePaneTo(paneId, position); });
    connect(pane, &AnswerPane::modelChoiceRequested, this,
        [this, paneId](QWidget *anchor) { m_choice->forPane(paneId, anchor); });
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
    Q_EMIT paneMade(paneId);
}

void ChatPane::movePaneTo(const QString &paneId, const QPoint &position)
{
    for (std::size_t place = 0; place < m_panes.size(); ++place) {
        const AnswerPane *pane = m_panes[place];
        if (pane->isVisible() && pane->rect().contains(pane->mapFromGlobal(position)) && pane->paneId() != paneId) {
            m_conversation.movePane(paneId, static_cast<int>(place));
            return;
        }
    }
}

void ChatPane::editPrompt(const TurnPlace &place)
{
    AnswerPane *pane = find(place.paneId);
    const Message &prompt = m_conversation.session().turns[static_cast<std::size_t>(place.turn)].prompt;
    TranscriptView &view = pane ? pane->transcript() : m_deck->promptTranscript();
    auto *editor = new PromptEditor(view, place.turn, typedText(prompt)); // goes by itself
    connect(editor, &PromptEditor::accepted, m_turnActions, &TurnActions::editPrompt);
}

void ChatPane::removePane(const QString &paneId)
{
    AnswerPane *pane = find(paneId);
    if (!pane)
        return;
    std::erase(m_panes, pane);
    letGo(pane, this);
    arrange();
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
    int synced = 0;
    for (std::size_t index = 0; index < m_panes.size(); ++index) {
        AnswerPane *pane = m_panes[index];
        const int number = static_cast<int>(index) + 1;
        pane->setNumber(number);
        pane->setClosable(m_panes.size() > 1);
        const PaneState *state = m_conversation.pane(pane->paneId());
        synced += state && state->isSynced ? 1 : 0;
        const QString name = tr("%1 · %2").arg(number).arg(state ? state->model.model : QString());
        m_deck->setTitle(pane->paneId(), pane->blindName().isEmpty() ? name : pane->blindName());
    }
    m_composer->setTargetCount(synced);
    showOverlays();
}

void ChatPane::showOverlays()
{
    std::vector<Overlays::Pane> panes;
    for (AnswerPane *pane : m_panes)
        panes.push_back({.id = pane->paneId(),
            .name = QString::number(panes.size() + 1),
            .view = &pane->transcript(),
            .strip = &pane->overlayStrip()});
    m_overlays->setPanes(panes);
}

void ChatPane::setCurrentPane(const QString &paneId)
{
    if (m_currentPaneId == paneId)
        return;
    m_currentPaneId = paneId;
    m_overlays->setCurrentPane(paneId);
    if (!m_deck->view().focused.isEmpty() && !m_deck->view().detached.contains(paneId))
        m_deck->setFocused(paneId);
    m_deck->setCurrent(paneId);
    m_commands->setCurrent(paneId);
    keepView();
    for (AnswerPane *pane : m_panes)
        pane->setCurrent(pane->paneId() == paneId && m_panes.size() > 1);
    Q_EMIT currentPaneChanged(paneId);
    Q_EMIT previewChanged();
}

} // namespace diptych
