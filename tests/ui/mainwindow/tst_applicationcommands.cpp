// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationcommands.h"

#include "application.h"
#include "applicationwindow.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "palette/commandcollector.h"
#include "palette/commandpalette.h"

#include <QAbstractButton>
#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QSet>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace diptych;

/// The real program: what can be done in its window, against what the palette offers.
class TestApplicationCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_application.reset(); }
    void everyButtonAndActionIsThere();
    void everyCommandHasATitleAndAnIdOfItsOwn();
    void keysAreGivenOnce();
    void modelsAndSessionsAreThere();
    void choosingAModelSwapsTheCurrentPane();
    void actionsOfHiddenPagesWork();
    void usedLastSurvivesARestart();

private:
    [[nodiscard]] MainWindow &window() const { return m_application->window().window(); }
    [[nodiscard]] Commands commands() const { return m_application->window().commands().commands(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
};

namespace {

struct Exception {
    const char *why;
    bool (*fits)(const QObject &object);
};

bool isIn(const QObject &object, const char *className)
{
    for (const QObject *parent = object.parent(); parent; parent = parent->parent()) {
        if (parent->inherits(className))
            return true;
    }
    return false;
}

/// What has no entry of its own, and why.
constexpr Exception exceptions[] {
    {"Separators do nothing",
        [](const QObject &object) {
            const auto *action = qobject_cast<const QAction *>(&object);
            return action && action->isSeparator();
        }},
    {"The place of a widget in a tool bar is none",
        [](const QObject &object) { return object.inherits("QWidgetAction"); }},
    {"Qt's own buttons of docks, tool bars and menus; the panels have 'Show or hide'",
        [](const QObject &object) { return object.objectName().startsWith(u"qt_"); }},
    {"Icons inside a text field, and its cross: Ctrl+A and Del do that",
        [](const QObject &object) { return object.parent()->inherits("QLineEdit") || isIn(object, "QLineEdit"); }},
    {"Arrows of a tab bar that scrolls: every tab has an entry",
        [](const QObject &object) { return object.parent()->inherits("QTabBar"); }},
    {"The corner of a table selects all, as Ctrl+A does",
        [](const QObject &object) { return object.parent()->inherits("QTableView"); }},
    {"A button that only opens a menu: the entries of the menu are there",
        [](const QObject &object) {
            const auto *button = qobject_cast<const QToolButton *>(&object);
            return button && button->menu() && button->popupMode() == QToolButton::InstantPopup;
        }},
    {"An action that opens a menu: the same",
        [](const QObject &object) {
            const auto *action = qobject_cast<const QAction *>(&object);
            return action && action->menu();
        }},
    {"A button that is hidden and says nothing yet: its text comes with its occasion",
        [](const QObject &object) {
            const auto *button = qobject_cast<const QAbstractButton *>(&object);
            return button && button->isHidden() && CommandCollector::titleOf(*button).isEmpty();
        }},
    {"A button that shows an action: the action is there",
        [](const QObject &object) {
            const auto *button = qobject_cast<const QToolButton *>(&object);
            return button && button->defaultAction();
        }},
};

bool isException(const QObject &object)
{
    return std::any_of(
        std::begin(exceptions), std::end(exceptions), [&object](const Exception &known) { return known.fits(object); });
}

/// Whether a widget is part of the window itself, and not of a popup or the palette.
bool isInWindow(const QWidget *widget, const QWidget &window)
{
    for (; widget != &window; widget = widget->parentWidget()) {
        if (!widget || widget->isWindow() || widget->property("isNoCommand").toBool())
            return false;
    }
    return true;
}

} // namespace

void TestApplicationCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_application = std::make_unique<Application>(*qApp, m_folder->path());
    m_application->start();
    const Conversation &conversation = m_application->window().conversation();
    QTRY_VERIFY_WITH_TIMEOUT(!conversation.session().turns.empty() && conversation.runningCount() == 0, 20'000);
}

void TestApplicationCommands::everyButtonAndActionIsThere()
{
    QSet<const QObject *> known;
    for (const Command &command : commands())
        known.insert(command.target);
    QStringList missing;
    const auto check = [&known, &missing](const QObject &object, const QString &text) {
        if (!known.contains(&object) && !isException(object)) {
            missing += QStringLiteral("%1 \"%2\" %3 in %4")
                           .arg(QLatin1String(object.metaObject()->className()), object.objectName(), text,
                               object.parent() ? object.parent()->objectName() : QString());
        }
    };
    int seen = 0;
    for (QWidget *widget : window().findChildren<QWidget *>()) {
        if (!isInWindow(widget, window()))
            continue;
        for (const QAction *action : widget->actions())
            check(*action, action->text());
        if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
            check(*button, button->text() + u' ' + button->toolTip());
            ++seen;
        }
    }
    for (const QAction *action : window().actions())
        check(*action, action->text());
    QVERIFY(seen > 30);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestApplicationCommands::everyCommandHasATitleAndAnIdOfItsOwn()
{
    QSet<QString> ids;
    for (const Command &command : commands()) {
        QVERIFY2(!command.title.isEmpty(), qPrintable(command.id));
        QVERIFY2(!ids.contains(command.id), qPrintable(command.id));
        QVERIFY2(command.run, qPrintable(command.id));
        ids.insert(command.id);
    }
}

void TestApplicationCommands::keysAreGivenOnce()
{
    // Keys of the whole window; those of a list or pane may come again in another.
    QHash<QString, const QAction *> keys;
    for (const QAction *action : window().findChildren<QAction *>()) {
        const bool isOfWindow = action->shortcutContext() == Qt::WindowShortcut && action->parent() == &window();
        for (const QKeySequence &sequence : action->shortcuts()) {
            const QString text = sequence.toString();
            QVERIFY2(!isOfWindow || !keys.contains(text), qPrintable(text + u' ' + action->text()));
            if (isOfWindow)
                keys.insert(text, action);
        }
    }
    QVERIFY(keys.contains(QStringLiteral("Ctrl+Shift+P")));
    QVERIFY(keys.contains(QStringLiteral("Ctrl+K")));
}

void TestApplicationCommands::modelsAndSessionsAreThere()
{
    const auto has = [this](Command::Kind kind, const QString &title) {
        const Commands all = commands();
        return std::any_of(all.begin(), all.end(),
            [kind, &title](const Command &command) { return command.kind == kind && command.title.contains(title); });
    };
    QTRY_VERIFY(has(Command::Kind::Model, QStringLiteral("babbler-5")));
    QTRY_VERIFY(has(Command::Kind::Session, QStringLiteral("Diptych")));
}

void TestApplicationCommands::choosingAModelSwapsTheCurrentPane()
{
    QTRY_VERIFY(m_application->connections().models(QStringLiteral("builtin")).size() >= 5);
    window().findChild<QAction *>(QStringLiteral("openPalette"))->trigger();
    auto *edit = window().findChild<QLineEdit *>(QStringLiteral("commandSearch"));
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, QStringLiteral("guide-reasoning"));
    QTest::keyClick(edit, Qt::Key_Return);
    const std::vector<PaneState> &panes = m_application->window().conversation().session().panes;
    QVERIFY(std::any_of(
        panes.begin(), panes.end(), [](const PaneState &pane) { return pane.model.model == u"guide-reasoning"; }));
}

