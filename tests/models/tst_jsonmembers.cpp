// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonmembers.h"

#include <QJsonArray>
#include <QTest>

using namespace diptych;

class TestJsonMembers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void brokenTextIsReadAsFarAsItGoes_data();
    void brokenTextIsReadAsFarAsItGoes();
    void membersHaveTheirPlaces();
    void places_data();
    void places();
    void positions();
};

void TestJsonMembers::brokenTextIsReadAsFarAsItGoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QStringList>("types");
    const auto row = [](const char *text, const QStringList &keys, const QString &types) {
        QTest::newRow(text) << QString::fromUtf8(text) << keys << types.split(u' ', Qt::SkipEmptyParts);
    };
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    row("", {}, {});
    row("[1]", {}, {});
    row("]}", {}, {});
    row("{", {}, {});
    row("{\"a", {a}, QStringLiteral("none"));
    row("{\"a\"", {a}, QStringLiteral("none"));
    row("{\"a\":", {a}, QStringLiteral("none"));
    row("{\"a\": 1", {a}, QStringLiteral("number"));
    row("{\"a\": tru", {a}, QStringLiteral("none"));
    row("{\"a\": [1, \"b\": 2", {a}, QStringLiteral("none"));
    row("{\"a\": \"x\n\"b\": 2}", {a}, QStringLiteral("none"));
    row("{\"a\": x, \"b\": {\"c\": 1}}", {a, b}, QStringLiteral("none object"));
    row("{\"a\": 1, \"a\": \"}\\\"\"}", {a, a}, QStringLiteral("number text"));
}

void TestJsonMembers::brokenTextIsReadAsFarAsItGoes()
{
    QFETCH(QString, text);
    QStringList keys;
    QStringList types;
    for (const JsonMember &member : jsonMembers(text)) {
        keys.append(member.key);
        types.append(member.value.isUndefined() ? QStringLiteral("none")
                : member.value.isDouble()       ? QStringLiteral("number")
                : member.value.isString()       ? QStringLiteral("text")
                                                : QStringLiteral("object"));
    }
    QTEST(keys, "keys");
    QTEST(types, "types");
}

void TestJsonMembers::membersHaveTheirPlaces()
{
    const QString text = QStringLiteral("{ \"a\" : [1, 2] ,\"ä\\n\":\"x\"}");
    const std::vector<JsonMember> members = jsonMembers(text);
    QCOMPARE(members.size(), std::size_t(2));
    QCOMPARE(text.mid(members[0].keyStart, members[0].keyEnd - members[0].keyStart), QStringLiteral("\"a\""));
    QCOMPARE(text.mid(members[0].valueStart, members[0].valueEnd - members[0].valueStart), QStringLiteral("[1, 2]"));
    QCOMPARE(members[0].value, QJsonValue(QJsonArray {1, 2}));
    QCOMPARE(members[1].key, QStringLiteral("ä\n"));
    QCOMPARE(members[1].value, QJsonValue(QStringLiteral("x")));
}

void TestJsonMembers::places_data()
{
    QTest::addColumn<QString>("text"); // | is the caret
    QTest::addColumn<JsonPlace::Kind>("kind");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("depth");
    using Kind = JsonPlace::Kind;
    const auto row = [](const char *text, Kind kind, int depth, const char *key = "", const char *typed = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << kind << QString::fromUtf8(key) << QString::fromUtf8(typed)
                            << depth;
    };
    row(" | ", Kind::Empty, 0);
    row("|{}", Kind::None, 0);
    row("{}|", Kind::None, 0);
    row("{|}", Kind::Key, 1);
    row("{to|}", Kind::Key, 1, "", "to");
    row("{\"to|p_k\": 1}", Kind::Key, 1, "", "to");
    row("{\"top_k\"|: 1}", Kind::None, 1);
    row("{\"a\": |}", Kind::Value, 1, "a");
    row("{\"a\": t|}", Kind::Value, 1, "a", "t");
    row("{\"a\": \"lo|\"}", Kind::Value, 1, "a", "lo");
    row("{\"a\": \"low\"|}", Kind::None, 1);
    row("{\"a\": 1 |}", Kind::None, 1);
    row("{\"a\": 1, |}", Kind::Key, 1);
    row("{\"a\": {|}}", Kind::Key, 2);
    row("{\"a\": [|]}", Kind::Value, 2);
    row("{\"a\": [1], \"b|", Kind::Key, 1, "", "b");
}

void TestJsonMembers::places()
{
    QFETCH(QString, text);
    const qsizetype caret = text.indexOf(u'|');
    const JsonPlace place = jsonPlaceAt(text.remove(u'|'), caret);
    QTEST(place.kind, "kind");
    QTEST(place.key, "key");
    QTEST(place.typed, "typed");
    if (place.kind == JsonPlace::Kind::Key || place.kind == JsonPlace::Kind::Value)
        QTEST(place.depth, "depth");
    QVERIFY(place.start <= caret && caret <= place.end);
}

void TestJsonMembers::positions()
{
    const QString text = QStringLiteral("ab\n\nc");
    QCOMPARE(textPosition(text, 0), (TextPosition {.line = 1, .column = 1}));
    QCOMPARE(textPosition(text, 2), (TextPosition {.line = 1, .column = 3}));
    QCOMPARE(textPosition(text, 4), (TextPosition {.line = 3, .column = 1}));
    QCOMPARE(textPosition(text, 99), (TextPosition {.line = 3, .column = 2}));
}

QTEST_GUILESS_MAIN(TestJsonMembers)
#include "tst_jsonmembers.moc"
