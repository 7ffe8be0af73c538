// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/paneview.h"

#include <QKeySequence>
#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QToolButton;
class QWidget;

namespace diptych {

class Conversation;
class PaneDeck;

/// What can be done with panes, as actions with keys and as menus: enlarge, detach, move, layout.
class PaneCommands : public QObject
{
    Q_OBJECT
public:
    /// The actions belong to `page` and work while it is shown.
    PaneCommands(Conversation &conversation, PaneDeck &deck, QWidget &page);

    void setCurrent(const QString &paneId); ///< the pane that keys are meant for
    void fillPaneMenu(QMenu &menu, const QString &paneId);
    /// A button with the layouts; its icon is the one that is shown.
    [[nodiscard]] QToolButton *makeLayoutButton(QWidget *parent);
    void showState(); ///< the deck or the panes changed

    void toggleEnlarged(const QString &paneId);
    void toggleDetached(const QString &paneId);
    void move(const QString &paneId, int steps);

Q_SIGNALS:
    void currentRequested(const QString &paneId);
    void modelChoiceRequested(const QString &paneId);
    void turnStepRequested(int direction); ///< from message to message in the current pane

private:
    void add(const QString &text, const QKeySequence &keys, std::function<void()> slot);
    void addKeys();
    void addLayouts();
    void step(int direction);
    void cycleLayout();
    [[nodiscard]] int placeOf(const QString &paneId) const; ///< -1 when unknown

    Conversation &m_conversation;
    PaneDeck &m_deck;
    QWidget &m_page;
    QMenu *m_layoutMenu;
    std::vector<QAction *> m_layouts; ///< by number of panes, then as in PaneLayout
    QAction *m_together = nullptr;
    QToolButton *m_layoutButton = nullptr;
    QString m_current;
};

} // namespace diptych
