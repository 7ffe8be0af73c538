// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "api/connections.h"
#include "applicationwindow.h"
#include "fakeserver.h"
#include "inspector/bytesview.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"

#include <QDirIterator>
#include <QFile>
#include <QLoggingCategory>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

namespace {

const QByteArray secret = "s3cretKEY0123456789";
QByteArray *messages = nullptr; // of the message handler, which has no other way to it

void keepMessage(QtMsgType, const QMessageLogContext &, const QString &message)
{
    *messages += message.toUtf8() + '\n';
}

QByteArray toldOf(const FakeRequest &request)
{
    QByteArray told = request.target;
    for (const HeaderField &field : request.headers)
        told += ' ' + field.name + ": " + field.value;
    return "{\"error\":{\"message\":\"You sent " + told + "\",\"code\":\"server_error\"}}";
}

} // namespace

/// The real program asks servers that repeat all they are told; no file of its and no line of its log has a key.
class TestApplicationSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingThatIsWrittenHoldsAKey_data();
    void nothingThatIsWrittenHoldsAKey();

private:
    static QByteArrayList filesWithTheKey(const QString &folder);
};

QByteArrayList TestApplicationSecrets::filesWithTheKey(const QString &folder)
{
    QByteArrayList found;
    int count = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        ++count;
        const QByteArray bytes = file.readAll();
        for (const QByteArray &form : {secret, secret.toBase64(), secret.toHex()}) {
            if (bytes.contains(form))
                found.append(file.fileName().toUtf8());
        }
    }
    if (count < 2)
        found.append("too few files to be believed");
    return found;
}

void TestApplicationSecrets::nothingThatIsWrittenHoldsAKey_data()
{
    QTest::addColumn<Endpoint>("endpoint"); // its base URL is completed
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char *name, const Endpoint &endpoint) {
        QTest::addRow("%s, refused", name) << endpoint << false;
        QTest::addRow("%s, in a good answer", name) << endpoint << true;
    };
    row("key", {.auth = Endpoint::Auth::Both, .credential = Secret(secret)});
    row("header", {.auth = Endpoint::Auth::None, .headers = {{"X-Auth-Token", secret}}});
    row("query", {.baseUrl = QUrl(QString::fromUtf8("?key=" + secret)), .auth = Endpoint::Auth::None});
    row("token command",
        {.auth = Endpoint::Auth::Bearer,
            .tokenCommand = QStringLiteral("sh -c \"printf '%s' s3cretKEY012; echo 3456789\"")});
    Endpoint proxied {.auth = Endpoint::Auth::None};
    proxied.connection.proxy = {
        .mode = ProxyOptions::Mode::None, .user = QStringLiteral("me"), .password = Secret(secret)};
    row("proxy password", proxied);
}

void TestApplicationSecrets::nothingThatIsWrittenHoldsAKey()
{
    QFETCH(Endpoint, endpoint);
    QFETCH(const bool, isGood);
    const QTemporaryDir folder;
    QByteArray log;
    messages = &log;
    QLoggingCategory::setFilterRules(QStringLiteral("diptych.*=true\nqt.network.*=true"));
    const QtMessageHandler before = qInstallMessageHandler(keepMessage);
    FakeServer server;
    server.route("/v1/chat/completions", [isGood](const FakeRequest &request) {
        return isGood ? FakeResponse::sse({toldOf(request)}) : FakeResponse::json(400, toldOf(request));
    });
    const QString query = endpoint.baseUrl.query(QUrl::FullyEncoded);
    endpoint.id = QStringLiteral("lab");
    endpoint.baseUrl = server.url(QStringLiteral("/v1"));
    endpoint.baseUrl.setQuery(query.isEmpty() ? QString() : query);
    QByteArray shown;
    bool hasFailed = false;
    {
        Application application(*qApp, folder.path());
        application.start();
        Conversation &conversation = application.window().conversation();
        QTRY_VERIFY_WITH_TIMEOUT(!conversation.session().turns.empty() && conversation.runningCount() == 0, 20'000);
        application.connections().add(endpoint);
        Q_EMIT application.window().endpointChangeRequested(endpoint); // writes it
        const QString paneId = conversation.session().panes.front().id;
        conversation.setPaneModel(paneId, {endpoint.id, QStringLiteral("m")});
        conversation.ask(Message::fromText(Role::User, QStringLiteral("Hi")), {paneId});
        QTRY_COMPARE_WITH_TIMEOUT(conversation.runningCount(), 0, 20'000);
        const Answer *answer = answerOf(conversation.session().turns.back(), paneId);
        hasFailed = answer && answer->error && answer->error->message.startsWith(u"You sent ");
        for (const BytesView *view : application.window().window().findChildren<BytesView *>())
            shown += view->text().toUtf8();
        application.window().window().close();
    }
    qInstallMessageHandler(before);
    QVERIFY(hasFailed);
    QVERIFY(!server.requests().empty());
    QVERIFY(!shown.contains(secret));
    QVERIFY2(!log.contains(secret), log.constData());
    const QByteArrayList found = filesWithTheKey(folder.path());
    QVERIFY2(found.isEmpty(), found.join('\n').constData());
}

QTEST_MAIN(TestApplicationSecrets)
#include "tst_applicationsecrets.moc"
