// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationcomparison.h"

#include "api/connections.h"
#include "api/modelcharge.h"
#include "chat/answerpane.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "metrics/metricscard.h"
#include "metrics/metricsdialog.h"
#include "metrics/repeatsdialog.h"
#include "metrics/repeatstrip.h"
#include "models/blindround.h"
#include "models/connectionwarmer.h"
#include "models/conversation.h"
#include "models/repeatseries.h"
#include "models/requestjson.h"
#include "models/votedesk.h"
#include "store/sessionstore.h"
#include "store/votestore.h"
#include "theme/theme.h"
#include "votes/votebar.h"
#include "votes/voteresultsdialog.h"

#include <QAction>
#include <QDockWidget>
#include <QHash>

namespace diptych {

namespace {

int numberOf(const Conversation &conversation, const QString &paneId)
{
    const std::vector<PaneState> &panes = conversation.session().panes;
    const auto found =
        std::find_if(panes.begin(), panes.end(), [&paneId](const PaneState &pane) { return pane.id == paneId; });
    return static_cast<int>(found - panes.begin()) + 1;
}

} // namespace

ApplicationComparison::ApplicationComparison(Services services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_warmer(std::make_unique<ConnectionWarmer>(services.conversation, services.connections))
    , m_blind(std::make_unique<BlindRound>(services.conversation))
    , m_votes(std::make_unique<VoteDesk>(services.conversation, *m_blind))
    , m_repeats(std::make_unique<RepeatSeries>(services.conversation, services.connections))
    , m_voteBar(new VoteBar(services.conversation, *m_votes, *m_blind, &services.chat))
    , m_card(new MetricsCard(&services.window))
{
    ChatPane *chat = &m_services.chat;
    chat->addBelowPanes(m_voteBar);
    connect(chat, &ChatPane::promptEdited, this, [this] { m_warmer->promptEdited(); });
    connect(chat, &ChatPane::metricsRequested, this, &ApplicationComparison::showMetrics);
    connect(chat, &ChatPane::paneMade, this, &ApplicationComparison::addStrip);
    connect(m_card, &MetricsCard::compareRequested, this, &ApplicationComparison::compareMetrics);
    connect(m_voteBar, &VoteBar::resultsRequested, this, &ApplicationComparison::showVoteResults);
    connect(m_votes.get(), &VoteDesk::failed, chat, &ChatPane::showStorageError);
    connect(m_repeats.get(), &RepeatSeries::storageFailed, chat, &ChatPane::showStorageError);
    connect(m_repeats.get(), &RepeatSeries::replyStarted, this,
        [this](const QString &paneId, ChatReply *reply, const ChatRequest &request) {
            if (const PaneState *pane = m_services.conversation.pane(paneId)) {
                Q_EMIT replyStarted(reply, tr("repeat with %1").arg(m_services.connections.displayName(pane->model)),
                    requestJson(request));
            }
        });
    setUpActions();
    setUpBlind();
    for (const PaneState &pane : m_services.conversation.session().panes)
        addStrip(pane.id);
}

ApplicationComparison::~ApplicationComparison() = default;

QAction *ApplicationComparison::add(const QString &text, const QString &icon, const QString &keys)
{
    auto *action = new QAction(themeIcon(icon), text, &m_services.window);
    action->setShortcut(QKeySequence(keys));
    action->setToolTip(keys.isEmpty()
            ? text
            : QStringLiteral("%1 (%2)").arg(text, action->shortcut().toString(QKeySequence::NativeText)));
    m_services.window.addAction(action);
    return action;
}

void ApplicationComparison::setUpActions()
{
    ChatPane *chat = &m_services.chat;
    QAction *metrics = add(tr("Show metrics of the current answer"), QStringLiteral("info"), QStringLiteral("Ctrl+M"));
    connect(metrics, &QAction::triggered, this, [this, chat] {
        if (AnswerPane *pane = chat->pane(chat->currentPaneId()))
            showMetrics(chat->currentPaneId(), pane->metricsAnchor());
    });
    QAction *compare = add(tr("Compare metrics"), QStringLiteral("chart"), QStringLiteral("Ctrl+Shift+M"));
    connect(compare, &QAction::triggered, this, &ApplicationComparison::compareMetrics);
    QAction *again =
        add(tr("Ask the last question several times"), QStringLiteral("regenerate"), QStringLiteral("Ctrl+Shift+R"));
    connect(again, &QAction::triggered, this, [this, chat] { repeat(chat->currentPaneId()); });
    m_telling = {metrics, compare, again};

    const auto vote = [this](const QString &text, const QString &keys, Vote::Choice choice) {
        QAction *action = add(text, QStringLiteral("check"), keys);
        connect(action, &QAction::triggered, this, [this, choice] { m_votes->vote(choice); });
    };
    vote(tr("Vote: the first answer is better"), QStringLiteral("Ctrl+Alt+Left"), Vote::Choice::First);
    vote(tr("Vote: the second answer is better"), QStringLiteral("Ctrl+Alt+Right"), Vote::Choice::Second);
    vote(tr("Vote: a tie"), QStringLiteral("Ctrl+Alt+Up"), Vote::Choice::Tie);
    vote(tr("Vote: both answers are bad"), QStringLiteral("Ctrl+Alt+Down"), Vote::Choice::BothBad);
    connect(add(tr("Take back the last vote"), QStringLiteral("undo"), {}), &QAction::triggered, m_votes.get(),
        &VoteDesk::undo);
    connect(add(tr("Judge the turn before"), QStringLiteral("arrow-up"), {}), &QAction::triggered, this,
        [this] { m_votes->setTurn(m_votes->turn() - 1); });
    connect(add(tr("Judge the next turn"), QStringLiteral("arrow-down"), {}), &QAction::triggered, this,
        [this] { m_votes->setTurn(m_votes->turn() + 1); });
    connect(add(tr("Show the vote results"), QStringLiteral("chart"), {}), &QAction::triggered, this,
        &ApplicationComparison::showVoteResults);
    QAction *wanted = add(tr("Show votes below the answers"), QStringLiteral("check"), {});
    wanted->setCheckable(true);
    wanted->setChecked(true);
    connect(wanted, &QAction::toggled, m_voteBar, &VoteBar::setWanted);
    connect(m_voteBar, &VoteBar::wantedChanged, wanted, &QAction::setChecked);

    m_blindAction =
        add(tr("Compare blind: hide which model answers"), QStringLiteral("eye-off"), QStringLiteral("Ctrl+Shift+B"));
    m_blindAction->setCheckable(true);
    connect(m_blindAction, &QAction::toggled, m_blind.get(), &BlindRound::setEnabled);
    chat->addSideAction(m_blindAction);
    chat->addSideAction(compare);
    chat->addSideAction(again);
}

void ApplicationComparison::setUpBlind()
{
    connect(m_blind.get(), &BlindRound::changed, this, &ApplicationComparison::applyBlind);
    // What is put away has to be remembered as shown.
    connect(&m_services.window, &MainWindow::closing, m_blindAction, [this] { m_blindAction->setChecked(false); });
    connect(m_votes.get(), &VoteDesk::changed, this, [this] {
        if (m_resultsDialog)
            m_resultsDialog->refresh();
    });
}

void ApplicationComparison::applyBlind()
{
    const bool isHidden = m_blind->isHidden();
    QHash<QString, QString> names;
    for (const QString &paneId : m_blind->order()) {
        if (isHidden)
            names.insert(paneId, tr("Answer %1").arg(m_blind->alias(paneId)));
    }
    m_services.chat.showBlind(m_blind->order(), names, m_blind->firstTurn());
    for (QAction *action : m_telling)
        action->setEnabled(!isHidden);
    if (isHidden)
        m_card->hide();
    for (QDialog *dialog : std::initializer_list<QDialog *> {m_metricsDialog, m_repeatsDialog}) {
        if (isHidden && dialog)
            dialog->close();
    }
    hideTellTales(isHidden);
}

/// The inspector and the list of requests name the models: they are put away for as long as nobody may know.
void ApplicationComparison::hideTellTales(bool isHidden)
{
    if (isHidden) {
        for (const char *name : {"dock-inspector", "dock-activity"}) {
            auto *dock = m_services.window.findChild<QDockWidget *>(QString::fromLatin1(name));
            if (!dock || !dock->isVisibleTo(&m_services.window))
                continue;
            dock->hide();
            m_hiddenPanels.emplace_back(dock);
        }
        return;
    }
    for (const QPointer<QWidget> &panel : std::exchange(m_hiddenPanels, {})) {
        if (panel)
            panel->show();
    }
}

void ApplicationComparison::addStrip(const QString &paneId)
{
    AnswerPane *pane = m_services.chat.pane(paneId);
    if (!pane)
        return;
    auto *strip = new RepeatStrip(m_services.conversation, *m_repeats, paneId, pane);
    pane->addStrip(strip);
    connect(strip, &RepeatStrip::openRequested, this, [this, paneId] { repeat(paneId); });
}

std::optional<Cost> ApplicationComparison::costOf(const Answer &answer) const
{
    return diptych::costOf(answer, chargeOf(answer.model, m_services.connections, m_services.prices));
}

void ApplicationComparison::showMetrics(const QString &paneId, QWidget *anchor)
{
    if (m_blind->isHidden())
        return;
    Answer shown;
    for (const Turn &turn : m_services.conversation.session().turns) {
        if (const Answer *answer = answerOf(turn, paneId); answer && answer->state != Answer::State::Streaming)
            shown = *answer;
    }
    m_card->setAnswer(QStringLiteral("%1 %2").arg(numberOf(m_services.conversation, paneId)).arg(shown.modelLabel),
        shown, costOf(shown));
    m_card->popup(anchor);
}

template <typename Dialog>
Dialog *ApplicationComparison::open(QPointer<Dialog> &place, Dialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    place = dialog;
    dialog->resize(dialog->size().boundedTo(m_services.window.size()));
    dialog->show();
    return dialog;
}

void ApplicationComparison::compareMetrics()
{
    if (m_blind->isHidden())
        return;
    if (m_metricsDialog)
        m_metricsDialog->activateWindow();
    else
        open(m_metricsDialog,
            new MetricsDialog(
                m_services.conversation, [this](const Answer &answer) { return costOf(answer); }, &m_services.window));
}

void ApplicationComparison::repeat(const QString &paneId)
{
    const PaneState *pane = m_services.conversation.pane(paneId);
    if (!pane || m_blind->isHidden())
        return;
    const Endpoint *endpoint = m_services.connections.find(pane->model.endpointId);
    // Answers of one machine would compete with each other.
    const int parallel = endpoint && isOnThisMachine(*endpoint) ? 1 : 2;
    if (m_repeatsDialog)
        m_repeatsDialog->close();
    const QString title = QStringLiteral("%1 %2")
                              .arg(numberOf(m_services.conversation, paneId))
                              .arg(m_services.connections.displayName(pane->model));
    open<QDialog>(m_repeatsDialog,
        new RepeatsDialog(m_services.conversation, *m_repeats, paneId, title, parallel, &m_services.window));
}

std::vector<Vote> ApplicationComparison::votesOf(bool ofThisSession) const
{
    SessionStore *store = m_services.conversation.store();
    if (ofThisSession || !store)
        return m_votes->votes();
    Result<std::vector<Vote>> votes = store->votes().votes();
    return votes ? std::move(*votes) : m_votes->votes();
}

void ApplicationComparison::showVoteResults()
{
    if (m_resultsDialog)
        m_resultsDialog->activateWindow();
    else
        open(m_resultsDialog,
            new VoteResultsDialog([this](bool ofThisSession) { return votesOf(ofThisSession); }, &m_services.window));
}

} // namespace diptych
