// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/embeddingrun.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

using ScriptedEmbeddingReply = ScriptedValueReply<EmbeddingResponse>;

class TestEmbeddingRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingToEmbedIsAnError();
    void startsAfterTheCallReturned();
    void textsTravelInBatchesTwoInFlight();
    void equalTextsAreSentOnce();
    void tooLargeBatchesAreHalved_data();
    void tooLargeBatchesAreHalved();
    void otherErrorsEndTheRun_data();
    void otherErrorsEndTheRun();
    void oneRefusedTextEndsTheRun();
    void wrongAnswersAreProtocolErrors_data();
    void wrongAnswersAreProtocolErrors();
    void failureKeepsWhatIsDoneAndResumes();
    void cancelEndsInCancelled();
    void destroyingDropsTheRequests();
    void destroyingInsideASlot();
    void usageIsSummed();

private:
    [[nodiscard]] static QStringList texts(int count);
    [[nodiscard]] ScriptedEmbeddingReply *reply(std::size_t index) const;
    /// Answers request `index`: every text becomes (its number, 1).
    void answer(std::size_t index, const std::optional<Usage> &usage = {}) const;

    std::unique_ptr<ScriptedProvider> m_provider;
};

void TestEmbeddingRun::init()
{
    m_provider = std::make_unique<ScriptedProvider>(Endpoint {.id = QStringLiteral("e")});
    m_provider->autoEmbed = false;
}

QStringList TestEmbeddingRun::texts(int count)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list.append(QString::number(i));
    return list;
}

ScriptedEmbeddingReply *TestEmbeddingRun::reply(std::size_t index) const
{
    // No metaobject of its own: the template has no Q_OBJECT.
    return static_cast<ScriptedEmbeddingReply *>(m_provider->embeddings.at(index).data());
}

void TestEmbeddingRun::answer(std::size_t index, const std::optional<Usage> &usage) const
{
    EmbeddingResponse response {.model = QStringLiteral("m"), .dimensions = 2, .usage = usage};
    for (const QString &text : m_provider->embeddingRequests.at(index).input)
        response.values.insert(response.values.end(), {text.toFloat(), 1.0F});
    reply(index)->finishWith(std::move(response));
}

void TestEmbeddingRun::nothingToEmbedIsAnError()
{
    EmbeddingRun run(*m_provider, {});
    QSignalSpy finished(&run, &EmbeddingRun::finished);
    QVERIFY(finished.wait());
    QCOMPARE(run.error()->kind, Error::Kind::InvalidRequest);
    QVERIFY(!run.result());
}

void TestEmbeddingRun::startsAfterTheCallReturned()
{
    EmbeddingRun run(*m_provider, {.input = texts(1)});
    QCOMPARE(m_provider->embeddingRequests.size(), 0U);
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
}

void TestEmbeddingRun::textsTravelInBatchesTwoInFlight()
{
    EmbeddingRun run(*m_provider, {.model = QStringLiteral("m"), .input = texts(7), .dimensions = 2}, {.batchSize = 3});
    QSignalSpy progress(&run, &EmbeddingRun::progressChanged);
    QSignalSpy finished(&run, &EmbeddingRun::finished);
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    QCOMPARE(m_provider->embeddingRequests[1].input,
        QStringList({QStringLiteral("3"), QStringLiteral("4"), QStringLiteral("5")}));
    QCOMPARE(m_provider->embeddingRequests[1].dimensions, std::optional<int>(2));
    answer(1);
    QCOMPARE(m_provider->embeddingRequests.size(), 3U);
    QVERIFY(run.hasRow(4) && !run.hasRow(0));
    answer(2);
    QVERIFY(finished.isEmpty());
    answer(0);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(progress.last(), QVariantList({7, 7}));
    const auto result = run.result();
    QVERIFY(result);
    QCOMPARE(result->values, (std::vector<float> {0, 1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1}));
}

void TestEmbeddingRun::equalTextsAreSentOnce()
{
    EmbeddingRun run(*m_provider, {.input = {QStringLiteral("5"), QStringLiteral("7"), QStringLiteral("5")}});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    QCOMPARE(m_provider->embeddingRequests[0].input, QStringList({QStringLiteral("5"), QStringLiteral("7")}));
    answer(0);
    QCOMPARE(run.done(), 3);
    QCOMPARE(run.response().values, (std::vector<float> {5, 1, 7, 1, 5, 1}));
}

void TestEmbeddingRun::tooLargeBatchesAreHalved_data()
{
    QTest::addColumn<Error>("error");
    QTest::newRow("413") << Error {.kind = Error::Kind::InvalidRequest, .httpStatus = 413};
    QTest::newRow("400") << Error {.kind = Error::Kind::InvalidRequest, .httpStatus = 400};
    QTest::newRow("422 about the input") << Error {
        .kind = Error::Kind::InvalidRequest, .httpStatus = 422, .parameter = QStringLiteral("input")};
}

