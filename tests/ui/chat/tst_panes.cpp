// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answerpane.h"
#include "chat/chatpane.h"
#include "chat/paneview.h"
#include "chat/panewindow.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "scriptedprovider.h"
#include "transcript/renderscheduler.h"
#include "transcript/transcriptview.h"

#include <QAction>
#include <QJsonArray>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace diptych;

/// Layout, order and windows of the panes, and what is done with their turns.
class TestPanes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void brokenViewIsTheDefault();
    void viewComesBackFromJson();
    void manyPanesMakeATable();
    void tableScrollsTogether();
    void largePaneLeavesTheOthersOneKeyAway();
    void detachedPaneComesBackWhenItsWindowIsClosed();
    void removedPaneTakesItsWindowAlong();
    void layoutIsRememberedWithTheSession();
    void panesMoveByKeyAndStayInOrder();
    void swapIsMarked();
    void earlierTurnIsAskedAgainInItsPlace();
    void promptIsEditedInItsPlace();
    void branchesAreSwitchedWithoutNewPanes();
    void closingPanesWhileTheyStream();
    void sixteenPanesStream();
    void removedPaneComesBackByKey();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    AnswerPane *pane(const QString &id) const
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = top->findChild<AnswerPane *>(QStringLiteral("pane-") + id))
                return found;
        }
        return nullptr;
    }
    void startWith(int panes);
    void press(const char *keys);
    void ask(const char *text) { m_conversation->ask(Message::fromText(Role::User, QString::fromLatin1(text))); }
    void answerAll(const QString &text = QStringLiteral("an answer"));
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<ChatPane> m_pane;
};

static const QString one = QStringLiteral("p1");
static const QString two = QStringLiteral("p2");

static ModelRef model(const QString &name)
{
    return {QStringLiteral("e"), name};
}

void TestPanes::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_scheduler = std::make_unique<RenderScheduler>();
    m_pane = std::make_unique<ChatPane>(*m_conversation, *m_connections, *m_catalogue, *m_scheduler);
    startWith(2);
    m_pane->resize(900, 600);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void TestPanes::cleanup()
{
    m_pane.reset();
    m_scheduler.reset();
    m_conversation.reset();
    m_catalogue.reset();
    m_connections.reset();
}

void TestPanes::startWith(int panes)
{
    std::vector<ModelRef> models;
    for (int number = 1; number <= panes; ++number)
        models.push_back(model(QStringLiteral("m%1").arg(number)));
    m_conversation->startNew(models);
}

void TestPanes::press(const char *keys)
{
    const QKeySequence wanted(QString::fromLatin1(keys));
    for (QAction *action : m_pane->actions()) {
        if (action->shortcuts().contains(wanted)) {
            action->trigger();
            return;
        }
    }
    QFAIL("no such key");
}

void TestPanes::answerAll(const QString &text)
{
    for (const auto &reply : m_provider->chats) {
        if (reply && !reply->isFinished()) {
            reply->text(text);
            reply->finishWith();
        }
    }
}

void TestPanes::brokenViewIsTheDefault()
{
    QCOMPARE(paneViewFromJson({}), PaneView());
    const QJsonObject broken {{QStringLiteral("layout"), QStringLiteral("circle")}, {QStringLiteral("sizes"), 7},
        {QStringLiteral("detached"), QJsonArray {1}}, {QStringLiteral("focused"), 3}};
    QCOMPARE(paneViewFromJson(broken), PaneView());
}

void TestPanes::viewComesBackFromJson()
{
    const PaneView view {.layout = PaneLayout::Grid,
        .scrollsTogether = false,
        .focused = one,
        .current = two,
        .sizes = {{10, 20}, {30}},
        .detached = {{two, QRect(1, 2, 300, 400)}}};
    QCOMPARE(paneViewFromJson(paneViewToJson(view)), view);
    QCOMPARE(PaneView().layoutFor(5), PaneLayout::Columns);
    QCOMPARE(PaneView().layoutFor(6), PaneLayout::Table);
}

