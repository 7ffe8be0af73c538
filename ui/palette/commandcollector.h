// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "palette/command.h"

#include <QSet>

class QAbstractButton;
class QAction;
class QMenu;
class QShortcut;
class QTabBar;
class QWidget;

namespace diptych {

/// Finds all that can be done in a window by walking through it: actions and those of its menus, buttons, tabs,
/// shortcuts that say what they do (whatsThis), and menus that open on a right click. So a new button is in the palette
/// without anybody having thought of it.
///
/// Widgets may say more with dynamic properties: `paletteSection` (QString) names the place that a widget is;
/// `whyDisabled` (QString) of a button or action says why it can not be used; `isNoCommand` (bool) leaves a widget and
/// what is in it out.
class CommandCollector
{
public:
    explicit CommandCollector(QWidget &window);

    [[nodiscard]] Commands collect();

    /// What a button does, in words: its text, or what a screen reader says, or its tool tip; empty if it says nothing.
    [[nodiscard]] static QString titleOf(const QAbstractButton &button);
    /// Brings a widget into sight: its page, its tab, its dock.
    static void reveal(QWidget &widget);

private:
    void addActions(QWidget &widget);
    void addAction(QAction &action, QWidget &widget, const QString &menu);
    void addMenu(QMenu &menu, QWidget &widget, const QString &title);
    void addButton(QAbstractButton &button);
    void addTabs(QTabBar &bar);
    void addShortcut(QShortcut &shortcut);
    void addContextMenu(QWidget &widget);
    void add(Command command, const QObject *target);
    [[nodiscard]] bool isLeftOut(const QWidget *widget) const;

    QWidget &m_window;
    Commands m_commands;
    QSet<const QObject *> m_known;
    QSet<QString> m_ids;
};

} // namespace diptych
