// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formatting.h"
#include "models/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace diptych;

class TestJsonText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pretty_data();
    void pretty();
    void brokenComesBackUnchanged_data();
    void brokenComesBackUnchanged();
    void quotedReadsBack_data();
    void quotedReadsBack();
    void durations_data();
    void durations();
    void tokensAreVisible();
    void longLinesAreShortened();
};

void TestJsonText::pretty_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("order and digits stay") << QByteArray(R"({"z":1.50,"a":12345678901234567890})")
                                           << QStringLiteral("{\n    \"z\": 1.50,\n    \"a\": 12345678901234567890\n}");
    QTest::newRow("empty ones") << QByteArray(R"({"a":{},"b":[ ]})")
                                << QStringLiteral("{\n    \"a\": {},\n    \"b\": []\n}");
    QTest::newRow("nested") << QByteArray("[[1],{}]") << QStringLiteral("[\n    [\n        1\n    ],\n    {}\n]");
    QTest::newRow("brackets in text") << QByteArray(R"(["{[\"]}:,"])") << QStringLiteral("[\n    \"{[\\\"]}:,\"\n]");
    QTest::newRow("escapes decoded") << QByteArray(R"(["\u00e4\/\ud83d\ude00\u0007"])")
                                     << QStringLiteral("[\n    \"ä/😀\\u0007\"\n]");
}

void TestJsonText::pretty()
{
    QFETCH(QByteArray, json);
    QTEST(prettyJson(json), "expected");
    QCOMPARE(QJsonDocument::fromJson(prettyJson(json).toUtf8()), QJsonDocument::fromJson(json));
}

void TestJsonText::brokenComesBackUnchanged_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<html>\"</html>");
    QTest::newRow("cut") << QByteArray(R"({"a":"\)");
    QTest::newRow("too deep") << QByteArray(5000, '[');
}

void TestJsonText::brokenComesBackUnchanged()
{
    QFETCH(QByteArray, json);
    QVERIFY(!jsonTokens(json));
    QCOMPARE(prettyJson(json), QString::fromUtf8(json));
}

void TestJsonText::quotedReadsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("control") << QStringLiteral("\b\f\n\r\t\u0001\u007f\u2028");
    QTest::newRow("quotes") << QStringLiteral("\"\\\\\"'");
    QTest::newRow("emoji") << QStringLiteral("😀");
}

void TestJsonText::quotedReadsBack()
{
    QFETCH(QString, text);
    const QString array = u'[' + jsonQuoted(text) + u']';
    QCOMPARE(QJsonDocument::fromJson(array.toUtf8()).array().at(0).toString(), text);
}

void TestJsonText::durations_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0.0 ms");
    QTest::newRow("short") << qint64(412) << QStringLiteral("0.4 ms");
    QTest::newRow("ms") << qint64(18'300) << QStringLiteral("18 ms");
    QTest::newRow("s") << qint64(1'254'000) << QStringLiteral("1.25 s");
    QTest::newRow("min") << qint64(125'000'000) << QStringLiteral("2 min 5 s");
}

void TestJsonText::durations()
{
    QFETCH(qint64, microseconds);
    QTEST(formatDuration(std::chrono::microseconds(microseconds)), "expected");
}

void TestJsonText::tokensAreVisible()
{
    QCOMPARE(visibleToken(QStringLiteral(" a\n\t\u0007")), QStringLiteral("·a⏎⇥\\u0007"));
    QCOMPARE(formatBytes(999), QStringLiteral("999 B"));
    QCOMPARE(formatBytes(4200), QStringLiteral("4.2 KB"));
}

void TestJsonText::longLinesAreShortened()
{
    const QString many = QStringLiteral("short line\n").repeated(1000);
    QCOMPARE(shortenedLines(many), many);
    const QString image = u"a\n\"" + QString(1'000'000, u'x') + u"\"\nb";
    const QString shown = shortenedLines(image);
    QVERIFY(shown.size() < 1100);
    QVERIFY(shown.startsWith(QStringLiteral("a\n\"xxx")));
    QVERIFY(shown.endsWith(QStringLiteral("xxx\"\nb")));
    QVERIFY(shown.contains(QStringLiteral("999002 characters more")));
}

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
