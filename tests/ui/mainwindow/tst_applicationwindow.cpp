// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "api/connections.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "inspector/bytesview.h"
#include "inspector/inspectorpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "store/sessionstore.h"
#include "transcript/transcriptview.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
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
    void refusedExtrasArePassedThrough();
    void changedEndpointIsKept();
    void swappedModelAnswersNext();
    void wireShowsWhatWasAsked();

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
    const Answer *answer = answerOf(conversation.session().turns.back(), paneId);
    QCOMPARE(answer->error->kind, Error::Kind::Unsupported);
    QCOMPARE(answer->error->httpStatus, 405);
    QVERIFY(answer->message.text().isEmpty());
}

void TestApplicationWindow::refusedExtrasArePassedThrough()
{
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
    Conversation &conversation = application.window().conversation();
    conversation.setSettings({.extras = QJsonObject {{QStringLiteral("top_k"), 5}}, .extrasMode = ExtrasMode::Error});
    const QString paneId = conversation.session().panes.front().id;
    conversation.ask(Message::fromText(Role::User, QStringLiteral("What is it?")), {paneId});
    QTRY_COMPARE(conversation.runningCount(), 0);
    const Answer *refused = answerOf(conversation.session().turns.back(), paneId);
    QCOMPARE(refused->error->kind, Error::Kind::Unsupported);
    QCOMPARE(refused->error->parameter, QStringLiteral("top_k"));
    auto *pane = application.window().chat().findChild<QWidget *>(QStringLiteral("pane-") + paneId);
    pane->findChild<QPushButton *>(QStringLiteral("action-PassThrough"))->click();
    QTRY_COMPARE(conversation.runningCount(), 0);
    const Answer *answer = answerOf(conversation.session().turns.back(), paneId);
    QVERIFY(!answer->error);
    QVERIFY(!answer->message.text().isEmpty());
    QCOMPARE(conversation.session().settings.extrasMode, ExtrasMode::Error); // the pane's own is changed
}

void TestApplicationWindow::changedEndpointIsKept()
{
    const QString id = QStringLiteral("lab");
    {
        Application application(*qApp, m_folder->path());
        const Endpoint endpoint {.id = id, .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9/v1"))};
        application.connections().add(endpoint);
        Endpoint changed = endpoint;
        changed.extras = {{QStringLiteral("top_k"), 5}};
        Q_EMIT application.window().endpointChangeRequested(changed);
        QCOMPARE(application.connections().find(id)->extras, changed.extras);
        changed.id = QStringLiteral("gone"); // removed in the meantime
        Q_EMIT application.window().endpointChangeRequested(changed);
        QVERIFY(!application.connections().find(QStringLiteral("gone")));
    }
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY(application.connections().find(id));
    QCOMPARE(application.connections().find(id)->extras, (QJsonObject {{QStringLiteral("top_k"), 5}}));
    QVERIFY(!application.connections().find(QStringLiteral("gone")));
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
    const Answer *answer = answerOf(conversation.session().turns.back(), QStringLiteral("p1"));
    QCOMPARE(answer->model.model, QStringLiteral("guide-brief"));
    QVERIFY(answer->message.text().contains(QStringLiteral("xtra")));
    QCOMPARE(conversation.session().turns.front().answers.front().model.model, QStringLiteral("guide"));
}

void TestApplicationWindow::wireShowsWhatWasAsked()
{
    Application application(*qApp, m_folder->path());
    application.start();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(application), 20'000);
    auto *asked = application.window().inspector().findChild<BytesView *>(QStringLiteral("askedText"));
    auto *sent = application.window().inspector().findChild<BytesView *>(QStringLiteral("requestText"));
    QTRY_VERIFY(asked->text().startsWith(QStringLiteral("{\n    \"model\": \"guide\",\n    \"messages\": [")));
    QVERIFY(sent->text().startsWith(QStringLiteral("POST /chat/completions")));
    // Also of a row of the activity list, once the reply is gone.
    auto *rows = application.window().window().findChild<QTableView *>(QStringLiteral("activityView"));
    for (int row = 0; row < rows->model()->rowCount(); ++row) {
        rows->setCurrentIndex(rows->model()->index(row, 0));
        const QString label = rows->model()->index(row, 1).data().toString();
        QCOMPARE(asked->text().isEmpty(), !label.startsWith(QStringLiteral("chat")));
    }
}

QTEST_MAIN(TestApplicationWindow)
#include "tst_applicationwindow.moc"
