// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contextgauge.h"

#include <QTest>

using namespace diptych;

namespace {

const ModelRef model {QStringLiteral("e"), QStringLiteral("m")};

Turn turn(const QString &question, const QString &answer, std::optional<qint64> counted)
{
    Turn made {.prompt = Message::fromText(Role::User, question)};
    Answer given {.paneId = QStringLiteral("p1"),
        .model = model,
        .state = Answer::State::Complete,
        .message = Message::fromText(Role::Assistant, answer)};
    given.metrics.usage.promptTokens = counted;
    made.answers.push_back(given);
    return made;
}

ContextEstimate estimate(qint64 tokens, std::optional<qint64> length, double deviation = 0.1)
{
    return {.number = 1,
        .model = QStringLiteral("guide"),
        .tokens = tokens,
        .deviation = deviation,
        .samples = 3,
        .contextLength = length};
}

} // namespace

class TestContextGauge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void nothingIsNothing();
    void scriptsWeighDifferently();
    void picturesCountByTheirArea();
    void toolsCount();
    void oneCountGivesNoDeviation();
    void deviationIsTheLargestError();
    void uselessCountsAreLeftOut();
    void samplesFollowTheHistory();
    void estimatedCountsAreNoSamples();
    void cutSessionsGiveNoSamples();
    void stateFollowsTheError_data();
    void stateFollowsTheError();
    void reservedTokensMakeItTight();
    void worstComesFirst();
    void textsNameTheError();
    void costIsSummedInOneCurrencyOnly();
    void overflowNamesThePanes();
};

void TestContextGauge::nothingIsNothing()
{
    QCOMPARE(estimatedTokens(QStringView()), 0.0);
    QCOMPARE(calibrated({}), TokenCalibration {});
    QVERIFY(!worstOf({}));
    QVERIFY(overflowText({}).isEmpty());
    QVERIFY(tokenSamples({}, model).empty());
}

void TestContextGauge::scriptsWeighDifferently()
{
    QCOMPARE(estimatedTokens(QStringLiteral("word word")), 9 * 0.25);
    QVERIFY(estimatedTokens(QStringLiteral("12345678")) > estimatedTokens(QStringLiteral("abcdefgh")));
    QVERIFY(estimatedTokens(QString::fromUtf8("今日は良い天気")) > estimatedTokens(QString::fromUtf8("погодах")));
}

