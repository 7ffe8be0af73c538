// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "api/connections.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "store/sessionstore.h"
#include "transcript/transcriptview.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// The real program with its real parts: built-in models over loopback HTTP, SQLite in a temporary folder.
class TestApplicationWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void firstStartComparesTwoModels();
    void secondStartShowsTheSessionAgain();
    void damagedFilesDoNotPreventTheStart();
    void refusalOfAModelIsAnErrorOfItsPane();
    void swappedModelAnswersNext();

private:
    static bool isDone(Application &application)
    {
        const Conversation &conversation = application.window().conversation();
        return !conversation.session().turns.empty() && conversation.runningCount() == 0;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestApplicationWindow::firstStartComparesTwoModels()
{
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
    const Turn &turn = application.window().conversation().session().turns.front();
    QCOMPARE(turn.answers.size(), std::size_t(2));
    for (const Answer &answer : turn.answers) {
        QVERIFY2(!answer.error, answer.error ? qPrintable(answer.error->message) : "");
        QCOMPARE(answer.state, Answer::State::Complete);
        QVERIFY(answer.message.text().contains(QStringLiteral("Diptych")));
        QVERIFY(answer.metrics.phases.firstToken);
        QCOMPARE(answer.metrics.usage.source, Usage::Source::Provider);
    }
    QVERIFY(turn.answers[0].message.text() != turn.answers[1].message.text());
    QTRY_VERIFY(application.connections().models(QStringLiteral("builtin")).size() >= 5);
}

void TestApplicationWindow::secondStartShowsTheSessionAgain()
{
    QString id;
    {
        Application application(*qApp, m_folder->path());
        application.start();
        QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
        id = application.window().conversation().session().id;
        application.window().window().close();
    }
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_COMPARE(application.window().conversation().session().id, id);
    QCOMPARE(application.window().conversation().session().turns.size(), std::size_t(1)); // nothing was asked again
}

void TestApplicationWindow::damagedFilesDoNotPreventTheStart()
{
    for (const char *name : {"sessions.db", "endpoints.json", "keys.json"}) {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, '\x07'));
    }
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000); // works, but does not keep anything
    QFile sessions(m_folder->filePath(QStringLiteral("sessions.db")));
    QVERIFY(sessions.open(QIODevice::ReadOnly));
    QCOMPARE(sessions.readAll(), QByteArray(4096, '\x07')); // left alone
}

void TestApplicationWindow::refusalOfAModelIsAnErrorOfItsPane()
{
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
    Conversation &conversation = application.window().conversation();
    const QString paneId = conversation.addPane({QStringLiteral("builtin"), QStringLiteral("babbler-5")});
    conversation.ask(Message::fromText(Role::User, QStringLiteral("Do you chat?")), {paneId});
    QTRY_COMPARE(conversation.runningCount(), 0);
    const Answer *answer = Conversation::answerOf(conversation.session().turns.back(), paneId);
    QCOMPARE(answer->error->kind, Error::Kind::Unsupported);
    QCOMPARE(answer->error->httpStatus, 405);
    QVERIFY(answer->message.text().isEmpty());
}

void TestApplicationWindow::swappedModelAnswersNext()
{
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
    Conversation &conversation = application.window().conversation();
    conversation.setPaneModel(QStringLiteral("p1"), {QStringLiteral("builtin"), QStringLiteral("guide-brief")});
    conversation.ask(Message::fromText(Role::User, QStringLiteral("What are extras?")), {QStringLiteral("p1")});
    QTRY_COMPARE_WITH_TIMEOUT(conversation.runningCount(), 0, 20'000);
    const Answer *answer = Conversation::answerOf(conversation.session().turns.back(), QStringLiteral("p1"));
    QCOMPARE(answer->model.model, QStringLiteral("guide-brief"));
    QVERIFY(answer->message.text().contains(QStringLiteral("xtra")));
    QCOMPARE(conversation.session().turns.front().answers.front().model.model, QStringLiteral("guide"));
}

QTEST_MAIN(TestApplicationWindow)
#include "tst_applicationwindow.moc"
