// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/price.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

Price priceOf(const QString &model, double input, const QString &provider = {}, const QString &endpoint = {})
{
    return {.endpointId = endpoint, .provider = provider, .model = model, .input = input};
}

ProviderDescriptor openAi()
{
    return {.name = QStringLiteral("openai"),
        .variants = {{.name = QStringLiteral("llamacpp"), .localPort = 8080, .ownedBy = {QStringLiteral("llamacpp")}},
            {.name = QStringLiteral("mistral"), .ownedBy = {QStringLiteral("mistralai")}}}};
}

} // namespace

class TestPrice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownStaysUnknown();
    void costs_data();
    void costs();
    void textOfCosts_data();
    void textOfCosts();
    void closestEntryWins();
    void charges_data();
    void charges();
    void listedPricesComeSecond();
    void changesAreTold();
};

void TestPrice::unknownStaysUnknown()
{
    const Price price {.model = QStringLiteral("m"), .input = 1.0};
    QVERIFY(!estimate(price, {}));
    QVERIFY(!estimate(price, {.promptTokens = 10, .completionTokens = 1})); // no rate for the answer
    QVERIFY(!estimate({.model = QStringLiteral("m"), .output = 1.0}, {.promptTokens = 10, .completionTokens = 1}));
    const PriceTable table;
    QCOMPARE(table.charge({}, QStringLiteral("m"), nullptr, nullptr).kind, Charge::Kind::Unknown);
    QVERIFY(!table.charge({}, QStringLiteral("m"), nullptr, nullptr).estimate({.promptTokens = 1}));
}

