// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/commandpalette.h"

#include "palette/commandcollector.h"
#include "palette/commandmodel.h"
#include "palette/shortcuthelp.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDockWidget>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

using namespace diptych;

class TestCommandPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }
    void whatCanNotBeDoneSaysWhy();
    void hiddenPagesAreShownFirst();
    void menusThatFillThemselvesAreRead();
    void shortcutsThatSayWhatTheyDoAreCommands();
    void leftOutIsLeftOut();
    void lettersFindTheBestFirst();
    void usedLastComesFirst();
    void keyboardAlone();
    void nothingFits();
    void deletedTargetsDoNothing();
    void commandsMayEndThePalette();
    void itFitsASmallWindow();
    void shortcutsAreListedOnce();

private:
    QPushButton *add(const QString &name, const QString &text);
    [[nodiscard]] const Command *find(const Commands &commands, const QString &title) const;
    void open();
    void press(Qt::Key key) { QTest::keyClick(m_edit, key); }

    std::unique_ptr<QMainWindow> m_window;
    QWidget *m_content = nullptr;
    CommandPalette *m_palette = nullptr;
    QLineEdit *m_edit = nullptr;
};

void TestCommandPalette::init()
{
    m_window = std::make_unique<QMainWindow>();
    m_content = new QWidget;
    m_window->setCentralWidget(m_content);
    m_window->resize(800, 600);
    m_palette = new CommandPalette(*m_window);
    m_edit = m_palette->findChild<QLineEdit *>(QStringLiteral("commandSearch"));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QPushButton *TestCommandPalette::add(const QString &name, const QString &text)
{
    auto *button = new QPushButton(text, m_content);
    button->setObjectName(name);
    button->show();
    return button;
}

const Command *TestCommandPalette::find(const Commands &commands, const QString &title) const
{
    const auto found = std::find_if(
        commands.begin(), commands.end(), [&title](const Command &command) { return command.title == title; });
    return found == commands.end() ? nullptr : &*found;
}

void TestCommandPalette::open()
{
    m_palette->open(CommandCollector(*m_window).collect());
    QTRY_VERIFY(m_edit->hasFocus());
}

void TestCommandPalette::whatCanNotBeDoneSaysWhy()
{
    QPushButton *send = add(QStringLiteral("send"), QStringLiteral("&Send"));
    send->setEnabled(false);
    send->setProperty("whyDisabled", QStringLiteral("Write something first"));
    add(QStringLiteral("gone"), QStringLiteral("Gone"))->hide();
    QSignalSpy clicked(send, &QPushButton::clicked);
    open();
    m_edit->setText(QStringLiteral("send"));
    const Command *command = m_palette->current();
    QVERIFY(command);
    QCOMPARE(command->title, QStringLiteral("Send"));
    QCOMPARE(command->reason, QStringLiteral("Write something first"));
    QVERIFY(m_edit->accessibleDescription().contains(command->reason));
    press(Qt::Key_Return);
    QCOMPARE(clicked.size(), 0);
    QVERIFY(m_palette->isVisible());
    m_edit->setText(QStringLiteral("gone"));
    QVERIFY(!m_palette->current()->isEnabled);
}

void TestCommandPalette::hiddenPagesAreShownFirst()
{
    auto *stack = new QStackedWidget(m_content);
    auto *tabs = new QTabWidget;
    auto *second = new QWidget;
    auto *button = new QPushButton(QStringLiteral("Deep inside"), second);
    tabs->addTab(new QWidget, QStringLiteral("One"));
    tabs->addTab(second, QStringLiteral("Two"));
    stack->addWidget(new QWidget);
    stack->addWidget(tabs);
    stack->show();
    tabs->setProperty("paletteSection", QStringLiteral("Tabs"));
    bool wasVisible = false;
    connect(button, &QPushButton::clicked, this, [&wasVisible, button] { wasVisible = button->isVisible(); });
    const Commands commands = CommandCollector(*m_window).collect();
    const Command *command = find(commands, QStringLiteral("Deep inside"));
    QVERIFY(command && command->isEnabled);
    QCOMPARE(command->place, QStringLiteral("Tabs"));
    command->run();
    QVERIFY(wasVisible);
    QCOMPARE(tabs->currentIndex(), 1);
    find(commands, QStringLiteral("Go to One"))->run();
    QCOMPARE(tabs->currentIndex(), 0);
    auto *dock = new QDockWidget(QStringLiteral("Panel"), m_window.get());
    dock->setWidget(new QPushButton(QStringLiteral("In a dock")));
    m_window->addDockWidget(Qt::LeftDockWidgetArea, dock);
    dock->hide();
    const Commands again = CommandCollector(*m_window).collect();
    const Command *inDock = find(again, QStringLiteral("In a dock"));
    QVERIFY(inDock && inDock->isEnabled);
    QCOMPARE(inDock->place, QStringLiteral("Panel"));
    inDock->run();
    QVERIFY(dock->isVisible());
}

void TestCommandPalette::menusThatFillThemselvesAreRead()
{
    auto *button = new QToolButton(m_content);
    button->setAccessibleName(QStringLiteral("More"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    button->setMenu(menu);
    int done = 0;
    connect(menu, &QMenu::aboutToShow, this, [menu, &done] {
        menu->clear();
        menu->addAction(QStringLiteral("&Import…"), menu, [&done] { ++done; });
        menu->addSeparator();
        menu->addMenu(QStringLiteral("Deeper"))->addAction(QStringLiteral("Still"), menu, [&done] { done += 10; });
    });
    const Commands commands = CommandCollector(*m_window).collect();
    const Command *import = find(commands, QStringLiteral("More: Import"));
    const Command *still = find(commands, QStringLiteral("Deeper: Still"));
    QVERIFY(import && still);
    QVERIFY(!find(commands, QStringLiteral("More")));
    import->run();
    still->run();
    QCOMPARE(done, 11);
}

void TestCommandPalette::shortcutsThatSayWhatTheyDoAreCommands()
{
    auto *shortcut = new QShortcut(QKeySequence(QStringLiteral("Ctrl+J")), m_content);
    shortcut->setWhatsThis(QStringLiteral("Jump"));
    new QShortcut(QKeySequence(QStringLiteral("Ctrl+M")), m_content); // says nothing, so it is a second key
    QSignalSpy activated(shortcut, &QShortcut::activated);
    const Commands commands = CommandCollector(*m_window).collect();
    const Command *command = find(commands, QStringLiteral("Jump"));
    QVERIFY(command);
    QCOMPARE(command->keys, QStringLiteral("Ctrl+J"));
    command->run();
    QCOMPARE(activated.size(), 1);
    QVERIFY(std::none_of(
        commands.begin(), commands.end(), [](const Command &other) { return other.keys == QStringLiteral("Ctrl+M"); }));
}

void TestCommandPalette::leftOutIsLeftOut()
{
    add(QStringLiteral("a"), QStringLiteral("Hidden helper"))->setProperty("isNoCommand", true);
    auto *dialog = new QDialog(m_window.get());
    new QPushButton(QStringLiteral("In a dialog"), dialog);
    const Commands commands = CommandCollector(*m_window).collect();
    QVERIFY(!find(commands, QStringLiteral("Hidden helper")));
    QVERIFY(!find(commands, QStringLiteral("In a dialog")));
}

void TestCommandPalette::lettersFindTheBestFirst()
{
    Commands commands {{.id = QStringLiteral("1"), .title = QStringLiteral("Use this session again")},
        {.id = QStringLiteral("2"), .title = QStringLiteral("Settings")},
        {.kind = Command::Kind::Model, .id = QStringLiteral("3"), .title = QStringLiteral("settler-7b")},
        {.id = QStringLiteral("4"), .title = QStringLiteral("Add pane"), .keywords = QStringLiteral("column")}};
    CommandModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCommands(commands, {});
    QCOMPARE(model.data(model.index(0), Qt::DisplayRole).toString(), QStringLiteral("Actions"));
    QVERIFY(!model.commandAt(0));
    model.setSearch(QStringLiteral("sett"));
    QCOMPARE(model.commandAt(1)->title, QStringLiteral("Settings"));
    QCOMPARE(model.data(model.index(2), Qt::DisplayRole).toString(), QStringLiteral("Models"));
    model.setSearch(QStringLiteral("settl"));
    QCOMPARE(model.commandAt(1)->title, QStringLiteral("settler-7b")); // its kind comes first now
    model.setSearch(QStringLiteral("column"));
    QCOMPARE(model.commandAt(1)->title, QStringLiteral("Add pane"));
    model.setSearch(QStringLiteral("qqq"));
    QCOMPARE(model.rowCount(), 0);
}

void TestCommandPalette::usedLastComesFirst()
{
    add(QStringLiteral("first"), QStringLiteral("First"));
    QPushButton *second = add(QStringLiteral("second"), QStringLiteral("Second"));
    QSignalSpy clicked(second, &QPushButton::clicked);
    QSignalSpy recent(m_palette, &CommandPalette::recentChanged);
    open();
    m_edit->setText(QStringLiteral("second"));
    press(Qt::Key_Return);
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(recent.size(), 1);
    QVERIFY(!m_palette->isVisible());
    open();
    QCOMPARE(m_palette->current()->title, QStringLiteral("Second"));
    QCOMPARE(
        m_palette->model().data(m_palette->model().index(0), Qt::DisplayRole).toString(), QStringLiteral("Used last"));
    press(Qt::Key_Return);
    QCOMPARE(m_palette->recent().size(), 1); // not twice
    m_palette->setRecent({QStringLiteral("no longer there")});
    open();
    QCOMPARE(
        m_palette->model().data(m_palette->model().index(0), Qt::DisplayRole).toString(), QStringLiteral("Actions"));
}

void TestCommandPalette::keyboardAlone()
{
    auto *before = new QLineEdit(m_content);
    before->show();
    before->setFocus();
    QTRY_VERIFY(before->hasFocus());
    for (int i = 0; i < 40; ++i)
        add(QStringLiteral("b%1").arg(i), QStringLiteral("Button %1").arg(i, 2, 10, QLatin1Char('0')));
    open();
    const QString first = m_palette->current()->title;
    press(Qt::Key_Up);
    QCOMPARE(m_palette->current()->title, first); // no further
    press(Qt::Key_Down);
    QVERIFY(m_palette->current()->title != first);
    press(Qt::Key_PageDown);
    press(Qt::Key_PageUp);
    press(Qt::Key_Up);
    QCOMPARE(m_palette->current()->title, first);
    press(Qt::Key_Tab);
    QVERIFY(m_edit->hasFocus());
    QVERIFY(!m_edit->accessibleDescription().isEmpty());
    press(Qt::Key_Escape);
    QVERIFY(!m_palette->isVisible());
    QVERIFY(before->hasFocus());
}

void TestCommandPalette::nothingFits()
{
    add(QStringLiteral("one"), QStringLiteral("One"));
    open();
    m_edit->setText(QStringLiteral("zzzz"));
    QVERIFY(!m_palette->current());
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QVERIFY(m_palette->isVisible());
    m_edit->setText(QStringLiteral("one"));
    QVERIFY(m_palette->current());
}

void TestCommandPalette::deletedTargetsDoNothing()
{
    auto *action = new QAction(QStringLiteral("Passing"), m_window.get());
    m_window->addAction(action);
    QPushButton *button = add(QStringLiteral("x"), QStringLiteral("Also passing"));
    const Commands commands = CommandCollector(*m_window).collect();
    delete action;
    delete button;
    find(commands, QStringLiteral("Passing"))->run();
    find(commands, QStringLiteral("Also passing"))->run();
}

void TestCommandPalette::commandsMayEndThePalette()
{
    QPushButton *button = add(QStringLiteral("x"), QStringLiteral("Close everything"));
    connect(button, &QPushButton::clicked, this, [this] { m_palette->deleteLater(); });
    open();
    m_edit->setText(QStringLiteral("close"));
    press(Qt::Key_Return);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_palette = nullptr;
}

void TestCommandPalette::itFitsASmallWindow()
{
    open();
    m_window->resize(360, 240);
    QTRY_VERIFY(m_window->rect().contains(m_palette->geometry()));
}

void TestCommandPalette::shortcutsAreListedOnce()
{
    const Commands commands {
        {.title = QStringLiteral("Close"), .place = QStringLiteral("Pane"), .keys = QStringLiteral("Ctrl+W")},
        {.title = QStringLiteral("Close"), .place = QStringLiteral("Pane"), .keys = QStringLiteral("Ctrl+W")},
        {.title = QStringLiteral("No key")}};
    auto *help = new ShortcutHelp(commands, m_window.get());
    help->open();
    auto *list = help->findChild<QTreeWidget *>(QStringLiteral("shortcutList"));
    QCOMPARE(
        list->findItems(QStringLiteral("Close"), Qt::MatchExactly | Qt::MatchRecursive).size(), 2); // and the palette's
    QVERIFY(list->findItems(QStringLiteral("No key"), Qt::MatchExactly | Qt::MatchRecursive).isEmpty());
    help->findChild<QLineEdit *>(QStringLiteral("shortcutSearch"))->setText(QStringLiteral("ctrl+w"));
    int shown = 0;
    for (int group = 0; group < list->topLevelItemCount(); ++group) {
        for (int item = 0; item < list->topLevelItem(group)->childCount(); ++item)
            shown += list->topLevelItem(group)->child(item)->isHidden() ? 0 : 1;
    }
    QCOMPARE(shown, 1);
}

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