void TestPanes::manyPanesMakeATable()
{
    auto *prompts = child<QWidget>("promptColumn");
    QVERIFY(!prompts->isVisible());
    startWith(6);
    QVERIFY(prompts->isVisible());
    ask("Which row?");
    answerAll();
    QTRY_VERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("an answer")));
    QVERIFY(!pane(one)->transcript().toPlainText().contains(QStringLiteral("Which row?")));
    QVERIFY(prompts->findChild<TranscriptView *>()->toPlainText().contains(QStringLiteral("Which row?")));
    press("Ctrl+Shift+G"); // to columns: each has its prompts again
    QVERIFY(!prompts->isVisible());
    QTRY_VERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("Which row?")));
    press("Ctrl+Shift+G"); // to the grid
    QTRY_VERIFY(pane(one)->width() < 450);
    QVERIFY(
        pane(QStringLiteral("p4"))->mapTo(m_pane.get(), QPoint()).y() > pane(one)->mapTo(m_pane.get(), QPoint()).y());
}

void TestPanes::tableScrollsTogether()
{
    startWith(6);
    ask("Long?");
    chat(0)->text(QStringLiteral("a line\n\n").repeated(200));
    answerAll();
    ask("Next?");
    answerAll();
    const auto bar = [this](const QString &id) { return pane(id)->transcript().verticalScrollBar(); };
    QTRY_VERIFY(bar(one)->maximum() > 1000);
    QTRY_VERIFY(bar(two)->maximum() > 1000); // as far as its last turn, although it is short itself
    QTRY_VERIFY(bar(one)->value() > 1000);
    QTRY_VERIFY(bar(two)->value() > 1000);
    bar(two)->setValue(100);
    QCOMPARE(bar(one)->value(), 100);
    QVERIFY(!pane(one)->transcript().isFollowing());
    QTRY_VERIFY(qAbs(pane(one)->transcript().turnTop(1) - pane(two)->transcript().turnTop(1)) < 1);
    auto *prompts = child<QWidget>("promptColumn")->findChild<TranscriptView *>();
    QTRY_VERIFY(qAbs(pane(one)->transcript().turnTop(1) - prompts->turnTop(1)) < 1);
    // On the screen as well.
    QTRY_COMPARE(prompts->mapTo(m_pane.get(), QPoint()).y(), pane(one)->transcript().mapTo(m_pane.get(), QPoint()).y());
}

void TestPanes::largePaneLeavesTheOthersOneKeyAway()
{
    startWith(3);
    press("Ctrl+Shift+E");
    auto *tabs = child<QTabBar>("paneTabs");
    QVERIFY(tabs->isVisible());
    QCOMPARE(tabs->count(), 3);
    QVERIFY(pane(one)->isVisible());
    QVERIFY(!pane(two)->isVisible());
    press("Ctrl+2");
    QVERIFY(!pane(one)->isVisible());
    QVERIFY(pane(two)->isVisible());
    QCOMPARE(tabs->currentIndex(), 1);
    tabs->setCurrentIndex(2);
    QVERIFY(pane(QStringLiteral("p3"))->isVisible());
    QTest::keyClick(&pane(QStringLiteral("p3"))->transcript(), Qt::Key_Escape);
    QVERIFY(!tabs->isVisible());
    QVERIFY(pane(one)->isVisible());
    QVERIFY(pane(two)->isVisible());
    QTest::mouseDClick(pane(two)->findChild<QWidget *>(QStringLiteral("header")), Qt::LeftButton, {}, QPoint(2, 2));
    QVERIFY(!pane(one)->isVisible());
    m_conversation->removePane(two); // the large one
    QVERIFY(pane(one)->isVisible());
}

