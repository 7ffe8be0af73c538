// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "votes/votebar.h"

#include "models/blindround.h"
#include "models/conversation.h"
#include "models/votedesk.h"
#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QToolButton>

#include <algorithm>

namespace diptych {

namespace {

constexpr int leastWidthForWords = 660;

} // namespace

VoteBar::VoteBar(const Conversation &conversation, VoteDesk &desk, BlindRound &blind, QWidget *parent)
    : QFrame(parent)
    , m_conversation(conversation)
    , m_desk(desk)
    , m_blind(blind)
    , m_question(new ElidedLabel(this))
    , m_pairs(new QComboBox(this))
{
    setObjectName(QStringLiteral("voteBar"));
    setAccessibleName(tr("Votes"));
    setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::normal, 2, spacing::tight, 2);
    layout->setSpacing(spacing::tight);
    m_question->setObjectName(QStringLiteral("voteQuestion"));
    m_question->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(m_question, 1);
    m_pairs->setObjectName(QStringLiteral("votePairs"));
    m_pairs->setAccessibleName(tr("Pair of answers to judge"));
    m_pairs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    layout->addWidget(m_pairs);
    addChoice(Vote::Choice::First, "voteFirst");
    addChoice(Vote::Choice::Tie, "voteTie");
    addChoice(Vote::Choice::BothBad, "voteBothBad");
    addChoice(Vote::Choice::Second, "voteSecond");
    m_reveal = addTool(QStringLiteral("eye"), tr("Show the names without voting on the rest"), "voteReveal");
    m_undo = addTool(QStringLiteral("undo"), tr("Take back the last vote"), "voteUndo");
    QToolButton *results = addTool(QStringLiteral("chart"), tr("Results of all votes"), "voteResults");
    QToolButton *close =
        addTool(QStringLiteral("close"), tr("Hide this line; “Show votes” brings it back"), "voteClose");
    connect(m_pairs, &QComboBox::activated, &m_desk, &VoteDesk::setCurrent);
    connect(m_reveal, &QToolButton::clicked, &m_blind, &BlindRound::reveal);
    connect(m_undo, &QToolButton::clicked, &m_desk, &VoteDesk::undo);
    connect(results, &QToolButton::clicked, this, &VoteBar::resultsRequested);
    connect(close, &QToolButton::clicked, this, [this] { setWanted(false); });
    connect(&m_desk, &VoteDesk::changed, this, &VoteBar::showState);
    connect(&m_conversation, &Conversation::paneMoved, this, &VoteBar::showState);
    paint();
    showState();
}

QToolButton *VoteBar::addChoice(Vote::Choice choice, const char *name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setCheckable(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, choice] { m_desk.vote(choice); });
    m_choices.at(static_cast<std::size_t>(choice)) = button;
    layout()->addWidget(button);
    return button;
}

QToolButton *VoteBar::addTool(const QString &icon, const QString &text, const char *name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(themeIcon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolTip(text);
    button->setAccessibleName(text);
    layout()->addWidget(button);
    return button;
}

void VoteBar::setWanted(bool isWanted)
{
    if (m_isWanted == isWanted)
        return;
    m_isWanted = isWanted;
    showState();
    Q_EMIT wantedChanged(isWanted);
}

QString VoteBar::nameOf(const QString &paneId) const
{
    if (m_blind.isHidden())
        return m_blind.alias(paneId);
    int number = 1;
    for (const PaneState &pane : m_conversation.session().panes) {
        if (pane.id == paneId)
            return QString::number(number);
        ++number;
    }
    return {};
}

QString VoteBar::question() const
{
    const std::vector<VoteDesk::Pair> &pairs = m_desk.pairs();
    if (pairs.empty()) {
        if (m_desk.isOneModel())
            return tr("One model only: nothing to choose between");
        return tr("Blind: names are hidden until you have judged the answers");
    }
    const auto judged =
        std::count_if(pairs.begin(), pairs.end(), [](const VoteDesk::Pair &pair) { return pair.vote.has_value(); });
    if (judged == std::ssize(pairs))
        return tr("Judged");
    if (width() < leastWidthForWords)
        return tr("Better?");
    if (pairs.size() == 1)
        return tr("Which answer is better?");
    return tr("Which answer is better? %1 of %2 pairs judged").arg(judged).arg(pairs.size());
}

void VoteBar::showState()
{
    const bool isNeeded = !m_desk.pairs().empty() || m_blind.isHidden();
    setVisible(m_isWanted && isNeeded);
    m_question->setText(question());
    m_question->setToolTip(
        m_blind.isHidden() ? tr("Names, numbers and earlier turns are hidden, the order is shuffled.") : QString());
    showPairs();
    showChoices();
    m_reveal->setVisible(m_blind.isHidden());
    m_undo->setEnabled(m_desk.canUndo());
}

void VoteBar::showPairs()
{
    const QSignalBlocker blocker(m_pairs);
    m_pairs->clear();
    for (const VoteDesk::Pair &pair : m_desk.pairs()) {
        const QString text = tr("%1 and %2").arg(nameOf(pair.first), nameOf(pair.second));
        m_pairs->addItem(pair.vote ? themeIcon(QStringLiteral("check")) : QIcon(), text);
    }
    m_pairs->setCurrentIndex(m_desk.current());
    m_pairs->setVisible(m_desk.pairs().size() > 1);
}

void VoteBar::showChoices()
{
    const bool hasPair = m_desk.current() >= 0;
    const VoteDesk::Pair pair = hasPair ? m_desk.pairs()[static_cast<std::size_t>(m_desk.current())] : VoteDesk::Pair();
    const QString first = nameOf(pair.first);
    const QString second = nameOf(pair.second);
    const auto show = [this, hasPair, &pair](Vote::Choice choice, const QString &text, const QString &toolTip) {
        QToolButton *button = m_choices.at(static_cast<std::size_t>(choice));
        button->setText(text);
        button->setToolTip(toolTip);
        button->setAccessibleName(toolTip);
        button->setVisible(hasPair);
        const bool isChosen = pair.vote && pair.vote->choice == choice;
        button->setChecked(isChosen);
        button->setIcon(isChosen ? themeIcon(QStringLiteral("check")) : QIcon());
    };
    show(Vote::Choice::First, tr("%1 better").arg(first), tr("Answer %1 is better than answer %2").arg(first, second));
    show(
        Vote::Choice::Second, tr("%1 better").arg(second), tr("Answer %1 is better than answer %2").arg(second, first));
    show(Vote::Choice::Tie, tr("Tie"), tr("Answers %1 and %2 are equally good").arg(first, second));
    show(Vote::Choice::BothBad, tr("Both bad"), tr("Answers %1 and %2 are both bad").arg(first, second));
}

void VoteBar::paint()
{
    // Only what differs: setting a palette is a change of the palette, too.
    const QColor panel = themeColor(ThemeColor::Panel, QGuiApplication::palette());
    if (palette().color(QPalette::Window) == panel)
        return;
    QPalette own;
    own.setColor(QPalette::Window, panel);
    setPalette(own);
}

void VoteBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    m_question->setText(question());
}

void VoteBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

} // namespace diptych
