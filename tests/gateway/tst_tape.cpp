// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tape/recordings.h"
#include "gateway/tape/tapeinterceptor.h"
#include "gatewayfixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// Routes that record and play, over real HTTP and a scripted model.
class TestTape : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keysDoNotDependOnTheFormOfTheJson();
    void playsAStreamByteForByte();
    void playsErrorsToo();
    void playsWithTheTimesOfTheRecording();
    void recordingsTakeTurns();
    void recordingsOutliveTheProgram();
    void anUnknownRequestIsRefused();
    void onlyAnswersOfModelsAreOnTape();
    void countingOpensNoFile();
    void answersThatTheClientLeftAreNotKept();
    void secretsAreNotKept();
    void aFullDiskDoesNotTakeTheAnswer();
    void idsCanNotLeaveTheFolder();

private:
    void setTape(TapeMode mode, double speed = 0);
    /// Asks, and lets the scripted model answer in two pieces.
    [[nodiscard]] RawAnswer record(const QByteArray &question, const QString &text);
    [[nodiscard]] RawAnswer play(const QByteArray &question);
    [[nodiscard]] static QByteArray body(const QByteArray &question);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RouteTable> m_routes;
    std::unique_ptr<Recordings> m_recordings;
    std::unique_ptr<TapeInterceptor> m_tape;
    std::unique_ptr<GatewayFixture> m_fixture;
    std::size_t m_asked = 0;
};

void TestTape::init()
{
    m_fixture.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_routes = std::make_unique<RouteTable>();
    m_recordings = std::make_unique<Recordings>(m_folder->path());
    m_tape = std::make_unique<TapeInterceptor>(*m_routes, *m_recordings);
    m_fixture = std::make_unique<GatewayFixture>();
    m_fixture->gateway().addInterceptor(*m_tape);
    m_asked = 0;
    setTape(TapeMode::Record);
}

void TestTape::setTape(TapeMode mode, double speed)
{
    m_routes->setRoutes({{.id = QStringLiteral("r"),
        .name = QStringLiteral("talker"),
        .targets = {{.model = {QStringLiteral("e"), QStringLiteral("talker")}}},
        .tape = mode,
        .replaySpeed = speed}});
}

QByteArray TestTape::body(const QByteArray &question)
{
    return R"({"stream":true,"model":"talker","messages":[{"role":"user","content":")" + question + R"("}]})";
}

RawAnswer TestTape::record(const QByteArray &question, const QString &text)
{
    RawClient client(m_fixture->port());
    client.request("POST", "/v1/chat/completions", body(question));
    ScriptedChatReply *reply = m_fixture->chat(++m_asked);
    if (!reply)
        return {};
    reply->text(text.left(text.size() / 2));
    reply->text(text.mid(text.size() / 2));
    reply->finishWith();
    return client.answer();
}

RawAnswer TestTape::play(const QByteArray &question)
{
    return m_fixture->ask("POST", "/v1/chat/completions", body(question));
}

void TestTape::keysDoNotDependOnTheFormOfTheJson()
{
    const QByteArray key = recordingKey("POST", "/x", R"({"a":1,"b":[2]})");
    QCOMPARE(recordingKey("POST", "/x", R"({ "b" : [2], "a" : 1 })"), key);
    QVERIFY(recordingKey("POST", "/x", R"({"a":1,"b":[3]})") != key);
    QVERIFY(recordingKey("POST", "/y", R"({"a":1,"b":[2]})") != key);
    QVERIFY(recordingKey("POST", "/x", "not json") != recordingKey("POST", "/x", "other"));
}

void TestTape::playsAStreamByteForByte()
{
    const RawAnswer recorded = record("Hi", QStringLiteral("Hello there"));
    QVERIFY(recorded.isComplete);
    QCOMPARE(m_recordings->count(QStringLiteral("r")), 1);
    setTape(TapeMode::Replay);
    const RawAnswer played = play("Hi");
    QVERIFY(played.isComplete);
    QCOMPARE(played.body, recorded.body);
    QCOMPARE(played.status, recorded.status);
    QCOMPARE(played.header("content-type"), recorded.header("content-type"));
    QCOMPARE(m_fixture->provider().chats.size(), std::size_t(1));
    QCOMPARE(m_routes->counters(QStringLiteral("r")).requests, 1);
}

void TestTape::playsErrorsToo()
{
    RawClient client(m_fixture->port());
    client.request("POST", "/v1/chat/completions", body("Hi"));
    ScriptedChatReply *reply = m_fixture->chat(1);
    QVERIFY(reply);
    reply->failWith({.kind = Error::Kind::RateLimited,
        .message = QStringLiteral("slow down"),
        .retryAfter = std::chrono::seconds(4)});
    const RawAnswer recorded = client.answer();
    QCOMPARE(recorded.status, 429);
    setTape(TapeMode::Replay);
    std::vector<GatewayLogEntry> entries;
    connect(&m_fixture->gateway(), &Gateway::requestHandled, this,
        [&entries](const GatewayLogEntry &entry) { entries.push_back(entry); });
    const RawAnswer played = play("Hi");
    QCOMPARE(played.status, 429);
    QTRY_COMPARE(entries.size(), std::size_t(1));
    QVERIFY(!entries.front().refused); // the gateway did not refuse it
    QCOMPARE(played.header("Retry-After"), QByteArray("4"));
    QCOMPARE(played.body, recorded.body);
}

