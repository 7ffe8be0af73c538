// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "net/httpclient.h"
#include "providers/registry.h"
#include "store/endpointexport.h"
#include "store/endpointstore.h"
#include "store/sessionstore.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

namespace {

const QByteArray secret = "s3cretKEY0123456789";
QFile *logFile = nullptr; // of the message handler, which has no other way to it

void writeLog(QtMsgType, const QMessageLogContext &, const QString &message)
{
    logFile->write(message.toUtf8() + '\n');
}

/// A server that repeats in its error everything that it was told.
FakeResponse repeatEverything(const FakeRequest &request)
{
    QByteArray told = request.target;
    for (const HeaderField &field : request.headers)
        told += ' ' + field.name + ": " + field.value;
    const QJsonObject error {{QStringLiteral("message"), QString::fromUtf8("Wrong key: " + told)},
        {QStringLiteral("code"), QStringLiteral("invalid_api_key")}};
    return FakeResponse::json(401, QJsonDocument(QJsonObject {{QStringLiteral("error"), error}}).toJson());
}

Answer answerOf(const ChatReply &reply)
{
    return {.paneId = QStringLiteral("left"),
        .model = {.endpointId = QStringLiteral("e"), .model = QStringLiteral("m")},
        .state = Answer::State::Failed,
        .error = reply.error()};
}

QByteArray textOf(const Exchange &exchange)
{
    QByteArray text = exchange.url.toEncoded() + exchange.requestBody + exchange.responseBody + exchange.reason;
    for (const HeaderList &headers : {exchange.requestHeaders, exchange.responseHeaders}) {
        for (const HeaderField &field : headers)
            text += '\n' + field.name + ": " + field.value;
    }
    return text;
}

} // namespace

/// Sends a key in every way there is to a server that repeats it, writes all files, and searches them.
class TestSecretsInFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noFileHoldsTheKey_data();
    void noFileHoldsTheKey();
    void goodStatusesHoldNoKeyEither_data();
    void goodStatusesHoldNoKeyEither();

private:
    static QByteArrayList filesWithTheKey(const QString &folder);
};

QByteArrayList TestSecretsInFiles::filesWithTheKey(const QString &folder)
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
    if (count < 4)
        found.append("too few files to be believed");
    return found;
}

void TestSecretsInFiles::noFileHoldsTheKey_data()
{
    using Auth = Endpoint::Auth;
    QTest::addColumn<Endpoint>("endpoint"); // its base URL is completed
    const auto row = [](const char *name, const Endpoint &endpoint) { QTest::newRow(name) << endpoint; };
    row("bearer", {.auth = Auth::Bearer, .credential = Secret(secret)});
    row("api-key", {.kind = Endpoint::Kind::AzureCompatible, .auth = Auth::ApiKey, .credential = Secret(secret)});
    row("both", {.kind = Endpoint::Kind::AzureFoundry, .auth = Auth::Both, .credential = Secret(secret)});
    for (const char *header : {"x-api-key", "x-goog-api-key", "Cookie", "X-Auth-Token", "Proxy-Authorization"})
        row(header, {.auth = Auth::None, .headers = {{header, secret}}});
    row("query", {.baseUrl = QUrl(QString::fromUtf8("?key=" + secret)), .auth = Auth::None});
    row("code in the query", {.baseUrl = QUrl(QString::fromUtf8("?a=b&code=" + secret)), .auth = Auth::None});
    row("token command",
        {.auth = Auth::Bearer, .tokenCommand = QStringLiteral("sh -c \"printf '%s' s3cretKEY012; echo 3456789\"")});
    Endpoint proxied {.auth = Auth::None};
    proxied.connection.proxy = {
        .mode = ProxyOptions::Mode::None, .user = QStringLiteral("me"), .password = Secret(secret)};
    row("proxy password", proxied);
}

