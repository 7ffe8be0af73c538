// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/backgroundwork.h"
#include "embeddings/modelchooser.h"
#include "embeddings/queryprobe.h"
#include "embeddings/similaritycsv.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace diptych;

/// The parts of the embeddings pane that stand alone.
class TestEmbeddingsParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void csvQuotesWhatItMust();
    void chooserOffersWhatMayEmbed();
    void chooserKeepsItsChoice();
    void optionalChooserStartsWithNone();
    void endpointWithoutAListIsOffered();
    void probeWaitsForAPause();
    void probeDropsTheRequestBefore();
    void largeWorkIsDeliveredLater();
    void droppedWorkIsStopped();
};

static Endpoint endpoint(const QString &id)
{
    return {.id = id, .name = QLatin1String("The ") + id};
}

static QStringList entries(const ModelChooser &chooser)
{
    QStringList texts;
    for (int row = 0; row < chooser.count(); ++row)
        texts.append(chooser.itemText(row));
    return texts;
}

static Connections::ProviderFactory scripted()
{
    return [](const Endpoint &known) { return std::make_unique<ScriptedProvider>(known); };
}

void TestEmbeddingsParts::csvQuotesWhatItMust()
{
    const SquareMatrix matrix {2, {1, 0.25F, 0.25F, 1}};
    QCOMPARE(similarityCsv(matrix, {QStringLiteral("a \"b\""), QStringLiteral("c, d")}),
        QByteArray("\"\",\"a \"\"b\"\"\",\"c, d\"\r\n\"a \"\"b\"\"\",1,0.25\r\n\"c, d\",0.25,1\r\n"));
}

void TestEmbeddingsParts::chooserOffersWhatMayEmbed()
{
    Connections connections(scripted());
    connections.add(endpoint(QStringLiteral("a")));
    connections.addModel(QStringLiteral("a"), {.id = QStringLiteral("chatty"), .type = ModelType::Chat});
    ModelChooser chooser(connections, false);
    QCOMPARE(chooser.count(), 0);
    QVERIFY(!chooser.model().isValid());
    QSignalSpy changed(&chooser, &QComboBox::currentIndexChanged);
    connections.addModel(QStringLiteral("a"), {.id = QStringLiteral("unknown")});
    connections.addModel(QStringLiteral("a"), {.id = QStringLiteral("my-embed")});
    connections.addModel(QStringLiteral("a"), {.id = QStringLiteral("sure"), .type = ModelType::TextEmbeddings});
    QCOMPARE(entries(chooser),
        QStringList(
            {QStringLiteral("The a"), QStringLiteral("sure"), QStringLiteral("my-embed"), QStringLiteral("unknown")}));
    QCOMPARE(chooser.model(), (ModelRef {QStringLiteral("a"), QStringLiteral("unknown")})); // chosen when it was alone
    QCOMPARE(changed.size(), 1);
}

void TestEmbeddingsParts::chooserKeepsItsChoice()
{
    Connections connections(scripted());
    for (const QString &id : {QStringLiteral("a"), QStringLiteral("b")}) {
        connections.add(endpoint(id));
        connections.addModel(id, {.id = QStringLiteral("m"), .type = ModelType::TextEmbeddings});
    }
    ModelChooser chooser(connections, false);
    const ModelRef second {QStringLiteral("b"), QStringLiteral("m")};
    QVERIFY(chooser.choose(second));
    connections.remove(QStringLiteral("a"));
    QCOMPARE(chooser.model(), second);
    QVERIFY(!chooser.choose({QStringLiteral("a"), QStringLiteral("m")}));
    connections.remove(QStringLiteral("b"));
    QVERIFY(!chooser.model().isValid());
}

void TestEmbeddingsParts::optionalChooserStartsWithNone()
{
    Connections connections(scripted());
    connections.add(endpoint(QStringLiteral("a")));
    connections.addModel(QStringLiteral("a"), {.id = QStringLiteral("m"), .type = ModelType::TextEmbeddings});
    ModelChooser chooser(connections, true);
    QVERIFY(!chooser.model().isValid());
    QVERIFY(chooser.choose({QStringLiteral("a"), QStringLiteral("m")}));
    QVERIFY(chooser.choose({}));
    QVERIFY(!chooser.model().isValid());
}

void TestEmbeddingsParts::endpointWithoutAListIsOffered()
{
    Connections connections(scripted());
    Endpoint single = endpoint(QStringLiteral("a"));
    single.defaultModel = QStringLiteral("only");
    connections.add(single);
    ModelChooser chooser(connections, false);
    QCOMPARE(chooser.model(), (ModelRef {QStringLiteral("a"), QStringLiteral("only")}));
}

void TestEmbeddingsParts::probeWaitsForAPause()
{
    ScriptedProvider provider(endpoint(QStringLiteral("a")));
    QueryProbe probe;
    QSignalSpy answered(&probe, &QueryProbe::answered);
    probe.ask(provider, {.input = {QStringLiteral("h")}});
    probe.ask(provider, {.input = {QStringLiteral("he")}});
    QCOMPARE(provider.embeddingRequests.size(), 0U);
    QVERIFY(answered.wait());
    QCOMPARE(provider.embeddingRequests.size(), 1U);
    QCOMPARE(provider.embeddingRequests[0].input, QStringList(QStringLiteral("he")));
}

void TestEmbeddingsParts::probeDropsTheRequestBefore()
{
    ScriptedProvider provider(endpoint(QStringLiteral("a")));
    provider.autoEmbed = false;
    QueryProbe probe;
    probe.ask(provider, {.input = {QStringLiteral("h")}});
    QTRY_COMPARE(provider.embeddings.size(), 1U);
    probe.ask(provider, {.input = {QStringLiteral("he")}});
    QVERIFY(provider.embeddings[0].isNull());
    probe.drop();
    QCOMPARE(provider.embeddings.size(), 1U);
}

void TestEmbeddingsParts::largeWorkIsDeliveredLater()
{
    int received = 0;
    BackgroundWork<int> work;
    work.start(
        true, [](const std::stop_token &) { return 1; }, [&received](int value) { received = value; });
    QCOMPARE(received, 1);
    work.start(
        false, [](const std::stop_token &) { return 2; }, [&received](int value) { received = value; });
    QCOMPARE(received, 1);
    QTRY_COMPARE(received, 2);
    QVERIFY(!work.isRunning());
}

void TestEmbeddingsParts::droppedWorkIsStopped()
{
    std::atomic<bool> sawStop = false;
    bool delivered = false;
    {
        BackgroundWork<int> work;
        work.start(
            false,
            [&sawStop](const std::stop_token &stop) {
                while (!stop.stop_requested())
                    std::this_thread::yield();
                sawStop = true;
                return 0;
            },
            [&delivered](int) { delivered = true; });
    }
    QTRY_VERIFY(sawStop);
    QVERIFY(!delivered);
}

QTEST_MAIN(TestEmbeddingsParts)
#include "tst_embeddingsparts.moc"