void TestApplicationCommands::actionsOfHiddenPagesWork()
{
    const Commands all = commands();
    const QAbstractButton *button = nullptr;
    for (const Command &command : all) {
        if (command.place == u"Gateway" && command.isEnabled && !button)
            button = qobject_cast<const QAbstractButton *>(command.target);
    }
    QVERIFY(button);
    QVERIFY(!button->isVisible());
    CommandCollector::reveal(*window().findChild<QAbstractButton *>(button->objectName()));
    QCOMPARE(window().currentPage(), QStringLiteral("gateway"));
    QVERIFY(window().findChild<QAction *>(QStringLiteral("page-gateway"))->isChecked());
}

void TestApplicationCommands::usedLastSurvivesARestart()
{
    auto *palette = window().findChild<CommandPalette *>(QStringLiteral("commandPalette"));
    palette->open(commands());
    auto *edit = palette->findChild<QLineEdit *>(QStringLiteral("commandSearch"));
    edit->setText(QStringLiteral("go to embeddings"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(window().currentPage(), QStringLiteral("embeddings"));
    const QStringList recent = palette->recent();
    window().close();
    m_application.reset();
    m_application = std::make_unique<Application>(*qApp, m_folder->path());
    QCOMPARE(window().findChild<CommandPalette *>(QStringLiteral("commandPalette"))->recent(), recent);
}

QTEST_MAIN(TestApplicationCommands)
#include "tst_applicationcommands.moc"
