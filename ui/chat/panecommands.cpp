// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/panecommands.h"

#include "chat/panedeck.h"
#include "models/conversation.h"
#include "theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace diptych {

namespace {

constexpr const char *layoutIcons[] {"columns", "grid", "table"};

QIcon layoutIcon(PaneLayout layout)
{
    return themeIcon(QString::fromLatin1(layoutIcons[static_cast<int>(layout)]));
}

} // namespace

PaneCommands::PaneCommands(Conversation &conversation, PaneDeck &deck, QWidget &page)
    : QObject(&page)
    , m_conversation(conversation)
    , m_deck(deck)
    , m_page(page)
    , m_layoutMenu(new QMenu(tr("Layout"), &page))
{
    addKeys();
    addLayouts();
}

void PaneCommands::add(const QString &text, const QKeySequence &keys, std::function<void()> slot)
{
    auto *action = new QAction(text, &m_page);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(slot));
    m_page.addAction(action);
}

void PaneCommands::addKeys()
{
    const auto keys = [](const char *text) { return QKeySequence(QString::fromLatin1(text)); };
    add(tr("Enlarge the pane, or show all again"), keys("Ctrl+Shift+E"), [this] { toggleEnlarged(m_current); });
    add(tr("Detach the pane, or put it back"), keys("Ctrl+Shift+D"), [this] { toggleDetached(m_current); });
    add(tr("Move the pane to the left"), keys("Ctrl+Shift+PgUp"), [this] { move(m_current, -1); });
    add(tr("Move the pane to the right"), keys("Ctrl+Shift+PgDown"), [this] { move(m_current, 1); });
    add(tr("Go to the pane on the left"), keys("Ctrl+PgUp"), [this] { step(-1); });
    add(tr("Go to the pane on the right"), keys("Ctrl+PgDown"), [this] { step(1); });
    add(tr("Take the pane into or out of the sync"), keys("Ctrl+Shift+U"), [this] {
        if (const PaneState *pane = m_conversation.pane(m_current))
            m_conversation.setPaneSynced(m_current, !pane->isSynced);
    });
    add(tr("Close the pane"), keys("Ctrl+W"), [this] {
        if (m_conversation.session().panes.size() > 1)
            m_conversation.removePane(m_current);
    });
    add(tr("Ask the current pane again"), keys("Ctrl+R"), [this] { m_conversation.regenerate(m_current); });
    add(tr("Go to the message above"), keys("Alt+Up"), [this] { Q_EMIT turnStepRequested(-1); });
    add(tr("Go to the message below"), keys("Alt+Down"), [this] { Q_EMIT turnStepRequested(1); });
    add(tr("Next layout"), keys("Ctrl+Shift+G"), [this] { cycleLayout(); });
    constexpr int numberKeys = 9;
    for (int number = 1; number <= numberKeys; ++number) {
        add(tr("Go to pane %1").arg(number), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)), [this, number] {
            const std::vector<PaneState> &panes = m_conversation.session().panes;
            if (number <= std::ssize(panes))
                Q_EMIT currentRequested(panes[static_cast<std::size_t>(number - 1)].id);
        });
    }
}

void PaneCommands::addLayouts()
{
    auto *group = new QActionGroup(m_layoutMenu);
    const auto addLayout = [this, group](const QString &text, const QIcon &icon, std::optional<PaneLayout> layout) {
        QAction *action = m_layoutMenu->addAction(icon, text);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, layout] { m_deck.setLayoutKind(layout); });
        m_layouts.push_back(action);
    };
    addLayout(tr("By the number of panes"), {}, {});
    addLayout(tr("Columns"), layoutIcon(PaneLayout::Columns), PaneLayout::Columns);
    addLayout(tr("Grid"), layoutIcon(PaneLayout::Grid), PaneLayout::Grid);
    addLayout(tr("Table: a row for each turn"), layoutIcon(PaneLayout::Table), PaneLayout::Table);
    m_layoutMenu->addSeparator();
    m_together = m_layoutMenu->addAction(tr("Columns scroll together"));
    m_together->setCheckable(true);
    connect(m_together, &QAction::triggered, this, [this](bool together) { m_deck.setScrollsTogether(together); });
}

QToolButton *PaneCommands::makeLayoutButton(QWidget *parent)
{
    m_layoutButton = new QToolButton(parent);
    m_layoutButton->setObjectName(QStringLiteral("layoutButton"));
    m_layoutButton->setAutoRaise(true);
    m_layoutButton->setMenu(m_layoutMenu);
    m_layoutButton->setPopupMode(QToolButton::InstantPopup);
    m_layoutButton->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    m_layoutButton->setAccessibleName(tr("Layout of the panes"));
    m_layoutButton->setToolTip(tr("Columns, grid or table (Ctrl+Shift+G)"));
    showState();
    return m_layoutButton;
}