void TestPanes::detachedPaneComesBackWhenItsWindowIsClosed()
{
    ask("Hello?");
    press("Ctrl+2");
    press("Ctrl+Shift+D");
    auto *window = qobject_cast<PaneWindow *>(pane(two)->window());
    QVERIFY(window);
    QVERIFY(window->windowTitle().contains(QStringLiteral("m2")));
    QCOMPARE(pane(one)->window(), m_pane.get());
    answerAll(); // it goes on there
    QTRY_VERIFY(pane(two)->transcript().toPlainText().contains(QStringLiteral("an answer")));
    window->close();
    QCOMPARE(pane(two)->window(), m_pane.get());
    QVERIFY(pane(two)->isVisible());
}

void TestPanes::removedPaneTakesItsWindowAlong()
{
    press("Ctrl+2");
    press("Ctrl+Shift+D");
    const QPointer<QWidget> window = pane(two)->window();
    m_conversation->removePane(two);
    QTRY_VERIFY(window.isNull());
    press("Ctrl+Z"); // and comes back as it was
    QVERIFY(qobject_cast<PaneWindow *>(pane(two)->window()));
}

void TestPanes::layoutIsRememberedWithTheSession()
{
    press("Ctrl+Shift+G");
    press("Ctrl+2");
    QJsonObject view = m_conversation->session().view;
    view.insert(QStringLiteral("overlay"), QStringLiteral("diff")); // others' keys stay
    m_conversation->setView(view);
    press("Ctrl+Shift+G");
    view = m_conversation->session().view;
    QCOMPARE(view.value(u"overlay").toString(), QStringLiteral("diff"));
    const Session kept = m_conversation->session();
    startWith(2);
    QVERIFY(!child<QWidget>("promptColumn")->isVisible());
    m_conversation->adopt(kept);
    QVERIFY(child<QWidget>("promptColumn")->isVisible()); // columns, grid, table
    QCOMPARE(m_pane->currentPaneId(), two);
}

void TestPanes::panesMoveByKeyAndStayInOrder()
{
    startWith(3);
    press("Ctrl+3");
    press("Ctrl+Shift+PgUp");
    QCOMPARE(m_conversation->session().panes[1].id, QStringLiteral("p3"));
    const auto left = [this](const QString &id) { return pane(id)->mapTo(m_pane.get(), QPoint()).x(); };
    QTRY_VERIFY(left(QStringLiteral("p3")) < left(two));
    press("Ctrl+Z");
    QTRY_VERIFY(left(QStringLiteral("p3")) > left(two));
    m_conversation->removePane(one);
    press("Ctrl+Z"); // at its place, not at the end
    QTRY_VERIFY(left(one) < left(two));
}

void TestPanes::swapIsMarked()
{
    ask("Hello?");
    answerAll();
    m_conversation->setPaneModel(one, model(QStringLiteral("other")));
    QTRY_VERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("model switched to other")));
    m_conversation->setPaneModel(one, model(QStringLiteral("m1")));
    QVERIFY(!pane(one)->transcript().toPlainText().contains(QStringLiteral("switched")));
    m_conversation->regenerate(one, 0, model(QStringLiteral("guest")));
    answerAll(QStringLiteral("from a guest"));
    QTRY_VERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("from a guest")));
    QCOMPARE(m_conversation->pane(one)->model.model, QStringLiteral("m1"));
}

void TestPanes::earlierTurnIsAskedAgainInItsPlace()
{
    ask("First?");
    answerAll(QStringLiteral("old one"));
    ask("Second?");
    answerAll(QStringLiteral("two"));
    m_conversation->regenerate(one, 0);
    chat(4)->text(QStringLiteral("new one"));
    QTRY_VERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("new one")));
    chat(4)->finishWith();
    const QString text = pane(one)->transcript().toPlainText();
    QVERIFY(!text.contains(QStringLiteral("old one")));
    QVERIFY(text.indexOf(QStringLiteral("new one")) < text.indexOf(QStringLiteral("Second?")));
    QVERIFY(text.contains(QStringLiteral("two")));
}

