// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metricstable.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

class TestMetricFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownIsADash();
    void sameOrderForEveryAnswer();
    void phasesBecomeDurations();
    void reusedConnectionIsSaid();
    void eachNumberSaysWhoCounted();
    void costOfAFailureIsNotKnown();
    void emptyTable();
    void rowsThatNobodyHasAreLeftOut();
    void theBestIsMarked();
    void csvHasNumbersAndSources();
    void csvFields_data();
    void csvFields();
};

static const MetricFact &fact(const std::vector<MetricFact> &facts, const char *id)
{
    const auto found =
        std::find_if(facts.begin(), facts.end(), [id](const MetricFact &fact) { return fact.id == QLatin1String(id); });
    Q_ASSERT(found != facts.end());
    return *found;
}

static Answer answer()
{
    Answer given {.state = Answer::State::Complete, .startOrder = 2};
    given.metrics.phases = {.dequeued = 1ms,
        .resolved = 3ms,
        .connected = 11ms,
        .encrypted = 31ms,
        .sent = 32ms,
        .firstByte = 100ms,
        .firstToken = 120ms,
        .firstText = 220ms,
        .finished = 1s};
    given.metrics.pieces = {.count = 50, .total = 500ms, .longest = 90ms, .median = 9ms, .percentile95 = 30ms};
    given.metrics.usage = {.promptTokens = 10, .completionTokens = 51, .totalTokens = 61, .reasoningTokens = 20};
    return given;
}

void TestMetricFacts::unknownIsADash()
{
    for (const MetricFact &shown : metricFacts({}, {})) {
        if (shown.id == QLatin1String("attempts"))
            continue;
        QVERIFY2(!shown.value, qPrintable(shown.id));
        QCOMPARE(shown.text, QStringLiteral("–"));
        QVERIFY(shown.note.isEmpty());
    }
}

void TestMetricFacts::sameOrderForEveryAnswer()
{
    const auto first = metricFacts({}, {});
    const auto second = metricFacts(answer(), Cost {.amount = 1, .currency = QStringLiteral("USD")});
    QCOMPARE(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        QCOMPARE(first[i].id, second[i].id);
        QVERIFY2(second[i].group >= second[i == 0 ? 0 : i - 1].group, "groups stay together");
    }
}

void TestMetricFacts::phasesBecomeDurations()
{
    const auto facts = metricFacts(answer(), {});
    QCOMPARE(*fact(facts, "queue_ms").value, 1.0);
    QCOMPARE(*fact(facts, "connect_ms").value, 30.0); // name, TCP and TLS
    QCOMPARE(*fact(facts, "send_ms").value, 1.0);
    QCOMPARE(*fact(facts, "first_byte_ms").value, 100.0);
    QCOMPARE(*fact(facts, "first_text_ms").value, 220.0);
    QCOMPARE(fact(facts, "first_token_ms").text, QStringLiteral("120 ms"));
    QCOMPARE(*fact(facts, "tokens_per_s").value, 100.0);
    QCOMPARE(*fact(facts, "text_tokens_per_s").value, 75.0); // 30 within 400 ms
    QCOMPARE(*fact(facts, "start_order").value, 2.0);
    Answer plain = answer();
    plain.metrics.phases.firstText = plain.metrics.phases.firstToken;
    QVERIFY(!fact(metricFacts(plain, {}), "first_text_ms").value); // there was no reasoning
}

void TestMetricFacts::reusedConnectionIsSaid()
{
    Answer warm = answer();
    warm.metrics.isConnectionReused = true;
    warm.metrics.phases.encrypted.reset();
    warm.metrics.phases.resolved.reset();
    warm.metrics.phases.connected = warm.metrics.phases.dequeued;
    const auto facts = metricFacts(warm, {});
    QCOMPARE(*fact(facts, "connect_ms").value, 0.0);
    QVERIFY(fact(facts, "connect_ms").note.contains(QStringLiteral("was open already")));
}

void TestMetricFacts::eachNumberSaysWhoCounted()
{
    Answer mixed = answer();
    mixed.metrics.usage.source = Usage::Source::Estimated;
    mixed.metrics.isPromptEstimated = true;
    mixed.metrics.estimatedTextTokens = 40;
    auto facts = metricFacts(mixed, {});
    QCOMPARE(fact(facts, "prompt_tokens").source, MetricFact::Source::Estimated);
    QCOMPARE(fact(facts, "prompt_tokens").text, QStringLiteral("≈10"));
    QCOMPARE(fact(facts, "completion_tokens").source, MetricFact::Source::Provider);
    QCOMPARE(*fact(facts, "reasoning_tokens").value, 11.0);
    QCOMPARE(fact(facts, "reasoning_tokens").source, MetricFact::Source::Estimated);
    QCOMPARE(fact(facts, "total_tokens").source, MetricFact::Source::Estimated);
    QCOMPARE(fact(facts, "first_byte_ms").source, MetricFact::Source::Measured);
    mixed.metrics.isPromptEstimated = false; // as earlier versions marked them
    facts = metricFacts(mixed, {});
    QCOMPARE(fact(facts, "prompt_tokens").source, MetricFact::Source::Estimated);
    QCOMPARE(fact(facts, "completion_tokens").source, MetricFact::Source::Estimated);
}

