// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationgateway.h"

#include "application.h"
#include "applicationrequests.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "fakeserver.h"
#include "gatewaypane/gatewaypane.h"
#include "mainwindow/activitypane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "models/requestjson.h"
#include "rawclient.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QDir>
#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace diptych;

namespace {

QByteArray chunk(const char *text)
{
    return QByteArray(R"({"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":")") + text
        + R"("}}]})";
}

QByteArray whole(const char *text)
{
    return QByteArray(R"({"id":"1","object":"chat.completion","choices":[{"index":0,"finish_reason":"stop",)")
        + R"("message":{"role":"assistant","content":")" + text + R"("}}],"usage":{"prompt_tokens":3,)"
        + R"("completion_tokens":2,"total_tokens":5}})";
}

} // namespace

/// The real program with its gateway for other programs, asked over HTTP; two scripted servers stand for providers.
class TestApplicationGateway : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aTakenPortIsSaidAndAnotherHelps();
    void withoutTheKeyNothingIsAnswered();
    void aDamagedFileIsSaidAndLeftAlone();
    void aFileThatWasMovedAsideIsWrittenAnew();
    void offUntilSomebodyStartsIt();
    void swappedRoutesLetRunningStreamsFinish();
    void theOldKeyOpensNothing();
    void anotherPortIsTakenAtOnce();
    void routesAndCostsAreThereAgain();
    void builtInModelsNeedNoRoute();
    void requestsAreActivityAndOpenInChat();
    void shadowsAreComparedInChat();
    void leavingInTheMiddleIsNoHarm();
    void requestsComeBackFromTheList();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_application->window().window().findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] ApplicationGateway &gateway() const { return m_application->gateway(); }
    [[nodiscard]] bool start() const;
    void restart();
    [[nodiscard]] std::unique_ptr<RawClient> ask(const char *model, bool stream = false, QByteArray key = {}) const;
    [[nodiscard]] static Route route(const char *name, const char *endpoint)
    {
        return {.id = QString::fromLatin1(name),
            .name = QString::fromLatin1(name),
            .targets = {{.model = {QString::fromLatin1(endpoint), QStringLiteral("m")}}}};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeServer> m_old;
    std::unique_ptr<FakeServer> m_new;
    std::unique_ptr<Application> m_application;
};

void TestApplicationGateway::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_old = std::make_unique<FakeServer>();
    m_new = std::make_unique<FakeServer>();
    restart();
}

void TestApplicationGateway::cleanup()
{
    m_application.reset();
}

void TestApplicationGateway::restart()
{
    m_application.reset();
    m_application = std::make_unique<Application>(*qApp, m_folder->path());
    m_application->connections().add(
        {.id = QStringLiteral("old"), .name = QStringLiteral("Old"), .baseUrl = m_old->url(QStringLiteral("/v1"))});
    m_application->connections().add(
        {.id = QStringLiteral("new"), .name = QStringLiteral("New"), .baseUrl = m_new->url(QStringLiteral("/v1"))});
    QSignalSpy told(&gateway(), &ApplicationGateway::stateChanged);
    m_application->start();
    QVERIFY(told.wait());
}

bool TestApplicationGateway::start() const
{
    GatewayConfig config = gateway().config();
    config.port = 0; // a free one: tests may run side by side
    gateway().changeOptions(config);
    gateway().start();
    return QTest::qWaitFor([this] { return gateway().state().isRunning; });
}

std::unique_ptr<RawClient> TestApplicationGateway::ask(const char *model, bool stream, QByteArray key) const
{
    if (key.isEmpty())
        key = gateway().state().key.reveal();
    auto client = std::make_unique<RawClient>(quint16(gateway().state().baseUrl.port()));
    client->request("POST", "/v1/chat/completions",
        QByteArray(R"({"model":")") + model + R"(","stream":)" + (stream ? "true" : "false")
            + R"(,"temperature":0.5,"messages":[{"role":"system","content":"Be brief."},)"
            + R"({"role":"user","content":"What is it?"}]})",
        "Authorization: Bearer " + key + "\r\n");
    return client;
}

void TestApplicationGateway::aTakenPortIsSaidAndAnotherHelps()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    GatewayConfig config = gateway().config();
    config.port = other.serverPort();
    gateway().changeOptions(config);
    gateway().start();
    QTRY_VERIFY(!gateway().state().error.isEmpty());
    QVERIFY(gateway().state().isPortTaken);
    QVERIFY(!gateway().state().isRunning);
    auto *banner = m_application->window().gateway().findChild<Banner *>(QStringLiteral("banner"));
    QVERIFY(banner->title().contains(QString::number(other.serverPort())));
    QVERIFY(child<QToolButton>("gatewayButton")->text().contains(QStringLiteral("did not start")));
    other.close();
    banner->findChild<QPushButton *>(QStringLiteral("action-again"))->click();
    QVERIFY(gateway().state().isRunning);
    QVERIFY(gateway().state().error.isEmpty());
}