void TestPrice::costs_data()
{
    QTest::addColumn<qint64>("prompt");
    QTest::addColumn<qint64>("cached");
    QTest::addColumn<qint64>("completion");
    QTest::addColumn<double>("amount");
    QTest::newRow("prompt only") << qint64(1'000'000) << qint64(0) << qint64(0) << 2.0;
    QTest::newRow("answer") << qint64(0) << qint64(0) << qint64(500'000) << 4.0;
    QTest::newRow("cached part is cheaper") << qint64(1'000'000) << qint64(500'000) << qint64(0) << 1.25;
    QTest::newRow("more cached than there are") << qint64(100) << qint64(5000) << qint64(0) << 0.00005;
}

void TestPrice::costs()
{
    QFETCH(qint64, prompt);
    QFETCH(qint64, cached);
    QFETCH(qint64, completion);
    QFETCH(double, amount);
    const Price price {.model = QStringLiteral("m"), .input = 2.0, .output = 8.0, .cachedInput = 0.5};
    const auto cost = estimate(price, {.promptTokens = prompt, .completionTokens = completion, .cachedTokens = cached});
    QVERIFY(cost);
    QVERIFY2(qAbs(cost->amount - amount) < 1e-9, qPrintable(QString::number(cost->amount)));
    QCOMPARE(cost->currency, QStringLiteral("USD"));
}

void TestPrice::textOfCosts_data()
{
    QTest::addColumn<double>("amount");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << 0.0 << QStringLiteral("USD") << QStringLiteral("free");
    QTest::newRow("tiny") << 0.00021 << QStringLiteral("USD") << QStringLiteral("$0.00021");
    QTest::newRow("cents") << 0.0421 << QStringLiteral("USD") << QStringLiteral("$0.042");
    QTest::newRow("euros") << 12.345 << QStringLiteral("EUR") << QStringLiteral("12.35 EUR");
}

void TestPrice::textOfCosts()
{
    QFETCH(double, amount);
    QFETCH(QString, currency);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(costText({.amount = amount, .currency = currency}), text);
}

void TestPrice::closestEntryWins()
{
    PriceTable table;
    table.setPrices({priceOf(QStringLiteral("gpt-4o"), 1), priceOf(QStringLiteral("gpt-*"), 2),
        priceOf(QStringLiteral("gpt-4*"), 3), priceOf(QStringLiteral("*"), 4, QStringLiteral("openai")),
        priceOf(QStringLiteral("*"), 5, {}, QStringLiteral("mine"))});
    const Endpoint azure {.id = QStringLiteral("a"), .kind = Endpoint::Kind::AzureFoundry};
    QCOMPARE(table.find(azure, QStringLiteral("GPT-4o"))->input, 1.0);
    QCOMPARE(table.find(azure, QStringLiteral("gpt-4.1"))->input, 3.0);
    QCOMPARE(table.find(azure, QStringLiteral("gpt-3"))->input, 2.0);
    QCOMPARE(table.find(azure, QStringLiteral("llama")), nullptr);
    QCOMPARE(table.find({.id = QStringLiteral("o")}, QStringLiteral("gpt-4o"))->input, 4.0);
    QCOMPARE(table.find({.id = QStringLiteral("mine")}, QStringLiteral("gpt-4o"))->input, 5.0);
    // Only the star is special.
    table.setPrices({priceOf(QStringLiteral("a.c[1]*"), 1)});
    QCOMPARE(table.find(azure, QStringLiteral("abc1")), nullptr);
    QVERIFY(table.find(azure, QStringLiteral("A.C[1]/x")));
}

void TestPrice::charges_data()
{
    QTest::addColumn<int>("kind"); // of the endpoint
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("ownedBy");
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("charge");
    using Kind = Charge::Kind;
    const int openAiKind = static_cast<int>(Endpoint::Kind::OpenAiCompatible);
    QTest::newRow("public") << openAiKind << QStringLiteral("https://api.example.com/v1") << QStringLiteral("llamacpp")
                            << QStringLiteral("m") << static_cast<int>(Kind::Unknown);
    QTest::newRow("loopback proxy to who knows where")
        << openAiKind << QStringLiteral("http://127.0.0.1:4000/v1") << QStringLiteral("openai") << QStringLiteral("m")
        << static_cast<int>(Kind::Unknown);
    QTest::newRow("a service by its owner, over loopback")
        << openAiKind << QStringLiteral("http://localhost:4000/v1") << QStringLiteral("mistralai")
        << QStringLiteral("m") << static_cast<int>(Kind::Unknown);
    QTest::newRow("host that only looks like loopback")
        << openAiKind << QStringLiteral("http://127.0.0.1.example.com/v1") << QStringLiteral("llamacpp")
        << QStringLiteral("m") << static_cast<int>(Kind::Unknown);
    QTest::newRow("cloud model of a local engine")
        << openAiKind << QStringLiteral("http://[::1]:8080/v1") << QStringLiteral("llamacpp")
        << QStringLiteral("gpt-oss:120b-cloud") << static_cast<int>(Kind::Unknown);
    QTest::newRow("local engine") << openAiKind << QStringLiteral("http://127.0.0.1:8080/v1")
                                  << QStringLiteral("llamacpp") << QStringLiteral("m")
                                  << static_cast<int>(Kind::OwnMachine);
    QTest::newRow("built in") << static_cast<int>(Endpoint::Kind::BuiltIn) << QStringLiteral("http://127.0.0.1:1")
                              << QString() << QStringLiteral("guide") << static_cast<int>(Kind::BuiltIn);
    QTest::newRow("written down counts first")
        << static_cast<int>(Endpoint::Kind::BuiltIn) << QStringLiteral("http://127.0.0.1:1") << QString()
        << QStringLiteral("priced") << static_cast<int>(Kind::Priced);
}

void TestPrice::charges()
{
    QFETCH(int, kind);
    QFETCH(QString, url);
    QFETCH(QString, ownedBy);
    QFETCH(QString, model);
    QFETCH(int, charge);
    PriceTable table;
    table.setPrices({priceOf(QStringLiteral("priced"), 1)});
    const Endpoint endpoint {
        .id = QStringLiteral("e"), .kind = static_cast<Endpoint::Kind>(kind), .baseUrl = QUrl(url)};
    const ProviderDescriptor descriptor = openAi();
    const ModelDescription description {.id = model, .ownedBy = ownedBy};
    const Charge known = table.charge(endpoint, model, &descriptor, &description);
    QCOMPARE(static_cast<int>(known.kind), charge);
    QCOMPARE(known.isFree(), known.kind == Charge::Kind::BuiltIn || known.kind == Charge::Kind::OwnMachine);
}

void TestPrice::listedPricesComeSecond()
{
    PriceTable table;
    const Endpoint endpoint {.id = QStringLiteral("e"), .baseUrl = QUrl(QStringLiteral("https://example.com"))};
    ModelDescription description {.id = QStringLiteral("m")};
    description.facts.inputPrice = 0.0;
    description.facts.outputPrice = 0.0;
    const Charge listed = table.charge(endpoint, description.id, nullptr, &description);
    QCOMPARE(listed.kind, Charge::Kind::Priced);
    QVERIFY(listed.isFree() && !listed.price.source.isEmpty());
    table.setPrices({priceOf(QStringLiteral("m"), 3)});
    QCOMPARE(table.charge(endpoint, description.id, nullptr, &description).price.input, 3.0);
}

void TestPrice::changesAreTold()
{
    PriceTable table;
    const QSignalSpy changed(&table, &PriceTable::changed);
    table.setPrices({priceOf(QStringLiteral("m"), 1)});
    table.setPrices({priceOf(QStringLiteral("m"), 1)});
    QCOMPARE(changed.count(), 1);
}

QTEST_GUILESS_MAIN(TestPrice)
#include "tst_price.moc"