void TestMetricFacts::costOfAFailureIsNotKnown()
{
    const Charge charge {.kind = Charge::Kind::BuiltIn};
    Answer failed = answer();
    failed.state = Answer::State::Failed;
    QVERIFY(!costOf(failed, charge));
    QCOMPARE(costOf(answer(), charge)->amount, 0.0);
    QVERIFY(!costOf(answer(), Charge {}));
    QCOMPARE(fact(metricFacts(answer(), costOf(answer(), charge)), "cost").text, QStringLiteral("free"));
    const Cost cost {.amount = 0.25, .currency = QStringLiteral("EUR")};
    QVERIFY(fact(metricFacts(answer(), cost), "cost").text.startsWith(u'≈'));
}

void TestMetricFacts::emptyTable()
{
    MetricsTable table;
    const QAbstractItemModelTester tester(&table);
    QCOMPARE(table.rowCount(), 0);
    QCOMPARE(table.columnCount(), 0);
    QCOMPARE(table.toCsv(), QStringLiteral("answer\r\n"));
    table.setColumns({{.title = QStringLiteral("a"), .facts = metricFacts(answer(), {})}});
    table.setColumns({});
    QCOMPARE(table.rowCount(), 0);
}

void TestMetricFacts::rowsThatNobodyHasAreLeftOut()
{
    MetricsTable table;
    table.setColumns({{.title = QStringLiteral("a"), .facts = metricFacts({}, {})},
        {.title = QStringLiteral("b"), .facts = metricFacts(answer(), {})}});
    QStringList labels;
    for (int row = 0; row < table.rowCount(); ++row)
        labels << table.headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
    QVERIFY(labels.contains(QStringLiteral("First visible token")));
    QVERIFY(!labels.contains(QStringLiteral("… of these from a cache")));
    QVERIFY(!labels.contains(QStringLiteral("Cost")));
    QCOMPARE(table.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("b"));
    QVERIFY(!table.headerData(2, Qt::Horizontal, Qt::DisplayRole).isValid());
}

void TestMetricFacts::theBestIsMarked()
{
    Answer fast = answer();
    fast.metrics.phases.firstToken = 50ms;
    fast.metrics.usage.completionTokens = 26;
    MetricsTable table;
    table.setColumns({{.title = QStringLiteral("slow"), .facts = metricFacts(answer(), {})},
        {.title = QStringLiteral("fast"), .facts = metricFacts(fast, {})},
        {.title = QStringLiteral("failed"), .facts = metricFacts({}, {})}});
    const auto best = [&table](const char *label) {
        QList<int> columns;
        for (int row = 0; row < table.rowCount(); ++row) {
            if (table.headerData(row, Qt::Vertical, Qt::DisplayRole).toString() != QLatin1String(label))
                continue;
            for (int column = 0; column < table.columnCount(); ++column) {
                if (table.index(row, column).data(MetricsTable::BestRole).toBool())
                    columns << column;
            }
        }
        return columns;
    };
    QCOMPARE(best("First visible token"), QList<int> {1}); // less is better
    QCOMPARE(best("Tokens per second"), QList<int> {0}); // more is better
    QCOMPARE(best("Whole answer"), QList<int> {}); // equal
    QCOMPARE(best("Answer"), QList<int> {}); // neither
}

void TestMetricFacts::csvHasNumbersAndSources()
{
    MetricsTable table;
    table.setColumns({{.title = QStringLiteral("1 a, \"b\""), .facts = metricFacts(answer(), {})}});
    const QStringList lines = table.toCsv().split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("answer,start_order,start_order_source,attempts,")));
    QVERIFY(lines[1].startsWith(QStringLiteral("\"1 a, \"\"b\"\"\",2,measured,1,measured,")));
    QVERIFY(lines[1].contains(QStringLiteral(",51,provider,")));
    QCOMPARE(lines[2], QString());
}

void TestMetricFacts::csvFields_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << QStringLiteral("a b") << QStringLiteral("a b");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
    QTest::newRow("quotes") << QStringLiteral("\"") << QStringLiteral("\"\"\"\"");
    QTest::newRow("line") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
    QTest::newRow("formula") << QStringLiteral("=HYPERLINK(1)") << QStringLiteral("'=HYPERLINK(1)");
    QTest::newRow("formula with commas") << QStringLiteral("+A(1,2)") << QStringLiteral("\"'+A(1,2)\"");
}

void TestMetricFacts::csvFields()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    QCOMPARE(csvField(text), field);
}

QTEST_GUILESS_MAIN(TestMetricFacts)
#include "tst_metricfacts.moc"
