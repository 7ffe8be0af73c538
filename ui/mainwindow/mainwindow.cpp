// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/mainwindow.h"

#include "theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QCloseEvent>
#include <QDockWidget>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>

namespace diptych {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_toolBar(new QToolBar(tr("Pages"), this))
    , m_stretch(nullptr)
    , m_pages(new QStackedWidget(this))
    , m_pageActions(new QActionGroup(this))
{
    setWindowTitle(QStringLiteral("Diptych"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/diptych.svg")));
    setDockNestingEnabled(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setMinimumSize(640, 420);
    resize(1400, 860);
    setCentralWidget(m_pages);
    connect(m_pages, &QStackedWidget::currentChanged, this, &MainWindow::noteCurrentPage);
    // Pages scroll or split what does not fit; their wishes must not push the panels together when one is shown.
    m_pages->setMinimumWidth(360);
    m_pageActions->setExclusive(true);

    m_toolBar->setObjectName(QStringLiteral("pageBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize({16, 16});
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    auto *stretch = new QWidget(m_toolBar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_stretch = m_toolBar->addWidget(stretch);
    addToolBar(Qt::TopToolBarArea, m_toolBar);
}

void MainWindow::addPage(const QString &id, const QString &title, const QString &iconName, QWidget *page)
{
    page->setObjectName(id);
    page->setProperty("paletteSection", title);
    m_pages->addWidget(page);
    auto *action = new QAction(themeIcon(iconName), title, this);
    action->setObjectName(QStringLiteral("page-") + id);
    action->setCheckable(true);
    const int number = static_cast<int>(m_pageActions->actions().size()) + 1;
    action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(number)));
    action->setToolTip(QStringLiteral("%1 (%2)").arg(title, action->shortcut().toString(QKeySequence::NativeText)));
    m_pageActions->addAction(action);
    m_toolBar->insertAction(m_stretch, action);
    connect(action, &QAction::triggered, this, [this, id] { showPage(id); });
    if (number == 1)
        action->setChecked(true);
}

void MainWindow::showPage(const QString &id)
{
    for (int index = 0; index < m_pages->count(); ++index) {
        if (m_pages->widget(index)->objectName() != id)
            continue;
        if (index == m_pages->currentIndex())
            noteCurrentPage(index);
        else
            m_pages->setCurrentIndex(index);
        return;
    }
}

void MainWindow::noteCurrentPage(int index)
{
    const QList<QAction *> actions = m_pageActions->actions();
    if (index < 0 || index >= actions.size())
        return; // the first page, before it has its action
    actions.at(index)->setChecked(true);
    Q_EMIT pageChanged(currentPage());
}

QString MainWindow::currentPage() const
{
    return m_pages->currentWidget() ? m_pages->currentWidget()->objectName() : QString();
}

QDockWidget *MainWindow::addPanel(
    const QString &id, const QString &title, const QString &iconName, QWidget *panel, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(QStringLiteral("dock-") + id);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    QAction *toggle = dock->toggleViewAction();
    toggle->setIcon(themeIcon(iconName));
    toggle->setToolTip(tr("Show or hide: %1").arg(title));
    addToolAction(toggle);
    return dock;
}

void MainWindow::addToolAction(QAction *action)
{
    m_toolBar->addAction(action);
    if (auto *button = qobject_cast<QToolButton *>(m_toolBar->widgetForAction(action))) {
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAccessibleName(action->text());
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Q_EMIT closing();
    QMainWindow::closeEvent(event);
}

} // namespace diptych
