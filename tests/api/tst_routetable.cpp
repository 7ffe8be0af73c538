// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/routetable.h"
#include "api/shadowlog.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

Route route(const char *name, const char *target = "builtin/guide")
{
    const QString text = QString::fromLatin1(name);
    return {.id = text, .name = text, .targets = {{.model = *modelRefFromText(QString::fromLatin1(target))}}};
}

QString found(const RouteTable &table, const char *name)
{
    const Route *route = table.find(QString::fromLatin1(name));
    return route ? route->name : QString();
}

} // namespace

class TestRouteTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void patternsMatch_data();
    void patternsMatch();
    void longNamesDoNotMakePatternsSlow();
    void theClosestRouteIsFound();
    void disabledRoutesAreNotFound();
    void modelsAreWrittenWithTheirEndpoint();
    void countersLiveAsLongAsTheirRoute();
    void anIdIsThereOnce();
    void movingKeepsEveryRoute();
    void faultsAreNamed();
    void theShadowLogForgetsTheOldest();
    void theShadowLogIsBoundedByBytes();
};

void TestRouteTable::patternsMatch_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *pattern, const char *name, bool matches) {
        QTest::addRow("%s %s", pattern, name) << QString::fromLatin1(pattern) << QString::fromLatin1(name) << matches;
    };
    row("gpt-4o", "gpt-4o", true);
    row("gpt-4o", "gpt-4o-mini", false);
    row("gpt-4o", "GPT-4o", false);
    row("gpt-*", "gpt-4o", true);
    row("gpt-*", "gpt-", true);
    row("gpt-*", "o1", false);
    row("*", "", true);
    row("*-mini", "gpt-4o-mini", true);
    row("*-mini", "gpt-4o-mini-2", false);
    row("a*b*c", "axxbyybc", true);
    row("a*b*c", "axxbyyb", false);
    row("", "", true);
    row("", "x", false);
}

void TestRouteTable::patternsMatch()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, name);
    QTEST(matchesPattern(pattern, name), "matches");
}