void TestSecretsInFiles::noFileHoldsTheKey()
{
    QFETCH(Endpoint, endpoint);
    const QTemporaryDir folder;
    QFile log(folder.filePath(QStringLiteral("log")));
    QVERIFY(log.open(QIODevice::WriteOnly));
    logFile = &log;
    QLoggingCategory::setFilterRules(QStringLiteral("diptych.*=true"));
    const QtMessageHandler before = qInstallMessageHandler(writeLog);

    FakeServer server;
    server.route("/v1/chat/completions", repeatEverything);
    const QString query = endpoint.baseUrl.query(QUrl::FullyEncoded);
    endpoint.id = QStringLiteral("e");
    endpoint.baseUrl = server.url(QStringLiteral("/v1"));
    endpoint.baseUrl.setQuery(query.isEmpty() ? QString() : query);
    HttpClient client;
    const std::unique_ptr<Provider> provider = makeProvider(endpoint, client);
    const auto reply = provider->chat(
        {.model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("hi"))}});
    QSignalSpy finished(reply.get(), &Reply::finished);
    const bool hasFinished = finished.wait(20'000);

    const bool isSaved = EndpointStore(folder.filePath(QStringLiteral("endpoints.json"))).save(endpoint).has_value();
    QFile exported(folder.filePath(QStringLiteral("export.json")));
    QVERIFY(exported.open(QIODevice::WriteOnly));
    exported.write(exportEndpoints({endpoint}));
    exported.close();
    {
        auto store = SessionStore::open(folder.filePath(QStringLiteral("sessions.db")));
        QVERIFY(store && (*store)->save({.id = QStringLiteral("s")}));
        const auto turn =
            (*store)->addTurn(QStringLiteral("s"), {.prompt = Message::fromText(Role::User, QStringLiteral("hi"))});
        QVERIFY(turn && (*store)->addAnswer(*turn, answerOf(*reply)));
        QFile exchange(folder.filePath(QStringLiteral("exchange")));
        QVERIFY(exchange.open(QIODevice::WriteOnly));
        exchange.write(textOf(reply->exchange()));
        exchange.close();
        qWarning().noquote() << reply->error()->message << reply->error()->bodySample;
        const QByteArrayList found = filesWithTheKey(folder.path());
        qInstallMessageHandler(before);
        QVERIFY2(found.isEmpty(), found.join('\n').constData());
    }
    log.close();
    QVERIFY(hasFinished && isSaved);
    QCOMPARE(server.requests().size(), std::size_t(1));
    QVERIFY(reply->error() && reply->error()->kind == Error::Kind::Authentication);
    QCOMPARE(filesWithTheKey(folder.path()), QByteArrayList());
}

void TestSecretsInFiles::goodStatusesHoldNoKeyEither_data()
{
    QTest::addColumn<QString>("native");
    QTest::addColumn<QString>("path");
    QTest::addColumn<FakeResponse>("response");
    const auto row = [](const char *name, const char *native, const char *path, const FakeResponse &response) {
        QTest::newRow(name) << QString::fromLatin1(native) << QString::fromLatin1(path) << response;
    };
    const QByteArray object = "{\"message\":\"Wrong key: " + secret + "\",\"code\":\"" + secret + "\"}";
    const QByteArray error = "{\"error\":" + object + '}';
    const QByteArray start = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";
    const auto stream = [](const std::vector<QByteArray> &pieces) {
        return FakeResponse::chunked("text/event-stream", pieces);
    };
    const char *openai = "/v1/chat/completions";
    row("an event with an error", "", openai, stream({"data: " + error + "\n\n"}));
    row("an error after text", "", openai, stream({start, "data: " + error + "\n\n"}));
    row("an error by its field", "", openai, stream({start, "error: " + object + "\n\n"}));
    row("an error byte by byte", "", openai, stream({"data: " + error + "\n\n"}).byteByByte());
    row("an error in one piece", "", openai, FakeResponse::json(200, error));
    row("a page", "", openai, FakeResponse::text(200, "text/html", "<html>" + secret + "</html>"));
    row("no JSON", "", openai, FakeResponse::json(200, "{\"a\": " + secret));
    row("a header", "", openai, FakeResponse::json(400, "{}").header("x-request-id", secret));
    row("a status line", "", openai, FakeResponse::raw({"HTTP/1.1 400 " + secret + "\r\nContent-Length: 0\r\n\r\n"}));
    row("anthropic", "anthropic", "/v1/messages",
        stream({"event: error\ndata: {\"type\":\"error\",\"error\":" + object + "}\n\n"}));
    row("gemini", "gemini", "/v1/models/m:streamGenerateContent", stream({"data: " + error + "\n\n"}));
    row("ollama", "ollama", "/v1/api/chat", FakeResponse::json(200, "{\"error\":\"" + secret + "\"}\n"));
    row("cohere", "cohere", "/v2/chat",
        stream({"data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"" + secret
            + "\"}}\n\n"}));
}

void TestSecretsInFiles::goodStatusesHoldNoKeyEither()
{
    QFETCH(QString, native);
    QFETCH(QString, path);
    QFETCH(FakeResponse, response);
    FakeServer server;
    server.route(path.toUtf8(), response);
    const Endpoint endpoint {.id = QStringLiteral("e"),
        .kind = native.isEmpty() ? Endpoint::Kind::OpenAiCompatible : Endpoint::Kind::Native,
        .native = native,
        .baseUrl = server.url(QStringLiteral("/v1")),
        .auth = Endpoint::Auth::Bearer,
        .credential = Secret(secret)};
    HttpClient client;
    const std::unique_ptr<Provider> provider = makeProvider(endpoint, client);
    const auto reply = provider->chat(
        {.model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("hi"))}});
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(finished.wait(20'000));
    QCOMPARE(server.requests().size(), std::size_t(1));
    QVERIFY(reply->error());
    const Error &error = *reply->error();
    const QByteArray told =
        (error.message + error.providerCode + error.parameter + error.requestId).toUtf8() + error.bodySample;
    QVERIFY2(!told.contains(secret), told.constData());
    QVERIFY2(told.contains("***"), told.constData());
    QVERIFY2(!textOf(reply->exchange()).contains(secret), textOf(reply->exchange()).constData());
}

QTEST_GUILESS_MAIN(TestSecretsInFiles)
#include "tst_secretsinfiles.moc"
