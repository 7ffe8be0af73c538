// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/commandcollector.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace diptych {

namespace {

QString plainText(QString text)
{
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(u'&');
    text.replace(u'\x01', u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text.section(u'\n', 0, 0).trimmed();
}

/// Without the shortcut that a tool tip ends with: "Settings (Ctrl+,)".
QString withoutKeys(const QString &text)
{
    const qsizetype open = text.lastIndexOf(u" (");
    return open > 0 && text.endsWith(u')') ? text.left(open) : text;
}

/// Names of the widgets above, from the outermost place that has one.
QString placeOf(const QWidget *widget)
{
    QStringList places;
    for (; widget; widget = widget->parentWidget()) {
        QString place = widget->property("paletteSection").toString();
        if (place.isEmpty()) {
            if (const auto *dock = qobject_cast<const QDockWidget *>(widget))
                place = dock->windowTitle();
        }
        if (!place.isEmpty() && !places.contains(place))
            places.prepend(place);
    }
    return places.join(QStringLiteral(" › "));
}

/// Whether a widget was hidden for itself, not because its page or dock is not the current one.
bool isTakenAway(const QWidget *widget)
{
    for (; widget && !widget->isWindow(); widget = widget->parentWidget()) {
        const QWidget *parent = widget->parentWidget();
        const bool isPage = qobject_cast<const QStackedWidget *>(parent) != nullptr;
        if (widget->isHidden() && !isPage && !qobject_cast<const QDockWidget *>(widget))
            return true;
    }
    return false;
}

QString reasonOf(const QObject &object, const QWidget *widget)
{
    const QString own = object.property("whyDisabled").toString();
    if (!own.isEmpty())
        return own;
    for (; widget; widget = widget->parentWidget()) {
        const QString reason = widget->property("whyDisabled").toString();
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}

} // namespace

CommandCollector::CommandCollector(QWidget &window)
    : m_window(window)
{
}

bool CommandCollector::isLeftOut(const QWidget *widget) const
{
    for (; widget; widget = widget->parentWidget()) {
        if (widget->property("isNoCommand").toBool())
            return true;
        if (widget == &m_window)
            return false;
        if (widget->isWindow())
            return true; // a dialog or popup of its own
    }
    return true;
}

Commands CommandCollector::collect()
{
    m_commands.clear();
    m_known.clear();
    m_ids.clear();
    addActions(m_window);
    for (QWidget *widget : m_window.findChildren<QWidget *>()) {
        if (isLeftOut(widget))
            continue;
        addActions(*widget);
        if (auto *bar = qobject_cast<QTabBar *>(widget))
            addTabs(*bar);
        if (widget->contextMenuPolicy() == Qt::CustomContextMenu || widget->property("hasOwnMenu").toBool())
            addContextMenu(*widget);
    }
    for (QAbstractButton *button : m_window.findChildren<QAbstractButton *>()) {
        if (!isLeftOut(button))
            addButton(*button);
    }
    for (QShortcut *shortcut : m_window.findChildren<QShortcut *>()) {
        if (!isLeftOut(qobject_cast<QWidget *>(shortcut->parent())))
            addShortcut(*shortcut);
    }
    // What is of the whole window stands first, and panes in their order.
    std::stable_sort(m_commands.begin(), m_commands.end(),
        [](const Command &left, const Command &right) { return left.place < right.place; });
    return m_commands;
}

void CommandCollector::add(Command command, const QObject *target)
{
    if (command.title.isEmpty() || (target && m_known.contains(target)))
        return;
    if (target)
        m_known.insert(target);
    command.target = target;
    const QString base = command.id.isEmpty() ? command.title : command.id;
    command.id = QStringLiteral("%1/%2").arg(command.place, base);
    for (int number = 2; m_ids.contains(command.id); ++number)
        command.id = QStringLiteral("%1/%2/%3").arg(command.place, base).arg(number);
    m_ids.insert(command.id);
    m_commands.push_back(std::move(command));
}

void CommandCollector::addActions(QWidget &widget)
{
    for (QAction *action : widget.actions())
        addAction(*action, widget, {});
}

void CommandCollector::addAction(QAction &action, QWidget &widget, const QString &menu)
{
    if (action.isSeparator() || m_known.contains(&action) || action.property("isNoCommand").toBool())
        return;
    QString title = plainText(action.text());
    if (action.menu()) {
        m_known.insert(&action);
        addMenu(*action.menu(), widget, title);
        return;
    }
    if (auto *dock = qobject_cast<QDockWidget *>(action.parent()); dock && dock->toggleViewAction() == &action)
        title = QAction::tr("Show or hide: %1").arg(dock->windowTitle());
    else if (action.isCheckable() && action.actionGroup() && widget.inherits("QToolBar"))
        title = QAction::tr("Go to %1").arg(title);
    if (!menu.isEmpty() && !title.isEmpty())
        title = QStringLiteral("%1: %2").arg(menu, title);
    const QPointer<QAction> guarded(&action);
    const QPointer<QWidget> place(&widget);
    const bool isUsable = action.isEnabled() && action.isVisible();
    add({.id = action.objectName(),
            .title = title,
            .place = qobject_cast<QToolBar *>(&widget) ? QString() : placeOf(&widget),
            .keys = action.shortcut().toString(QKeySequence::NativeText),
            .keywords = plainText(action.toolTip()) + u' ' + action.statusTip(),
            .isEnabled = isUsable,
            .reason = isUsable ? QString() : reasonOf(action, &widget),
            .run =
                [guarded, place] {
                    if (place && !place->isWindow() && !place->isVisible())
                        reveal(*place);
                    if (guarded)
                        guarded->trigger();
                }},
        &action);
}

void CommandCollector::addMenu(QMenu &menu, QWidget &widget, const QString &title)
{
    // Many menus are filled when they are about to be shown.
    Q_EMIT menu.aboutToShow();
    for (QAction *action : menu.actions())
        addAction(*action, widget, title);
}

QString CommandCollector::titleOf(const QAbstractButton &button)
{
    // The name for screen readers says more than a word on a button ("Stop": "Stop all answers").
    for (const QString &text : {button.accessibleName(), plainText(button.text()), withoutKeys(button.toolTip())}) {
        const QString title = plainText(text);
        if (title.size() > 1)
            return title;
    }
    return {};
}

void CommandCollector::addButton(QAbstractButton &button)
{
    if (auto *tool = qobject_cast<QToolButton *>(&button)) {
        if (tool->defaultAction()) {
            addAction(*tool->defaultAction(), button, {});
            m_known.insert(&button);
            return;
        }
        if (tool->menu()) {
            addMenu(*tool->menu(), button, titleOf(button));
            if (tool->popupMode() == QToolButton::InstantPopup) {
                m_known.insert(&button);
                return;
            }
        }
    }
    // Qt's own: of docks, tab bars that scroll, spin boxes, calendars.
    if (button.objectName().startsWith(u"qt_") || qobject_cast<QTabBar *>(button.parentWidget()))
        return;
    const QPointer<QAbstractButton> guarded(&button);
    const bool isGone = isTakenAway(&button);
    const bool isUsable = button.isEnabled() && !isGone;
    const QString keys = button.shortcut().toString(QKeySequence::NativeText);
    add({.id = button.objectName(),
            .title = titleOf(button),
            .place = placeOf(&button),
            .keys = keys,
            .keywords = plainText(button.text()) + u' ' + plainText(button.toolTip()),
            .isEnabled = isUsable,
            .reason = isUsable ? QString() : reasonOf(button, button.parentWidget()),
            .run =
                [guarded] {
                    if (!guarded)
                        return;
                    reveal(*guarded);
                    guarded->click();
                }},
        &button);
}

void CommandCollector::addTabs(QTabBar &bar)
{
    const QPointer<QTabBar> guarded(&bar);
    for (int index = 0; index < bar.count(); ++index) {
        const bool isUsable = bar.isTabEnabled(index) && bar.isTabVisible(index);
        add({.id = QStringLiteral("tab-%1-%2").arg(bar.objectName()).arg(index),
                .title = QTabBar::tr("Go to %1").arg(plainText(bar.tabText(index))),
                .place = placeOf(&bar),
                .isEnabled = isUsable,
                .run =
                    [guarded, index] {
                        if (!guarded)
                            return;
                        reveal(*guarded);
                        guarded->setCurrentIndex(index);
                        guarded->setFocus();
                    }},
            nullptr);
    }
}

void CommandCollector::addShortcut(QShortcut &shortcut)
{
    const QPointer<QShortcut> guarded(&shortcut);
    auto *widget = qobject_cast<QWidget *>(shortcut.parent());
    add({.title = plainText(shortcut.whatsThis()),
            .place = placeOf(widget),
            .keys = shortcut.key().toString(QKeySequence::NativeText),
            .isEnabled = shortcut.isEnabled(),
            .run =
                [guarded] {
                    if (!guarded)
                        return;
                    if (auto *place = qobject_cast<QWidget *>(guarded->parent()))
                        reveal(*place);
                    Q_EMIT guarded->activated();
                }},
        &shortcut);
}

void CommandCollector::addContextMenu(QWidget &widget)
{
    if (widget.accessibleName().isEmpty())
        return;
    const QPointer<QWidget> guarded(&widget);
    add({.id = QStringLiteral("menu-") + widget.objectName(),
            .title = QMenu::tr("Open the menu of: %1").arg(widget.accessibleName()),
            .place = placeOf(&widget),
            .isEnabled = !isTakenAway(&widget),
            .run =
                [guarded] {
                    if (!guarded)
                        return;
                    reveal(*guarded);
                    guarded->setFocus();
                    QPoint at = guarded->rect().center();
                    if (const auto *view = qobject_cast<QAbstractItemView *>(guarded);
                        view && view->currentIndex().isValid())
                        at = view->visualRect(view->currentIndex()).center();
                    QContextMenuEvent event(QContextMenuEvent::Keyboard, at, guarded->mapToGlobal(at));
                    QWidget *receiver = guarded;
                    if (auto *area = qobject_cast<QAbstractScrollArea *>(guarded))
                        receiver = area->viewport();
                    QApplication::sendEvent(receiver, &event);
                }},
        nullptr);
}

void CommandCollector::reveal(QWidget &widget)
{
    for (QWidget *child = &widget; child && !child->isWindow(); child = child->parentWidget()) {
        QWidget *parent = child->parentWidget();
        if (auto *stack = qobject_cast<QStackedWidget *>(parent)) {
            // A page is chosen by its owner's tab or tool button where there is one, so that these follow.
            if (auto *tabs = qobject_cast<QTabWidget *>(stack->parentWidget()))
                tabs->setCurrentWidget(child);
            else if (stack->currentWidget() != child)
                stack->setCurrentWidget(child);
        } else if (auto *dock = qobject_cast<QDockWidget *>(child)) {
            dock->show();
            dock->raise();
        } else if (auto *area = qobject_cast<QScrollArea *>(child)) {
            area->ensureWidgetVisible(&widget);
        }
    }
}

} // namespace diptych