void TestPanes::promptIsEditedInItsPlace()
{
    ask("First?");
    answerAll();
    QTRY_VERIFY(pane(one)->transcript().turnTop(0) >= 0);
    press("Alt+Up"); // the answer
    press("Alt+Up"); // the prompt
    auto *bar = pane(one)->findChild<QWidget *>(QStringLiteral("turnBar"));
    QVERIFY(bar->isVisible());
    const QList<QToolButton *> buttons = bar->findChildren<QToolButton *>();
    const auto edit = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *button) {
        return button->isVisible() && button->defaultAction()->objectName() == QStringLiteral("turn-edit");
    });
    QVERIFY(edit != buttons.end());
    (*edit)->click();
    auto *field = child<QPlainTextEdit>("editedPrompt");
    QVERIFY(field);
    QCOMPARE(field->toPlainText(), QStringLiteral("First?"));
    field->setPlainText(QStringLiteral("  "));
    QTest::keyClick(field, Qt::Key_Return); // nothing is asked
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    field->setPlainText(QStringLiteral("Better?"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_provider->chats.size(), std::size_t(4));
    QCOMPARE(chat(2)->request().messages.back().text(), QStringLiteral("Better?"));
    answerAll();
    QTRY_VERIFY(pane(two)->transcript().toPlainText().contains(QStringLiteral("version 2 of 2")));
}

void TestPanes::branchesAreSwitchedWithoutNewPanes()
{
    ask("First?");
    answerAll();
    const AnswerPane *before = pane(one);
    const qint64 first = m_conversation->session().turns[0].id;
    m_conversation->editTurn(0, Message::fromText(Role::User, QStringLiteral("Better?")));
    answerAll();
    m_conversation->showBranch(first);
    QCOMPARE(pane(one), before);
    QVERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("First?")));
    press("Ctrl+Z");
    QVERIFY(pane(one)->transcript().toPlainText().contains(QStringLiteral("Better?")));
}

void TestPanes::closingPanesWhileTheyStream()
{
    startWith(4);
    ask("Hello?");
    for (std::size_t index = 0; index < 4; ++index)
        chat(index)->text(QStringLiteral("some text"));
    for (const char *id : {"p1", "p3", "p4"})
        pane(QString::fromLatin1(id))->findChild<QToolButton *>(QStringLiteral("closeButton"))->click();
    QCOMPARE(m_conversation->runningCount(), 1);
    chat(1)->text(QStringLiteral(" and more"));
    answerAll();
    QTRY_VERIFY(pane(two)->transcript().toPlainText().contains(QStringLiteral("some text and more")));
    QVERIFY(!child<QPushButton>("stopButton")->isVisible());
}

void TestPanes::sixteenPanesStream()
{
    startWith(16);
    ask("Hello?");
    QCOMPARE(m_provider->chats.size(), std::size_t(16));
    for (int round = 0; round < 20; ++round) {
        for (std::size_t index = 0; index < 16; ++index)
            chat(index)->text(QStringLiteral("word %1 ").arg(round));
    }
    answerAll(QStringLiteral("end"));
    for (int number = 1; number <= 16; ++number)
        QTRY_VERIFY(
            pane(QStringLiteral("p%1").arg(number))->transcript().toPlainText().contains(QStringLiteral("end")));
    const qreal top = pane(one)->transcript().turnTop(0);
    for (int number = 2; number <= 16; ++number)
        QVERIFY(qAbs(pane(QStringLiteral("p%1").arg(number))->transcript().turnTop(0) - top) < 1);
    QVERIFY(child<QScrollArea>("panesArea")->horizontalScrollBar()->maximum() > 0);
}

void TestPanes::removedPaneComesBackByKey()
{
    pane(two)->findChild<QToolButton *>(QStringLiteral("closeButton"))->click();
    auto *edit = child<QPlainTextEdit>("promptEdit");
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier); // nothing was typed
    QTRY_COMPARE(m_conversation->session().panes.size(), std::size_t(2));
    m_conversation->removePane(two);
    QTest::keyClicks(edit, QStringLiteral("abc"));
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier); // takes the typing back first
    QCOMPARE(m_conversation->session().panes.size(), std::size_t(1));
    QVERIFY(edit->toPlainText().isEmpty());
}

QTEST_MAIN(TestPanes)
#include "tst_panes.moc"