void TestTape::playsWithTheTimesOfTheRecording()
{
    using namespace std::chrono_literals;
    // The upper bound is the recorded time itself: far away from what a busy machine adds.
    const auto timed = [this](const QByteArray &question, std::chrono::microseconds gap, double speed) {
        const Exchange exchange {.startedAt = QDateTime::currentDateTimeUtc(),
            .method = "POST",
            .url = QUrl(QStringLiteral("http://127.0.0.1/v1/chat/completions")),
            .requestBody = body(question),
            .status = 200,
            .responseHeaders = {{"Content-Type", "text/event-stream"}},
            .responseBody = "data: 1\n\ndata: 2\n\n",
            .frames = {{.at = 0us, .offset = 0, .size = 9}, {.at = gap, .offset = 9, .size = 9}}};
        if (!m_recordings->add(QStringLiteral("r"), exchange))
            return qint64(-1);
        setTape(TapeMode::Replay, speed);
        QElapsedTimer clock;
        clock.start();
        return play(question).events().size() == 2 ? clock.elapsed() : qint64(-1);
    };
    QVERIFY(timed("a", 300ms, 1) >= 299);
    const qint64 faster = timed("b", 4s, 10);
    QVERIFY2(faster >= 399 && faster < 4000, qPrintable(QString::number(faster)));
    const qint64 atOnce = timed("c", 60s, 0);
    QVERIFY2(atOnce >= 0 && atOnce < 60'000, qPrintable(QString::number(atOnce)));
}

void TestTape::recordingsTakeTurns()
{
    const QByteArray first = record("Hi", QStringLiteral("one")).body;
    const QByteArray second = record("Hi", QStringLiteral("two")).body;
    setTape(TapeMode::Replay);
    QCOMPARE(play("Hi").body, first);
    QCOMPARE(play("Hi").body, second);
    QCOMPARE(play("Hi").body, first);
}

void TestTape::recordingsOutliveTheProgram()
{
    const QByteArray recorded = record("Hi", QStringLiteral("Hello")).body;
    Recordings later(m_folder->path());
    QCOMPARE(later.count(QStringLiteral("r")), 1);
    const auto exchange = later.next(QStringLiteral("r"), recordingKey("POST", "/v1/chat/completions", body("Hi")));
    QVERIFY(exchange);
    QCOMPARE(exchange->responseBody, recorded);
    QCOMPARE(exchange->frames.size(), std::size_t(exchange->framesReceived));
}

void TestTape::anUnknownRequestIsRefused()
{
    setTape(TapeMode::Replay);
    const RawAnswer answer = play("never asked");
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.body.contains("recording"));
    QCOMPARE(m_routes->counters(QStringLiteral("r")).failed, 1);
}

void TestTape::onlyAnswersOfModelsAreOnTape()
{
    const QByteArray question = R"({"model":"talker","messages":[{"role":"user","content":"Hi"}]})";
    const RawAnswer counted = m_fixture->ask("POST", "/v1/messages/count_tokens", question);
    QCOMPARE(counted.status, 200);
    QCOMPARE(m_fixture->ask("POST", "/api/show", R"({"model":"talker"})").status, 200);
    QCOMPARE(m_recordings->count(QStringLiteral("r")), 0);
    setTape(TapeMode::Replay);
    QCOMPARE(m_fixture->ask("POST", "/v1/messages/count_tokens", question).status, 200);
    QCOMPARE(m_routes->counters(QStringLiteral("r")).failed, 0);
}

void TestTape::countingOpensNoFile()
{
    QVERIFY(QDir().mkpath(m_recordings->folder(QStringLiteral("r"))));
    for (int i = 0; i < 20; ++i) {
        QFile file(QDir(m_recordings->folder(QStringLiteral("r")))
                       .filePath(QString::number(i) + QLatin1String(replayFileSuffix)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QSignalSpy failed(m_recordings.get(), &Recordings::failed);
    QCOMPARE(m_recordings->count(QStringLiteral("r")), 20);
    QCOMPARE(failed.count(), 0); // it would tell of each, for none is a recording
}

void TestTape::answersThatTheClientLeftAreNotKept()
{
    {
        RawClient client(m_fixture->port());
        client.request("POST", "/v1/chat/completions", body("Hi"));
        ScriptedChatReply *reply = m_fixture->chat(1);
        QVERIFY(reply);
        reply->text(QStringLiteral("Hel"));
        QTRY_VERIFY(!client.partialAnswer().events().isEmpty());
    }
    QTRY_COMPARE(m_fixture->gateway().connectionCount(), std::size_t(0));
    QCOMPARE(m_recordings->count(QStringLiteral("r")), 0);
}

void TestTape::secretsAreNotKept()
{
    (void)record("Hi", QStringLiteral("Hello"));
    const QDir folder(m_recordings->folder(QStringLiteral("r")));
    const QStringList names = folder.entryList(QDir::Files);
    QCOMPARE(names.size(), 1);
    QFile file(folder.filePath(names.front()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("test-key"));
}

void TestTape::aFullDiskDoesNotTakeTheAnswer()
{
    // A file where the folder would be: nothing can be written there.
    QFile inTheWay(m_recordings->folder(QStringLiteral("r")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QSignalSpy failed(m_recordings.get(), &Recordings::failed);
    const RawAnswer answer = record("Hi", QStringLiteral("Hello"));
    QVERIFY(answer.isComplete);
    QCOMPARE(failed.count(), 1);
}

void TestTape::idsCanNotLeaveTheFolder()
{
    for (const char *id : {"..", "../x", "/etc", "a/b", "."}) {
        const QString folder = QDir::cleanPath(m_recordings->folder(QString::fromLatin1(id)));
        QCOMPARE(QFileInfo(folder).path(), QDir::cleanPath(m_folder->path()));
    }
}

QTEST_GUILESS_MAIN(TestTape)
#include "tst_tape.moc"