void TestApplicationGateway::withoutTheKeyNothingIsAnswered()
{
    QVERIFY(start());
    gateway().routes().put(route("gpt-4o", "old"));
    const RawAnswer answer = ask("gpt-4o", false, "wrong")->answer();
    QCOMPARE(answer.status, 401);
    QVERIFY(m_old->requests().empty());
    auto *refused = child<ElidedLabel>("refusalLabel");
    QTRY_VERIFY(refused->text().contains(QStringLiteral("401")));
    QCOMPARE(ask("gpt-5")->answer().status, 404); // no route
    QTRY_VERIFY(refused->text().contains(QStringLiteral("gpt-5")));
}

void TestApplicationGateway::aDamagedFileIsSaidAndLeftAlone()
{
    const QByteArray slip = R"({"port": 9000, "rutes": [], "routes": [{"name": "x"}]})";
    m_application.reset();
    QFile file(m_folder->filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(slip) > 0);
    file.close();
    restart();
    QVERIFY(m_application->window()
                .gateway()
                .findChild<Banner *>(QStringLiteral("problemBanner"))
                ->isVisibleTo(&m_application->window().gateway()));
    gateway().routes().put(route("gpt-4o", "old"));
    m_application.reset();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), slip);
}

void TestApplicationGateway::aFileThatWasMovedAsideIsWrittenAnew()
{
    m_application.reset();
    QFile file(m_folder->filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"port\": 90") > 0);
    file.close();
    restart();
    QVERIFY(!file.exists());
    gateway().routes().put(route("gpt-4o", "old"));
    restart();
    QCOMPARE(gateway().routes().routes(), std::vector<Route> {route("gpt-4o", "old")});
    QVERIFY(QFile::exists(QString(file.fileName() + QStringLiteral(".damaged"))));
    gateway().routes().put(route("gpt-5", "new"));
    restart();
    QCOMPARE(gateway().routes().routes().size(), std::size_t(2));
}

void TestApplicationGateway::offUntilSomebodyStartsIt()
{
    QVERIFY(!gateway().state().isRunning);
    QVERIFY(gateway().state().key.isEmpty()); // no keychain is unlocked for nothing
    QCOMPARE(gateway().state().baseUrl, QUrl(QStringLiteral("http://127.0.0.1:8089")));
    QCOMPARE(child<QToolButton>("gatewayButton")->text(), QStringLiteral("gateway off"));
    child<QToolButton>("gatewayButton")->click();
    QCOMPARE(m_application->window().window().currentPage(), QStringLiteral("gateway"));
    QTRY_COMPARE(gateway().state().key.reveal().size(), 32); // the page shows it
}

void TestApplicationGateway::swappedRoutesLetRunningStreamsFinish()
{
    QVERIFY(start());
    m_old->enqueue(FakeResponse::sse({chunk("o"), chunk("l"), chunk("d"), chunk("!"), "[DONE]"}).delayBetween(60));
    m_new->enqueue(FakeResponse::json(200, whole("new")));
    gateway().routes().put(route("gpt-4o", "old"));
    const auto first = ask("gpt-4o", true);
    QTRY_VERIFY(first->partialAnswer().body.contains("\"o\""));
    QVERIFY(!first->partialAnswer().isComplete);
    gateway().routes().put(route("gpt-4o", "new"));
    const RawAnswer second = ask("gpt-4o")->answer();
    QVERIFY2(second.body.contains("new"), second.body.constData());
    const RawAnswer finished = first->answer();
    for (const char *piece : {"\"o\"", "\"l\"", "\"d\"", "\"!\"", "[DONE]"})
        QVERIFY2(finished.body.contains(piece), finished.body.constData());
    QCOMPARE(m_old->requests().size(), std::size_t(1));
    QCOMPARE(m_new->requests().size(), std::size_t(1));
    const RouteCounters counters = gateway().routes().counters(QStringLiteral("gpt-4o"));
    QCOMPARE(counters.requests, 2);
    QTRY_COMPARE(gateway().routes().counters(QStringLiteral("gpt-4o")).running, 0);
}

