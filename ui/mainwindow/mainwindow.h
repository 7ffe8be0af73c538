// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

class QActionGroup;
class QDockWidget;
class QStackedWidget;
class QToolBar;
class QToolButton;

namespace diptych {

/// The frame: pages in the middle, docks around them, the tool bar. Knows no api type and holds no logic; whoever owns
/// the pages connects them.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);

    void addPage(const QString &id, const QString &title, const QString &iconName, QWidget *page);
    void showPage(const QString &id);
    [[nodiscard]] QString currentPage() const;

    /// Takes the widget into a dock of its own; `id` names it in the saved layout.
    QDockWidget *addPanel(
        const QString &id, const QString &title, const QString &iconName, QWidget *panel, Qt::DockWidgetArea area);
    /// A button at the right end of the tool bar.
    void addToolAction(QAction *action);

Q_SIGNALS:
    void pageChanged(const QString &id);
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void noteCurrentPage(int index);

    QToolBar *m_toolBar;
    QAction *m_stretch;
    QStackedWidget *m_pages;
    QActionGroup *m_pageActions;
};

} // namespace diptych