void TestRouteTable::longNamesDoNotMakePatternsSlow()
{
    const QString pattern = QStringLiteral("*a").repeated(20) + u'b';
    QVERIFY(!matchesPattern(pattern, QString(100'000, u'a')));
}

void TestRouteTable::theClosestRouteIsFound()
{
    RouteTable table;
    table.setRoutes({route("*"), route("gpt-*"), route("gpt-4*"), route("gpt-4o")});
    QCOMPARE(found(table, "gpt-4o"), QStringLiteral("gpt-4o"));
    QCOMPARE(found(table, "gpt-4.1"), QStringLiteral("gpt-4*"));
    QCOMPARE(found(table, "gpt-3"), QStringLiteral("gpt-*"));
    QCOMPARE(found(table, "claude"), QStringLiteral("*"));
}

void TestRouteTable::disabledRoutesAreNotFound()
{
    RouteTable table;
    Route off = route("gpt-4o");
    off.isEnabled = false;
    table.setRoutes({off});
    QVERIFY(!table.find(QStringLiteral("gpt-4o")));
    off.isEnabled = true;
    table.put(off);
    QVERIFY(table.find(QStringLiteral("gpt-4o")));
}

void TestRouteTable::modelsAreWrittenWithTheirEndpoint()
{
    const ModelRef model {QStringLiteral("mine"), QStringLiteral("org/name")};
    QCOMPARE(modelRefText(model), QStringLiteral("mine/org/name"));
    QCOMPARE(modelRefFromText(QStringLiteral("mine/org/name")), std::optional(model));
    QCOMPARE(modelRefFromText(QStringLiteral("mine")), std::optional(ModelRef {QStringLiteral("mine"), {}}));
    QVERIFY(!modelRefFromText(QStringLiteral("/name")));
}

void TestRouteTable::countersLiveAsLongAsTheirRoute()
{
    RouteTable table;
    table.setRoutes({route("a"), route("b")});
    QSignalSpy counted(&table, &RouteTable::countersChanged);
    const auto one = [](RouteCounters &counters) { ++counters.requests; };
    table.count(QStringLiteral("a"), one);
    table.count(QStringLiteral("gone"), one);
    QCOMPARE(counted.count(), 1);
    Route changed = route("a", "builtin/guide-brief");
    table.put(changed);
    QCOMPARE(table.counters(QStringLiteral("a")).requests, 1);
    table.setRoutes({route("b")});
    table.setRoutes({route("a")});
    QCOMPARE(table.counters(QStringLiteral("a")).requests, 0);
}

void TestRouteTable::anIdIsThereOnce()
{
    RouteTable table;
    table.setRoutes({route("a"), route("b"), route("a", "builtin/guide-brief")});
    QCOMPARE(table.routes(), (std::vector<Route> {route("a"), route("b")}));
}

void TestRouteTable::movingKeepsEveryRoute()
{
    RouteTable table;
    table.setRoutes({route("a"), route("b"), route("c")});
    const auto names = [&table] {
        QStringList list;
        for (const Route &route : table.routes())
            list.append(route.name);
        return list.join(QString());
    };
    table.move(0, 2);
    QCOMPARE(names(), QStringLiteral("bca"));
    table.move(2, 0);
    QCOMPARE(names(), QStringLiteral("abc"));
    table.move(0, 7);
    QCOMPARE(names(), QStringLiteral("abc"));
}

void TestRouteTable::faultsAreNamed()
{
    QVERIFY(faultOf(route("a")).isEmpty());
    QVERIFY(faultOf(route(" ")).contains(u"no name"));
    Route nowhere = route("a");
    nowhere.targets.front().weight = 0;
    QVERIFY(faultOf(nowhere).contains(u"nowhere"));
    nowhere.tape = TapeMode::Replay;
    QVERIFY(faultOf(nowhere).isEmpty());
}

void TestRouteTable::theShadowLogForgetsTheOldest()
{
    ShadowLog log;
    for (std::size_t i = 0; i < ShadowLog::most + 1; ++i)
        (void)log.add({});
    QCOMPARE(log.pairs().size(), ShadowLog::most);
    QVERIFY(!log.find(1));
    QSignalSpy changed(&log, &ShadowLog::changed);
    log.update(1, [](ShadowPair &) { QFAIL("it is gone"); });
    log.update(2, [](ShadowPair &pair) { pair.shadow.isFinished = true; });
    QCOMPARE(changed.count(), 1);
    QVERIFY(log.find(2)->shadow.isFinished);
}

void TestRouteTable::theShadowLogIsBoundedByBytes()
{
    const auto withData = [](qint64 bytes) {
        Message message {.role = Role::User};
        message.content.emplace_back(AudioPart {.data = QByteArray(bytes, 'x')});
        return message;
    };
    ShadowLog log;
    for (int i = 0; i < 3; ++i)
        (void)log.add({.request = {.messages = {withData(ShadowLog::mostBytes / 3)}}});
    QCOMPARE(log.pairs().size(), std::size_t(3));
    log.update(2, [](ShadowPair &pair) {
        pair.shadow.response.choices.push_back(
            {.message = Message::fromText(Role::Assistant, QStringLiteral("Hello"))});
    });
    QVERIFY(!log.find(1)); // what the answer adds is counted
    QVERIFY(log.find(2) && log.find(3));
    (void)log.add({.request = {.messages = {withData(ShadowLog::mostBytes * 2)}}});
    QCOMPARE(log.pairs().size(), std::size_t(1)); // the latest stays, whatever its size
    (void)log.add({});
    QVERIFY(!log.find(4));
    QVERIFY(log.find(5));
}

QTEST_GUILESS_MAIN(TestRouteTable)
#include "tst_routetable.moc"
