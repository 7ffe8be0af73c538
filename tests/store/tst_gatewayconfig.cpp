// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gatewayconfig.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

namespace {

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

Route everything()
{
    return {.id = QStringLiteral("7"),
        .name = QStringLiteral("gpt-*"),
        .isEnabled = false,
        .targets = {{.model = {QStringLiteral("a"), QStringLiteral("x/y")}},
            {.model = {QStringLiteral("b"), QStringLiteral("z")}, .weight = 2.5}},
        .fallbacks = {{QStringLiteral("c"), QString()}},
        .shadow = ModelRef {QStringLiteral("d"), QStringLiteral("w")},
        .adaptation = Adaptation::Strict,
        .extras = {{QStringLiteral("top_k"), 4}},
        .systemPrompt = QStringLiteral("Be brief."),
        .budget = 2.5,
        .forwardedHeaders = {QStringLiteral("x-trace")},
        .tape = TapeMode::Replay,
        .replaySpeed = 0};
}

} // namespace

class TestGatewayConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void routesComeBackAsTheyWent();
    void shortRoutesAreEnough();
    void slipsOfThePenAreNamed_data();
    void slipsOfThePenAreNamed();
    void theFileKeepsWhatOthersWrote();
    void noFileMeansTheDefaults();
};

void TestGatewayConfig::routesComeBackAsTheyWent()
{
    const Result<Route> full = decodeRoute(encodeRoute(everything()), 1);
    QVERIFY2(full, full ? "" : qPrintable(full.error().message));
    QVERIFY(*full == everything());
}

void TestGatewayConfig::shortRoutesAreEnough()
{
    const auto route = decodeRoute(json(R"({"name":"gpt-4o","target":"builtin/guide"})"), 1);
    QVERIFY(route);
    QCOMPARE(route->id, QStringLiteral("gpt-4o"));
    QCOMPARE(route->targets.size(), std::size_t(1));
    QCOMPARE(route->targets.front().model.model, QStringLiteral("guide"));
    QVERIFY(route->isEnabled);
}

void TestGatewayConfig::slipsOfThePenAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *tag, const char *text, const char *parameter) {
        QTest::newRow(tag) << QByteArray(text) << QString::fromLatin1(parameter);
    };
    row("unknown member", R"({"name":"a","target":"b/c","fallback":["b/c"]})", "routes[1].fallback");
    row("wrong type", R"({"name":4,"target":"b/c"})", "routes[1].name");
    row("no model", R"({"name":"a","target":"/c"})", "routes[1].target");
    row("bad weight", R"({"name":"a","targets":[{"model":"b/c","weight":-1}]})", "routes[1].targets");
    row("bad adaptation", R"({"name":"a","target":"b/c","adaptation":"lax"})", "routes[1].adaptation");
    row("bad tape", R"({"name":"a","target":"b/c","tape":"rewind"})", "routes[1].tape");
    row("bad budget", R"({"name":"a","target":"b/c","budget":-3})", "routes[1].budget");
    row("leads nowhere", R"({"name":"a"})", "routes[1]");
    row("no name", R"({"target":"b/c"})", "routes[1]");
    row("two of an id", R"({"name":"a","id":"r","target":"b/c"},{"name":"b","id":"r","target":"b/c"})", "routes[2]");
    row("two of a name", R"({"name":"a","target":"b/c"},{"name":"a","target":"b/d"})", "routes[2]");
    row("list with a number", R"({"name":"a","target":"b/c","forwardedHeaders":[3]})", "routes[1].forwardedHeaders");
}

void TestGatewayConfig::slipsOfThePenAreNamed()
{
    QFETCH(const QByteArray, text);
    const Result<GatewayConfig> config = decodeGatewayConfig(json(R"({"routes":[)" + text + R"(]})"));
    QVERIFY(!config);
    QCOMPARE(config.error().kind, Error::Kind::InvalidRequest);
    QTEST(config.error().parameter, "parameter");
    QVERIFY(config.error().message.startsWith(config.error().parameter));
}

void TestGatewayConfig::theFileKeepsWhatOthersWrote()
{
    const QTemporaryDir folder;
    const GatewayStore store(folder.filePath(QStringLiteral("gateway.json")));
    const JsonFile file(folder.filePath(QStringLiteral("gateway.json")));
    QVERIFY(file.change([](QJsonObject &object) { object[QStringLiteral("later")] = 1; }));
    GatewayConfig config {.isEnabled = true, .port = 9000, .routes = {everything()}};
    config.spent.insert(QStringLiteral("7"), 0.25);
    QVERIFY(store.save(config));
    const auto loaded = store.load();
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    QVERIFY(*loaded == config);
    QCOMPARE(file.read()->value(u"later").toInt(), 1);
}

void TestGatewayConfig::noFileMeansTheDefaults()
{
    const QTemporaryDir folder;
    QVERIFY(*GatewayStore(folder.filePath(QStringLiteral("none.json"))).load() == GatewayConfig {});
    QVERIFY(!decodeGatewayConfig(json(R"({"prot":1})")));
    QVERIFY(!decodeGatewayConfig(json(R"({"port":70000})")));
}

QTEST_GUILESS_MAIN(TestGatewayConfig)
#include "tst_gatewayconfig.moc"