void TestApplicationGateway::theOldKeyOpensNothing()
{
    QVERIFY(start());
    gateway().routes().put(route("gpt-4o", "old"));
    m_old->route("/v1/chat/completions", FakeResponse::json(200, whole("old")));
    const QByteArray before = gateway().state().key.reveal();
    QCOMPARE(ask("gpt-4o")->answer().status, 200);
    gateway().renewKey();
    QVERIFY(gateway().state().key.reveal() != before);
    QCOMPARE(gateway().state().key.reveal().size(), 32);
    QCOMPARE(ask("gpt-4o", false, before)->answer().status, 401);
    QCOMPARE(ask("gpt-4o")->answer().status, 200);
}

void TestApplicationGateway::anotherPortIsTakenAtOnce()
{
    QVERIFY(start());
    const int before = gateway().state().baseUrl.port();
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    GatewayConfig config = gateway().config();
    config.port = probe.serverPort();
    probe.close();
    gateway().changeOptions(config);
    QVERIFY(gateway().state().isRunning);
    QVERIFY(gateway().state().baseUrl.port() != before);
    QVERIFY(child<QToolButton>("gatewayButton")->text().contains(QString::number(config.port)));
    QTcpSocket late;
    late.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(before));
    QVERIFY(!late.waitForConnected(1000));
    gateway().stop();
    QVERIFY(!gateway().state().isRunning);
    QVERIFY(!gateway().config().isEnabled);
}

void TestApplicationGateway::routesAndCostsAreThereAgain()
{
    QVERIFY(start());
    gateway().routes().put(route("gpt-4o", "old"));
    gateway().routes().setCounters(QStringLiteral("gpt-4o"), {.requests = 5, .cost = 0.42});
    restart(); // what was not written yet is written now
    QTRY_VERIFY(gateway().state().isRunning); // it was on
    QCOMPARE(gateway().routes().routes(), std::vector<Route> {route("gpt-4o", "old")});
    QCOMPARE(gateway().routes().counters(QStringLiteral("gpt-4o")).cost, 0.42);
    QCOMPARE(gateway().routes().counters(QStringLiteral("gpt-4o")).requests, 0);
    QFile file(m_folder->filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(gateway().state().key.reveal()));
}

void TestApplicationGateway::builtInModelsNeedNoRoute()
{
    QTRY_VERIFY(!m_application->connections().models(QStringLiteral("builtin")).empty());
    QVERIFY(start());
    const RawAnswer answer = ask("guide")->answer();
    QCOMPARE(answer.status, 200);
}

void TestApplicationGateway::requestsAreActivityAndOpenInChat()
{
    QVERIFY(start());
    gateway().routes().put(route("gpt-4o", "old"));
    m_old->route("/v1/chat/completions", FakeResponse::json(200, whole("old")));
    QSignalSpy asked(&gateway(), &ApplicationGateway::replyStarted);
    QCOMPARE(ask("gpt-4o")->answer().status, 200);
    QCOMPARE(asked.size(), 1);
    const QString label = asked.front().at(1).toString();
    auto *rows = child<QTableView>("activityView");
    int row = 0;
    while (row < rows->model()->rowCount() && rows->model()->index(row, 1).data().toString() != label)
        ++row;
    QVERIFY(row < rows->model()->rowCount());
    const auto before = m_old->requests().size();
    auto *pane = m_application->window().window().findChild<ActivityPane *>();
    Q_EMIT pane->openInChatRequested(row);
    const Session &session = m_application->window().conversation().session();
    QCOMPARE(session.panes.size(), std::size_t(1));
    QCOMPARE(session.panes.front().model, (ModelRef {QStringLiteral("old"), QStringLiteral("m")}));
    QCOMPARE(session.systemPrompt, QStringLiteral("Be brief."));
    QCOMPARE(session.settings.sampling.temperature, std::optional(0.5));
    QCOMPARE(m_application->window().window().currentPage(), QStringLiteral("chat"));
    QCOMPARE(m_application->window().chat().previewRequest().messages.back().text(), QStringLiteral("What is it?"));
    QCOMPARE(m_old->requests().size(), before); // nothing is sent by itself
}

