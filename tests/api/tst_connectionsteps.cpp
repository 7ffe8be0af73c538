// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/connectionsteps.h"

#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

using Step = ConnectionStep::Step;
using State = ConnectionStep::State;
using Kind = Error::Kind;

namespace {

/// How far the exchange came, as the tests write it.
Exchange exchangeAt(const QString &url, const QString &reached, int status)
{
    Exchange exchange {.method = "GET", .url = QUrl(url), .status = status};
    PhaseTimes &phases = exchange.phases;
    phases.dequeued = 0us;
    if (reached == u"nothing")
        return exchange;
    phases.resolved = 2000us;
    if (reached == u"name")
        return exchange;
    phases.connected = 5000us;
    exchange.peerAddress = QStringLiteral("192.0.2.7:443");
    if (reached == u"socket")
        return exchange;
    if (exchange.url.scheme() == u"https") {
        phases.encrypted = 9000us;
        exchange.tlsProtocol = QStringLiteral("TLS 1.3");
    }
    phases.sent = 9500us;
    if (reached == u"answer")
        phases.firstByte = 20'000us;
    return exchange;
}

Endpoint endpointOf(const QByteArray &key)
{
    return {.baseUrl = QUrl(QStringLiteral("https://llm.example.com/v1")), .credential = Secret(key)};
}

using Models = std::vector<ModelDescription>;

QString lettersOf(const std::vector<ConnectionStep> &steps)
{
    QString letters;
    for (const ConnectionStep &step : steps)
        letters += QStringLiteral("OFS?").at(int(step.state));
    return letters;
}

} // namespace

class TestConnectionSteps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachFailureHasItsStep_data();
    void eachFailureHasItsStep();
    void aMissingKeyIsToldFromAWrongOne();
    void aNumericAddressHasNoName();
    void aReusedConnectionHasNoNameAndNoTimes();
    void timesAreThoseOfThePhases();
    void theDefaultModelIsLookedUp_data();
    void theDefaultModelIsLookedUp();
    void theKeyIsNeverSaid();
};

void TestConnectionSteps::eachFailureHasItsStep_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reached");
    QTest::addColumn<int>("status");
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("states"); // of the six steps
    const QString tls = QStringLiteral("https://llm.example.com/v1/models");
    const QString plain = QStringLiteral("http://gpu-box:8000/v1/models");
    const auto row = [](const char *name, const QString &url, const char *reached, const Error &error,
                         const char *states) {
        QTest::newRow(name) << url << QString::fromLatin1(reached) << error.httpStatus << error
                            << QString::fromLatin1(states);
    };
    row("unknown host", tls, "nothing",
        {.kind = Kind::Network, .message = QStringLiteral("m"), .providerCode = QStringLiteral("HostNotFound")},
        "F?????");
    row("lookup without end", tls, "nothing", {.kind = Kind::Timeout, .message = QStringLiteral("m")}, "F?????");
    row("refused", plain, "name",
        {.kind = Kind::Network, .message = QStringLiteral("m"), .providerCode = QStringLiteral("ConnectionRefused")},
        "OF????");
    row("connect deadline", tls, "name", {.kind = Kind::Timeout, .message = QStringLiteral("m")}, "OF????");
    row("certificate", tls, "socket", {.kind = Kind::Tls, .message = QStringLiteral("m")}, "OOF???");
    row("closed in the handshake", tls, "socket", {.kind = Kind::Network, .message = QStringLiteral("m")}, "OOF???");
    row("plain to a TLS port", plain, "answer",
        {.kind = Kind::Protocol, .message = QStringLiteral("m"), .providerCode = QStringLiteral("TlsRequired")},
        "OOF???");
    row("no token", tls, "unsent", {.kind = Kind::Authentication, .message = QStringLiteral("m")}, "???F??");
    row("no answer", plain, "sent", {.kind = Kind::Timeout, .message = QStringLiteral("m")}, "OOS?F?");
    row("no list in this format", tls, "unsent", {.kind = Kind::Unsupported, .message = QStringLiteral("m")}, "??????");
    row("wrong key", tls, "answer", {.kind = Kind::Authentication, .httpStatus = 401, .message = QStringLiteral("m")},
        "OOOF??");
    row("forbidden", tls, "answer", {.kind = Kind::Authentication, .httpStatus = 403, .message = QStringLiteral("m")},
        "OOOF??");
    row("no such path", tls, "answer", {.kind = Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("m")},
        "OOO?F?");
    row("gone", tls, "answer", {.kind = Kind::NotFound, .httpStatus = 410, .message = QStringLiteral("m")}, "OOO?F?");
    row("no list", tls, "answer", {.kind = Kind::Unsupported, .httpStatus = 405, .message = QStringLiteral("m")},
        "OOO???");
    row("deployment", tls, "answer",
        {.kind = Kind::NotFound, .httpStatus = 404, .providerCode = QStringLiteral("DeploymentNotFound")}, "OOO?OF");
    row("too many", tls, "answer", {.kind = Kind::RateLimited, .httpStatus = 429, .message = QStringLiteral("m")},
        "OOO???");
    row("server fault", tls, "answer", {.kind = Kind::Provider, .httpStatus = 500, .message = QStringLiteral("m")},
        "OOO?F?");
    row("a web page", tls, "answer", {.kind = Kind::Protocol, .httpStatus = 200, .message = QStringLiteral("m")},
        "OOOOF?");
}

