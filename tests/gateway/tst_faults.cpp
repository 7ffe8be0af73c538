// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtinprovider.h"
#include "gateway/faults/fault.h"
#include "gateway/faults/faultinterceptor.h"
#include "gateway/gateway.h"
#include "rawclient.h"

#include <QElapsedTimer>
#include <QTest>

using namespace diptych;

/// The model faulty over real HTTP: what a client gets to see.
class TestFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsShortAndLongForms();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void behavesWithoutBeingAsked();
    void othersAreLeftAlone();
    void rateLimitTellsWhenToComeBack();
    void errorsHaveTheirStatus();
    void delayComesBeforeTheAnswer_data();
    void delayComesBeforeTheAnswer();
    void cutLeavesTheEndMarkOut_data();
    void cutLeavesTheEndMarkOut();
    void stallKeepsTheConnectionOpen();
    void malformedPiecesAreNoJson_data();
    void malformedPiecesAreNoJson();
    void wrongTypesAreJson_data();
    void wrongTypesAreJson();
    void slowBytesAddUpToTheAnswer();
    void slowMayBeVerySlow();
    void azureNeedsPassThrough();
    void aStalledAnswerDiesWithItsClient();

private:
    [[nodiscard]] static QByteArray body(const QByteArray &fault, bool stream);
    [[nodiscard]] RawAnswer ask(const QByteArray &fault, bool stream);

    std::unique_ptr<BuiltinProvider> m_models;
    FaultInterceptor m_faults;
    std::unique_ptr<Gateway> m_gateway;
};

void TestFaults::init()
{
    m_gateway.reset();
    m_models = std::make_unique<BuiltinProvider>(BuiltinOptions {.tokensPerSecond = 2000});
    m_gateway = std::make_unique<Gateway>(*m_models, GatewayOptions {.key = Secret("test-key")});
    m_gateway->addInterceptor(m_faults);
    QVERIFY(m_gateway->start());
}

QByteArray TestFaults::body(const QByteArray &fault, bool stream)
{
    return R"({"model":"faulty","messages":[{"role":"user","content":"What are extras?"}],"stream":)"
        + QByteArray(stream ? "true" : "false") + (fault.isEmpty() ? QByteArray() : R"(,"fault":)" + fault) + '}';
}

RawAnswer TestFaults::ask(const QByteArray &fault, bool stream)
{
    RawClient client(m_gateway->port());
    client.request("POST", "/v1/chat/completions", body(fault, stream));
    return client.answer();
}

void TestFaults::readsShortAndLongForms()
{
    const auto read = [](const QByteArray &json) { return findFault(QJsonDocument::fromJson(json).object()); };
    QVERIFY(!*read("{}"));
    QCOMPARE((*read(R"({"fault":"cut"})"))->kind, Fault::Kind::Cut);
    const Fault fault = **read(R"({"fault":{"kind":"rate_limit","retry_after":7}})");
    QCOMPARE(fault.retryAfter, std::chrono::seconds(7));
    QCOMPARE((*read(R"({"options":{"fault":"slow"}})"))->kind, Fault::Kind::Slow);
}

void TestFaults::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QString>("parameter");
    QTest::newRow("kind") << QByteArray(R"("explode")") << QStringLiteral("fault.kind");
    QTest::newRow("number") << QByteArray("3") << QStringLiteral("fault.kind");
    QTest::newRow("status") << QByteArray(R"({"kind":"error","status":200})") << QStringLiteral("fault.status");
    QTest::newRow("after") << QByteArray(R"({"kind":"cut","after":-1})") << QStringLiteral("fault.after");
}

void TestFaults::refusesWhatItDoesNotKnow()
{
    QFETCH(const QByteArray, fault);
    const RawAnswer answer = ask(fault, true);
    QCOMPARE(answer.status, 400);
    QTEST(answer.json().value(u"error")[u"param"].toString(), "parameter");
}

void TestFaults::behavesWithoutBeingAsked()
{
    const RawAnswer answer = ask({}, true);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.isComplete);
    QCOMPARE(answer.events().last(), QByteArray("[DONE]"));
}

void TestFaults::othersAreLeftAlone()
{
    RawClient client(m_gateway->port());
    client.request("POST", "/v1/chat/completions", body(R"("error")", false).replace("faulty", "guide"));
    QCOMPARE(client.answer().status, 200);
}

void TestFaults::rateLimitTellsWhenToComeBack()
{
    const RawAnswer answer = ask(R"({"kind":"rate_limit","retry_after":3})", true);
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.header("Retry-After"), QByteArray("3"));
}