void TestApplicationGateway::shadowsAreComparedInChat()
{
    QVERIFY(start());
    Route shadowed = route("gpt-4o", "old");
    shadowed.shadow = ModelRef {QStringLiteral("new"), QStringLiteral("n")};
    gateway().routes().put(shadowed);
    m_old->enqueue(FakeResponse::json(200, whole("old answer")));
    m_new->enqueue(FakeResponse::json(200, whole("new answer")));
    QVERIFY(ask("gpt-4o")->answer().body.contains("old answer"));
    const auto isDone = [this] {
        const auto &pairs = gateway().shadows().pairs();
        return pairs.size() == 1 && pairs.front().served.isFinished && pairs.front().shadow.isFinished;
    };
    QTRY_VERIFY(isDone());
    Q_EMIT m_application->window().gateway().compareRequested(gateway().shadows().pairs().front());
    const Session &session = m_application->window().conversation().session();
    QCOMPARE(session.panes.size(), std::size_t(2));
    QCOMPARE(session.turns.size(), std::size_t(1));
    QCOMPARE(session.turns.front().answers[0].message.text(), QStringLiteral("old answer"));
    QCOMPARE(session.turns.front().answers[1].message.text(), QStringLiteral("new answer"));
    QCOMPARE(m_new->requests().size(), std::size_t(1));
}

void TestApplicationGateway::leavingInTheMiddleIsNoHarm()
{
    QVERIFY(start());
    Route shadowed = route("gpt-4o", "old");
    shadowed.shadow = ModelRef {QStringLiteral("new"), QStringLiteral("n")};
    gateway().routes().put(shadowed);
    m_old->enqueue(FakeResponse::sse({chunk("o")}).thenStall());
    m_new->enqueue(FakeResponse::sse({chunk("n")}).thenStall());
    const auto client = ask("gpt-4o", true);
    QTRY_VERIFY(client->partialAnswer().body.contains("\"o\""));
    QTRY_COMPARE(m_new->requests().size(), std::size_t(1));
    gateway().stop(); // the stream goes on
    QVERIFY(!client->partialAnswer().isComplete);
    m_application.reset();
    QVERIFY(client->waitForClose());
    restart();
    QCOMPARE(gateway().routes().routes(), std::vector<Route> {shadowed});
    QVERIFY(!gateway().state().isRunning); // it was stopped
}

void TestApplicationGateway::requestsComeBackFromTheList()
{
    QVERIFY(!chatRequestFromJson({}));
    QVERIFY(!chatRequestFromJson(requestJson(CompletionRequest {.prompt = QStringLiteral("x")})));
    ChatRequest request {.model = QStringLiteral("m"),
        .messages = {Message::fromText(Role::System, QStringLiteral("Be brief.")),
            Message::fromText(Role::User, QStringLiteral("Hi"))},
        .sampling = {.temperature = 0.5, .maxTokens = 7, .stop = QStringList {QStringLiteral("x")}},
        .extras = {{QStringLiteral("top_k"), 5}},
        .extrasMode = ExtrasMode::Drop};
    request.messages.back().content.emplace_back(ImagePart {.url = QStringLiteral("data:image/png;base64,AA==")});
    const Result<ChatRequest> back = chatRequestFromJson(requestJson(request));
    QVERIFY2(back, back ? "" : qPrintable(back.error().message));
    QCOMPARE(*back, request);
    const ModelRef model = modelAskedAt(
        m_old->url(QStringLiteral("/v1/chat/completions")), QStringLiteral("m"), m_application->connections());
    QCOMPARE(model.endpointId, QStringLiteral("old"));
    QVERIFY(!modelAskedAt(QUrl(QStringLiteral("http://elsewhere/v1")), {}, m_application->connections()).isValid());
}

QTEST_MAIN(TestApplicationGateway)
#include "tst_applicationgateway.moc"