void TestConnectionSteps::eachFailureHasItsStep()
{
    QFETCH(QString, url);
    QFETCH(QString, reached);
    QFETCH(int, status);
    QFETCH(Error, error);
    QFETCH(QString, states);
    Exchange exchange = exchangeAt(url, reached, status);
    if (reached == u"unsent")
        exchange.phases = {};
    const std::vector<ConnectionStep> steps = connectionSteps(endpointOf("k"), exchange, error);
    QCOMPARE(steps.size(), std::size_t(6));
    QCOMPARE(lettersOf(steps), states);
    for (const ConnectionStep &step : steps)
        QVERIFY2(!step.text.isEmpty() && !step.text.contains(u'%'), qPrintable(step.text));
}

void TestConnectionSteps::aMissingKeyIsToldFromAWrongOne()
{
    const Exchange exchange =
        exchangeAt(QStringLiteral("https://llm.example.com/v1/models"), QStringLiteral("answer"), 401);
    const Error error {.kind = Kind::Authentication, .httpStatus = 401, .message = QStringLiteral("No.")};
    const QString missing = connectionSteps(endpointOf({}), exchange, error)[3].text;
    const QString wrong = connectionSteps(endpointOf("k"), exchange, error)[3].text;
    QVERIFY(missing.contains(QStringLiteral("enter one")));
    QVERIFY(missing != wrong);
}

void TestConnectionSteps::aNumericAddressHasNoName()
{
    for (const QString &url : {QStringLiteral("http://127.0.0.1:8080/v1"), QStringLiteral("http://[::1]:8080/v1")}) {
        Exchange exchange = exchangeAt(url, QStringLiteral("answer"), 200);
        exchange.phases.resolved.reset();
        QCOMPARE(lettersOf(connectionSteps(endpointOf({}), exchange, {}, Models {{.id = QStringLiteral("a")}})),
            QStringLiteral("SOSSOO"));
        exchange = exchangeAt(url, QStringLiteral("nothing"), 0);
        QCOMPARE(lettersOf(connectionSteps(endpointOf({}), exchange, Error {.kind = Kind::Timeout})),
            QStringLiteral("SF????"));
    }
}

void TestConnectionSteps::aReusedConnectionHasNoNameAndNoTimes()
{
    Exchange exchange = exchangeAt(QStringLiteral("https://llm.example.com/v1"), QStringLiteral("answer"), 200);
    exchange.reusedConnection = true;
    exchange.phases.resolved.reset();
    exchange.phases.encrypted.reset();
    const auto steps = connectionSteps(endpointOf("k"), exchange, {}, Models {{.id = QStringLiteral("a")}});
    QCOMPARE(lettersOf(steps), QStringLiteral("SOOOOO"));
    QVERIFY(!steps[1].duration && !steps[2].duration);
}

void TestConnectionSteps::timesAreThoseOfThePhases()
{
    const Exchange exchange = exchangeAt(QStringLiteral("https://llm.example.com/v1"), QStringLiteral("answer"), 200);
    const auto steps = connectionSteps(endpointOf("k"), exchange, {}, Models {{.id = QStringLiteral("a")}});
    QCOMPARE(steps[0].duration, PhaseTimes::Time(2000us));
    QCOMPARE(steps[1].duration, PhaseTimes::Time(3000us));
    QCOMPARE(steps[2].duration, PhaseTimes::Time(4000us));
    QCOMPARE(steps[4].duration, PhaseTimes::Time(10'500us));
}

void TestConnectionSteps::theDefaultModelIsLookedUp_data()
{
    QTest::addColumn<Endpoint::Kind>("kind");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QStringList>("listed");
    QTest::addColumn<State>("state");
    const auto openai = Endpoint::Kind::OpenAiCompatible;
    const QStringList two {QStringLiteral("gpt-4o"), QStringLiteral("llama3.2:latest")};
    QTest::newRow("no list at all") << openai << QString() << QStringList() << State::Failed;
    QTest::newRow("any will do") << openai << QString() << two << State::Ok;
    QTest::newRow("listed") << openai << QStringLiteral("gpt-4o") << two << State::Ok;
    QTest::newRow("tag left out") << openai << QStringLiteral("llama3.2") << two << State::Ok;
    QTest::newRow("capitals") << openai << QStringLiteral("GPT-4o") << two << State::Failed;
    QTest::newRow("missing") << openai << QStringLiteral("x") << two << State::Failed;
    QTest::newRow("a deployment's name") << Endpoint::Kind::AzureOpenAiV1 << QStringLiteral("x") << two
                                         << State::Unknown;
    QTest::newRow("in the URL") << Endpoint::Kind::AzureOpenAiDeployment << QStringLiteral("x") << two
                                << State::Skipped;
}

void TestConnectionSteps::theDefaultModelIsLookedUp()
{
    QFETCH(Endpoint::Kind, kind);
    QFETCH(QString, wanted);
    QFETCH(QStringList, listed);
    QFETCH(State, state);
    Endpoint endpoint = endpointOf("k");
    endpoint.kind = kind;
    endpoint.defaultModel = wanted;
    std::vector<ModelDescription> models;
    for (const QString &id : listed)
        models.push_back({.id = id});
    const Exchange exchange = exchangeAt(QStringLiteral("https://llm.example.com/v1"), QStringLiteral("answer"), 200);
    QCOMPARE(connectionSteps(endpoint, exchange, {}, models)[5].state, state);
}

void TestConnectionSteps::theKeyIsNeverSaid()
{
    const Endpoint endpoint = endpointOf("sk-very-secret");
    for (const int status : {0, 200, 401, 404}) {
        const Exchange exchange = exchangeAt(
            QStringLiteral("https://llm.example.com/v1?key=sk-very-secret"), QStringLiteral("answer"), status);
        for (const ConnectionStep &step : connectionSteps(endpoint, exchange, {}))
            QVERIFY2(!step.text.contains(QStringLiteral("very-secret")), qPrintable(step.text));
    }
}

QTEST_GUILESS_MAIN(TestConnectionSteps)
#include "tst_connectionsteps.moc"