void TestFaults::errorsHaveTheirStatus()
{
    QCOMPARE(ask(R"("error")", true).status, 500);
    QCOMPARE(ask(R"({"kind":"error","status":503})", false).status, 503);
}

void TestFaults::delayComesBeforeTheAnswer_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("stream") << true;
    QTest::newRow("whole") << false;
}

void TestFaults::delayComesBeforeTheAnswer()
{
    QFETCH(const bool, stream);
    QElapsedTimer clock;
    clock.start();
    const RawAnswer answer = ask(R"({"kind":"delay","milliseconds":300})", stream);
    QVERIFY(clock.elapsed() >= 300);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.isComplete);
}

void TestFaults::cutLeavesTheEndMarkOut_data()
{
    delayComesBeforeTheAnswer_data();
}

void TestFaults::cutLeavesTheEndMarkOut()
{
    QFETCH(const bool, stream);
    const RawAnswer answer = ask(R"({"kind":"cut","after":3})", stream);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.isComplete);
    QVERIFY(!answer.body.contains("[DONE]"));
    QVERIFY(!answer.body.isEmpty());
}

void TestFaults::stallKeepsTheConnectionOpen()
{
    RawClient client(m_gateway->port());
    client.request("POST", "/v1/chat/completions", body(R"({"kind":"stall","after":1})", true));
    QTRY_COMPARE(client.partialAnswer().events().size(), 1);
    QTRY_COMPARE(m_gateway->requestCount(), 1);
    // Other clients are served meanwhile, and nothing more has come when they are done.
    QCOMPARE(ask({}, true).status, 200);
    QCOMPARE(client.partialAnswer().events().size(), 1);
    QCOMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
}

void TestFaults::malformedPiecesAreNoJson_data()
{
    delayComesBeforeTheAnswer_data();
}

void TestFaults::malformedPiecesAreNoJson()
{
    QFETCH(const bool, stream);
    const RawAnswer answer = ask(R"({"kind":"malformed","after":2})", stream);
    QVERIFY(answer.isComplete);
    if (!stream) {
        QVERIFY(QJsonDocument::fromJson(answer.body).isNull());
        return;
    }
    QVERIFY(!QJsonDocument::fromJson(answer.events()[1]).isNull());
    QVERIFY(QJsonDocument::fromJson(answer.events()[2]).isNull());
    QVERIFY(!QJsonDocument::fromJson(answer.events()[3]).isNull());
}

void TestFaults::wrongTypesAreJson_data()
{
    delayComesBeforeTheAnswer_data();
}

void TestFaults::wrongTypesAreJson()
{
    QFETCH(const bool, stream);
    const RawAnswer answer = ask(R"({"kind":"wrong_type","after":0})", stream);
    const QJsonObject object = stream ? QJsonDocument::fromJson(answer.events().first()).object() : answer.json();
    QVERIFY(object.value(u"choices").isDouble());
}

void TestFaults::slowBytesAddUpToTheAnswer()
{
    const RawAnswer answer = ask(R"({"kind":"slow","bytes_per_second":200000})", false);
    QVERIFY(answer.isComplete);
    QVERIFY(answer.json().value(u"choices").isArray());
}

void TestFaults::slowMayBeVerySlow()
{
    RawClient client(m_gateway->port());
    QElapsedTimer clock;
    clock.start();
    client.request("POST", "/v1/chat/completions", body(R"({"kind":"slow","bytes_per_second":5})", false));
    QTRY_VERIFY(client.partialAnswer().body.size() >= 3);
    QVERIFY(clock.elapsed() >= 400); // three bytes are due after 600 ms; timers may be a little early
}

void TestFaults::azureNeedsPassThrough()
{
    RawClient refused(m_gateway->port());
    const QByteArray target = "/chat/completions?api-version=2024-05-01-preview";
    refused.request("POST", target, body(R"("error")", false));
    QCOMPARE(refused.answer().status, 400);
    RawClient passed(m_gateway->port());
    passed.request(
        "POST", target, body(R"("error")", false), "api-key: test-key\r\nextra-parameters: pass-through\r\n");
    QCOMPARE(passed.answer().status, 500);
}

void TestFaults::aStalledAnswerDiesWithItsClient()
{
    {
        RawClient client(m_gateway->port());
        client.request("POST", "/v1/chat/completions", body(R"({"kind":"stall","after":0})", true));
        QTRY_COMPARE(m_gateway->requestCount(), 1);
    }
    QTRY_COMPARE(m_gateway->requestCount(), 0);
    QTRY_COMPARE(m_gateway->connectionCount(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
