// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationsessions.h"

#include "application.h"
#include "applicationwindow.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "sessions/noticebar.h"
#include "sessions/replaywindow.h"
#include "sessions/sessionedits.h"
#include "sessions/sessionspane.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// What the list of sessions asks for, with the real window.
class TestApplicationSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_application.reset(); }
    void whatIsFoundIsShownOnItsBranch();
    void theOpenSessionKeepsItsNewName();
    void theTrashClosesTheOpenSession();
    void filesGoOutAndIn();
    void everythingIsAskedAgain();
    void aReplayLeavesTheConversationAlone();

private:
    [[nodiscard]] ApplicationWindow &window() { return m_application->window(); }
    [[nodiscard]] SessionStore &store() { return *window().conversation().store(); }
    [[nodiscard]] QString notice()
    {
        return window()
            .sessionsPane()
            .notices()
            .findChild<QWidget *>(QStringLiteral("noticeText"))
            ->property("text")
            .toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
};

void TestApplicationSessions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_application = std::make_unique<Application>(*qApp, m_folder->path());
    const auto turn = [](qint64 id, qint64 parentId, const char *prompt, const char *answer) {
        Turn made {
            .id = id, .parentId = parentId, .prompt = Message::fromText(Role::User, QString::fromLatin1(prompt))};
        made.answers = {{.id = id,
            .paneId = QStringLiteral("p1"),
            .modelLabel = QStringLiteral("guide — Built-in"),
            .state = Answer::State::Complete,
            .message = Message::fromText(Role::Assistant, QString::fromLatin1(answer))}};
        return made;
    };
    Session session {.id = QStringLiteral("s"),
        .title = QStringLiteral("Bread"),
        .panes = {{.id = QStringLiteral("p1"), .model = {QStringLiteral("builtin"), QStringLiteral("guide")}}}};
    session.turns = {turn(-1, 0, "What is a pane?", "A column."), turn(-3, -1, "And a route?", "A rule.")};
    session.otherTurns = {turn(-2, -1, "And a session?", "A saved conversation, kept well.")};
    QVERIFY(store().library().insert({.session = session}));
}

void TestApplicationSessions::whatIsFoundIsShownOnItsBranch()
{
    const auto found = store().search(QStringLiteral("well saved"));
    QVERIFY(found && found->size() == 1);
    Q_EMIT window().sessionsPane().matchActivated(
        found->front().sessionId, found->front().turnId, QStringLiteral("well saved"));
    const Session &shown = window().conversation().session();
    QCOMPARE(shown.id, QStringLiteral("s"));
    QCOMPARE(shown.turns.back().prompt.text(), QStringLiteral("And a session?"));
    // The words do not stand one after the other: the longest is looked for.
    auto *edit = window().window().findChild<QLineEdit *>(QStringLiteral("findEdit"));
    QCOMPARE(edit->text(), QStringLiteral("saved"));
}

void TestApplicationSessions::theOpenSessionKeepsItsNewName()
{
    window().sessions().openSession(QStringLiteral("s"));
    window().sessionsPane().edits().rename(QStringLiteral("s"), QStringLiteral("Loaf"));
    QCOMPARE(window().conversation().session().title, QStringLiteral("Loaf"));
    window().conversation().setSystemPrompt(QStringLiteral("Be brief.")); // saves all of it
    QCOMPARE(store().load(QStringLiteral("s"))->title, QStringLiteral("Loaf"));
    window().sessionsPane().edits().undoStack().undo();
    QCOMPARE(window().conversation().session().title, QStringLiteral("Bread"));
}

void TestApplicationSessions::theTrashClosesTheOpenSession()
{
    window().sessions().openSession(QStringLiteral("s"));
    window().sessionsPane().edits().moveToTrash({QStringLiteral("s")});
    QVERIFY(window().conversation().session().id != QStringLiteral("s"));
    QVERIFY(store().library().places({QStringLiteral("s")})->at(0).trashedAt.isValid());
}

void TestApplicationSessions::filesGoOutAndIn()
{
    for (const char *name : {"out.json", "out.md", "out.html", "out.pdf"}) {
        const QString file = m_folder->filePath(QString::fromLatin1(name));
        window().sessions().exportTo(file, {QStringLiteral("s")});
        QTRY_VERIFY(QFile::exists(file));
        QTRY_COMPARE(notice(), QStringLiteral("Exported to %1").arg(QLatin1String(name)));
    }
    QVERIFY(store().library().remove({QStringLiteral("s")}));
    window().sessions().importFiles({m_folder->filePath(QStringLiteral("out.json"))});
    QTRY_COMPARE(notice(), QStringLiteral("1 session imported"));
    QCOMPARE(store().load(QStringLiteral("s"), -1)->otherTurns.size(), std::size_t(1));
}

void TestApplicationSessions::everythingIsAskedAgain()
{
    m_application->start();
    window().sessions().rerun(QStringLiteral("s"));
    QTRY_COMPARE_WITH_TIMEOUT(notice(), QStringLiteral("Everything was asked again"), 20'000);
    const std::vector<SessionSummary> all = *store().list();
    const auto copy = std::find_if(
        all.begin(), all.end(), [](const SessionSummary &session) { return session.title == u"Bread (asked again)"; });
    QVERIFY(copy != all.end());
    const Session again = *store().load(copy->id, -1);
    QCOMPARE(again.turns.size(), std::size_t(2));
    QVERIFY(again.turns[0].answers.at(0).message.text().size() > 20);
}

void TestApplicationSessions::aReplayLeavesTheConversationAlone()
{
    const QString id = window().conversation().session().id;
    window().sessions().replay(QStringLiteral("s"));
    auto *replay = window().window().findChild<ReplayWindow *>();
    QVERIFY(replay && replay->isPlaying());
    QCOMPARE(window().conversation().session().id, id);
    replay->close();
    QTRY_VERIFY(!window().window().findChild<ReplayWindow *>());
    window().sessions().replay(QStringLiteral("nobody"));
    QVERIFY(!window().window().findChild<ReplayWindow *>());
}

QTEST_MAIN(TestApplicationSessions)
#include "tst_applicationsessions.moc"