void TestEmbeddingRun::tooLargeBatchesAreHalved()
{
    QFETCH(Error, error);
    EmbeddingRun run(*m_provider, {.input = texts(5)}, {.batchSize = 4, .parallel = 1});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    reply(0)->failWith(error);
    QCOMPARE(m_provider->embeddingRequests[1].input, QStringList({QStringLiteral("0"), QStringLiteral("1")}));
    reply(1)->failWith(error);
    for (std::size_t request = 2; request < 7; ++request) {
        QCOMPARE(m_provider->embeddingRequests[request].input.size(), 1);
        answer(request);
    }
    QVERIFY(run.isFinished());
    QVERIFY(run.result());
    QCOMPARE(run.response().values, (std::vector<float> {0, 1, 1, 1, 2, 1, 3, 1, 4, 1}));
}

void TestEmbeddingRun::otherErrorsEndTheRun_data()
{
    QTest::addColumn<Error>("error");
    QTest::newRow("key") << Error {.kind = Error::Kind::Authentication, .httpStatus = 401};
    QTest::newRow("dimensions") << Error {
        .kind = Error::Kind::InvalidRequest, .httpStatus = 400, .parameter = QStringLiteral("dimensions")};
    QTest::newRow("no route") << Error {.kind = Error::Kind::Unsupported, .httpStatus = 405};
    QTest::newRow("server") << Error {.kind = Error::Kind::Provider, .httpStatus = 500};
}

void TestEmbeddingRun::otherErrorsEndTheRun()
{
    QFETCH(Error, error);
    EmbeddingRun run(*m_provider, {.input = texts(4)}, {.batchSize = 2});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    reply(0)->failWith(error);
    QVERIFY(run.isFinished());
    QCOMPARE(*run.error(), error);
    QCOMPARE(m_provider->embeddingRequests.size(), 2U);
    QVERIFY(m_provider->embeddings[1].isNull()); // the other one was dropped
}

void TestEmbeddingRun::oneRefusedTextEndsTheRun()
{
    const Error error {.kind = Error::Kind::InvalidRequest, .httpStatus = 400};
    EmbeddingRun run(*m_provider, {.input = texts(1)});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    reply(0)->failWith(error);
    QCOMPARE(*run.error(), error);
}

void TestEmbeddingRun::wrongAnswersAreProtocolErrors_data()
{
    QTest::addColumn<int>("dimensions");
    QTest::addColumn<int>("values");
    QTest::newRow("a row too few") << 2 << 2;
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("a row too many") << 2 << 6;
}

void TestEmbeddingRun::wrongAnswersAreProtocolErrors()
{
    QFETCH(int, dimensions);
    QFETCH(int, values);
    EmbeddingRun run(*m_provider, {.input = texts(2)});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    reply(0)->finishWith({.dimensions = dimensions, .values = std::vector<float>(static_cast<std::size_t>(values))});
    QCOMPARE(run.error()->kind, Error::Kind::Protocol);
    QVERIFY(!run.hasRow(0));
}

void TestEmbeddingRun::failureKeepsWhatIsDoneAndResumes()
{
    EmbeddingRun run(*m_provider, {.input = texts(4)}, {.batchSize = 2, .parallel = 1});
    QSignalSpy finished(&run, &EmbeddingRun::finished);
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    answer(0);
    reply(1)->failWith({.kind = Error::Kind::Network});
    QCOMPARE(finished.size(), 1);
    QCOMPARE(run.done(), 2);
    QCOMPARE(run.response().values, (std::vector<float> {0, 1, 1, 1, 0, 0, 0, 0}));
    run.resume();
    QVERIFY(!run.isFinished() && !run.error());
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 3U);
    QCOMPARE(m_provider->embeddingRequests[2].input, QStringList({QStringLiteral("2"), QStringLiteral("3")}));
    answer(2);
    QCOMPARE(finished.size(), 2);
    QVERIFY(run.result());
}

void TestEmbeddingRun::cancelEndsInCancelled()
{
    EmbeddingRun run(*m_provider, {.input = texts(4)}, {.batchSize = 2});
    QSignalSpy finished(&run, &EmbeddingRun::finished);
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    run.cancel();
    run.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(run.error()->kind, Error::Kind::Cancelled);
    QVERIFY(m_provider->embeddings[0].isNull() && m_provider->embeddings[1].isNull());
}

void TestEmbeddingRun::destroyingDropsTheRequests()
{
    auto run = std::make_unique<EmbeddingRun>(*m_provider, EmbeddingRequest {.input = texts(4)});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 1U);
    run.reset();
    QVERIFY(m_provider->embeddings[0].isNull());
}

void TestEmbeddingRun::destroyingInsideASlot()
{
    auto run = std::make_unique<EmbeddingRun>(
        *m_provider, EmbeddingRequest {.input = texts(4)}, EmbeddingRun::Options {.batchSize = 1});
    connect(run.get(), &EmbeddingRun::progressChanged, this, [&run] { run.reset(); });
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    answer(0);
    QVERIFY(!run);
    QVERIFY(m_provider->embeddings[1].isNull());
}

void TestEmbeddingRun::usageIsSummed()
{
    EmbeddingRun run(*m_provider, {.input = texts(4)}, {.batchSize = 2});
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    answer(0, Usage {.promptTokens = 5, .totalTokens = 5});
    answer(1, Usage {.promptTokens = 7});
    QCOMPARE(run.response().usage->promptTokens, std::optional<qint64>(12));
    QCOMPARE(run.response().usage->totalTokens, std::optional<qint64>(5));
    QVERIFY(!run.response().usage->completionTokens);
}

QTEST_GUILESS_MAIN(TestEmbeddingRun)
#include "tst_embeddingrun.moc"