void PaneCommands::showState()
{
    const std::optional<PaneLayout> chosen = m_deck.view().layout;
    m_layouts[chosen ? static_cast<std::size_t>(*chosen) + 1 : 0]->setChecked(true);
    m_together->setChecked(m_deck.view().scrollsTogether);
    m_together->setEnabled(m_deck.layoutKind() == PaneLayout::Columns);
    if (m_layoutButton) {
        m_layoutButton->setIcon(layoutIcon(m_deck.layoutKind()));
        m_layoutButton->setVisible(m_conversation.session().panes.size() > 1);
    }
}

void PaneCommands::setCurrent(const QString &paneId)
{
    m_current = paneId;
}

int PaneCommands::placeOf(const QString &paneId) const
{
    const std::vector<PaneState> &panes = m_conversation.session().panes;
    const auto found =
        std::find_if(panes.begin(), panes.end(), [&paneId](const PaneState &pane) { return pane.id == paneId; });
    return found == panes.end() ? -1 : static_cast<int>(found - panes.begin());
}

void PaneCommands::toggleEnlarged(const QString &paneId)
{
    m_deck.setFocused(m_deck.view().focused == paneId ? QString() : paneId);
}

void PaneCommands::toggleDetached(const QString &paneId)
{
    m_deck.setDetached(paneId, !m_deck.view().detached.contains(paneId));
}

void PaneCommands::move(const QString &paneId, int steps)
{
    const int place = placeOf(paneId);
    const int target = place + steps;
    if (place >= 0 && target >= 0 && target < std::ssize(m_conversation.session().panes))
        m_conversation.movePane(paneId, target);
}

void PaneCommands::step(int direction)
{
    const std::vector<PaneState> &panes = m_conversation.session().panes;
    if (panes.empty())
        return;
    const int count = static_cast<int>(panes.size());
    const int place = (placeOf(m_current) + direction + count) % count;
    Q_EMIT currentRequested(panes[static_cast<std::size_t>(place)].id);
}

void PaneCommands::cycleLayout()
{
    constexpr int layouts = 3;
    m_deck.setLayoutKind(static_cast<PaneLayout>((static_cast<int>(m_deck.layoutKind()) + 1) % layouts));
}

void PaneCommands::fillPaneMenu(QMenu &menu, const QString &paneId)
{
    const int place = placeOf(paneId);
    const PaneState *pane = m_conversation.pane(paneId);
    if (!pane)
        return;
    const int last = static_cast<int>(m_conversation.session().panes.size()) - 1;
    const auto entry = [this, &menu](const char *icon, const QString &text, const char *keys, auto slot) {
        QAction *action = menu.addAction(themeIcon(QString::fromLatin1(icon)), text, this, slot);
        action->setShortcut(QKeySequence(QString::fromLatin1(keys)));
        action->setShortcutContext(Qt::WidgetShortcut); // shown only: the page has the key itself
        return action;
    };
    const bool isLarge = m_deck.view().focused == paneId;
    const bool isDetached = m_deck.view().detached.contains(paneId);
    entry("enlarge", isLarge ? tr("Show all panes") : tr("Enlarge"), "Ctrl+Shift+E", [this, paneId] {
        toggleEnlarged(paneId);
    })->setEnabled(last > 0 && !isDetached);
    entry("detach", isDetached ? tr("Put back into the window") : tr("Detach to a window"), "Ctrl+Shift+D",
        [this, paneId] { toggleDetached(paneId); });
    menu.addSeparator();
    entry("chevron-left", tr("Move to the left"), "Ctrl+Shift+PgUp", [this, paneId] {
        move(paneId, -1);
    })->setEnabled(place > 0);
    entry("chevron-right", tr("Move to the right"), "Ctrl+Shift+PgDown", [this, paneId] {
        move(paneId, 1);
    })->setEnabled(place < last);
    menu.addSeparator();
    entry("swap", tr("Swap the model…"), "Ctrl+K", [this, paneId] { Q_EMIT modelChoiceRequested(paneId); });
    entry("link", pane->isSynced ? tr("Leave the sync") : tr("Take part in the sync"), "Ctrl+Shift+U",
        [this, paneId, isSynced = pane->isSynced] { m_conversation.setPaneSynced(paneId, !isSynced); });
    entry("regenerate", tr("Ask the last question again"), "Ctrl+R", [this, paneId] {
        m_conversation.regenerate(paneId);
    })->setEnabled(!m_conversation.session().turns.empty());
    entry("close", tr("Close"), "Ctrl+W", [this, paneId] { m_conversation.removePane(paneId); })->setEnabled(last > 0);
}

} // namespace diptych