void TestContextGauge::picturesCountByTheirArea()
{
    const auto png = [](char high, char low) {
        const QByteArray side {QByteArray("\0\0", 2) + high + low};
        const QByteArray bytes = "\x89PNG\r\n\x1A\n" + QByteArray("\0\0\0\x0DIHDR", 8) + side + side;
        return Message {.content = {ImagePart {
                            .url = QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64())}}};
    };
    QCOMPARE(estimatedTokens(png(1, 44)), 4 + 300 * 300 / 750.0);
    QCOMPARE(estimatedTokens(png(100, 0)), 4 + 1600.0);
    // By its address nobody knows its size; it is not nothing.
    QVERIFY(
        estimatedTokens(Message {.content = {ImagePart {.url = QStringLiteral("https://example.com/a.png")}}}) > 100);
    const AudioPart sound {.data = QByteArray(32'000, 'x'), .format = QStringLiteral("mp3")};
    QCOMPARE(estimatedTokens(Message {.content = {sound}}), 4 + 50.0);
}

void TestContextGauge::toolsCount()
{
    ChatRequest request {.messages = {Message::fromText(Role::User, QStringLiteral("hello"))}};
    const double bare = estimatedTokens(request);
    request.tools.push_back({.name = QStringLiteral("weather"),
        .description = QStringLiteral("What the weather is like"),
        .parameters = {{QStringLiteral("type"), QStringLiteral("object")}}});
    const double withTool = estimatedTokens(request);
    QVERIFY(withTool > bare + 10);
    request.responseFormat = ResponseFormat {.schema = {{QStringLiteral("type"), QStringLiteral("object")}}};
    QVERIFY(estimatedTokens(request) > withTool);
}

void TestContextGauge::oneCountGivesNoDeviation()
{
    const TokenSample sample {.estimated = 100, .counted = 130};
    const TokenCalibration calibration = calibrated({&sample, 1});
    QCOMPARE(calibration.ratio, 1.3);
    QCOMPARE(calibration.deviation, 0.3); // the rule of thumb's: nothing was foretold yet
    QCOMPARE(calibration.samples, 1);
}

void TestContextGauge::deviationIsTheLargestError()
{
    const std::vector<TokenSample> same {{100, 120}, {200, 240}, {50, 60}};
    QCOMPARE(calibrated(same).ratio, 1.2);
    QCOMPARE(calibrated(same).deviation, 0.01); // never better than that
    // From the first, the second would be 100, but is 200; from the second, the first would be 200, but is 100.
    const std::vector<TokenSample> apart {{100, 100}, {100, 200}};
    QCOMPARE(calibrated(apart).deviation, 1.0);
}

void TestContextGauge::uselessCountsAreLeftOut()
{
    const std::vector<TokenSample> samples {{0, 100}, {100, 0}, {100, 110}};
    const TokenCalibration calibration = calibrated(samples);
    QCOMPARE(calibration.samples, 1);
    QCOMPARE(calibration.ratio, 1.1);
}

void TestContextGauge::samplesFollowTheHistory()
{
    Session session {.systemPrompt = QStringLiteral("Be brief.")};
    session.panes.push_back({.id = QStringLiteral("p1"), .model = model});
    session.turns = {turn(QStringLiteral("one?"), QStringLiteral("first"), 20),
        turn(QStringLiteral("two?"), QStringLiteral("second"), 40)};
    const double system = estimatedTokens(Message::fromText(Role::System, session.systemPrompt));
    const double first = system + estimatedTokens(session.turns[0].prompt);
    const double second =
        first + estimatedTokens(session.turns[0].answers[0].message) + estimatedTokens(session.turns[1].prompt);
    const std::vector<TokenSample> expected {{first, 20}, {second, 40}};
    QCOMPARE(tokenSamples(session, model), expected);
    QVERIFY(tokenSamples(session, {QStringLiteral("e"), QStringLiteral("other")}).empty());
    // A pane's own system prompt goes in place of the session's.
    session.panes.front().systemPrompt = QString();
    QCOMPARE(tokenSamples(session, model).front().estimated, first - system);
}

void TestContextGauge::estimatedCountsAreNoSamples()
{
    Session session;
    session.panes.push_back({.id = QStringLiteral("p1"), .model = model});
    session.turns = {turn(QStringLiteral("one?"), QStringLiteral("first"), 20),
        turn(QStringLiteral("two?"), QStringLiteral("second"), std::nullopt)};
    session.turns.front().answers.front().metrics.usage.source = Usage::Source::Estimated;
    QVERIFY(tokenSamples(session, model).empty());
}

void TestContextGauge::cutSessionsGiveNoSamples()
{
    Session session {.earlierTurns = 3};
    session.panes.push_back({.id = QStringLiteral("p1"), .model = model});
    session.turns = {turn(QStringLiteral("four?"), QStringLiteral("fourth"), 900)};
    QVERIFY(tokenSamples(session, model).empty());
}

void TestContextGauge::stateFollowsTheError_data()
{
    using State = ContextEstimate::State;
    QTest::addColumn<qint64>("tokens");
    QTest::addColumn<State>("state");
    QTest::newRow("small") << qint64(100) << State::Fits;
    QTest::newRow("fits however wrong") << qint64(900) << State::Fits;
    QTest::newRow("may not fit") << qint64(950) << State::Tight;
    QTest::newRow("may fit") << qint64(1100) << State::Tight;
    QTest::newRow("does not fit however wrong") << qint64(1200) << State::Overflows;
}

void TestContextGauge::stateFollowsTheError()
{
    QFETCH(qint64, tokens);
    QTEST(estimate(tokens, 1000).state(), "state");
    QCOMPARE(estimate(tokens, std::nullopt).state(), ContextEstimate::State::Unknown);
}

void TestContextGauge::reservedTokensMakeItTight()
{
    ContextEstimate full = estimate(500, 1000);
    QCOMPARE(full.state(), ContextEstimate::State::Fits);
    full.reserved = 500;
    QCOMPARE(full.state(), ContextEstimate::State::Tight);
}

void TestContextGauge::worstComesFirst()
{
    const std::vector<ContextEstimate> estimates {
        estimate(5000, std::nullopt), estimate(10, 20), estimate(900, 700), estimate(100, 110)};
    QCOMPARE(worstOf(estimates), &estimates[2]);
    const std::vector<ContextEstimate> unknown {estimate(5, std::nullopt), estimate(7, std::nullopt)};
    QCOMPARE(worstOf(unknown), &unknown[1]);
}

void TestContextGauge::textsNameTheError()
{
    QCOMPARE(gaugeText(estimate(1240, 8192, 0.04)), QString::fromUtf8("≈ 1,240 of 8,192 tokens ± 4 %"));
    QCOMPARE(gaugeText(contextEstimate(9.5, {})), QString::fromUtf8("≈ 10 tokens ± 30 %"));
    ContextEstimate rough = contextEstimate(10, {});
    rough.number = 2;
    rough.model = QStringLiteral("m");
    const QString details = gaugeDetails({&rough, 1});
    QVERIFY2(details.contains(QStringLiteral("Pane 2, m:")), qPrintable(details));
    QVERIFY2(details.contains(QStringLiteral("until two answers")), qPrintable(details));
    const ContextEstimate known = estimate(10, 100);
    QVERIFY(gaugeDetails({&known, 1}).contains(QStringLiteral("corrected by what providers counted")));
}

void TestContextGauge::costIsSummedInOneCurrencyOnly()
{
    std::vector<ContextEstimate> estimates {estimate(10, 100), estimate(10, 100)};
    estimates[0].cost = Cost {.amount = 0.5, .currency = QStringLiteral("USD")};
    QVERIFY(!gaugeDetails(estimates).contains(QStringLiteral("costs about")));
    estimates[1].cost = Cost {.amount = 0.25, .currency = QStringLiteral("USD")};
    QVERIFY(gaugeDetails(estimates).contains(QStringLiteral("costs about ") + costText({0.75, QStringLiteral("USD")})));
    estimates[1].cost->currency = QStringLiteral("EUR");
    QVERIFY(!gaugeDetails(estimates).contains(QStringLiteral("costs about")));
}

void TestContextGauge::overflowNamesThePanes()
{
    std::vector<ContextEstimate> estimates {estimate(10, 100), estimate(500, 100)};
    estimates[1].number = 2;
    const QString text = overflowText(estimates);
    QVERIFY2(text.contains(QStringLiteral("pane 2")), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("pane 1")), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestContextGauge)
#include "tst_contextgauge.moc"
