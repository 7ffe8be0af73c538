// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/jsonspans.h"

#include <QTest>

using namespace diptych;

class TestJsonSpans : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isNoJson_data();
    void isNoJson();
    void leavesHavePointersAndPlaces();
    void samePlacesHaveTheSamePath();
    void everyBeginningIsAccepted();
    void depthIsLimited();
    void isFoundInAnAnswer_data();
    void isFoundInAnAnswer();
    void valuesAreComparedByMeaning();
};

void TestJsonSpans::isNoJson_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"{a:1}", "[1 2]", "[,]", "{\"a\" 1}", "{\"a\":}", "[1]x", "[1]]", "[01]", "[1.]", "[+1]",
             "nul!", "[\"\\x\"]", "[\"\\u12g4\"]", "{\"a\":1,}", "[1,]", "]", "{1:2}", "[tru]"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("control in a string") << QStringLiteral("[\"a\nb\"]");
}

void TestJsonSpans::isNoJson()
{
    QFETCH(QString, text);
    QVERIFY(!jsonSpans(text));
}

void TestJsonSpans::leavesHavePointersAndPlaces()
{
    const QString text = QStringLiteral("{ \"a/b\": [1, {}, -2.5e3], \"m~\\u006e\": {\"\": null}, \"😀\": \"x\" }");
    const auto spans = jsonSpans(text);
    QVERIFY(spans && spans->isComplete);
    QStringList found;
    for (const JsonLeaf &leaf : spans->leaves)
        found.append(spans->pointer(leaf.step, text) + u'=' + text.mid(leaf.start, leaf.valueStart - leaf.start) + u'>'
            + text.mid(leaf.valueStart, leaf.end - leaf.valueStart));
    QCOMPARE(found.join(u' '),
        QString::fromUtf8("/a~1b/0=>1 /a~1b/1=>{} /a~1b/2=>-2.5e3 /m~0n/=\"\": >null /😀=\"😀\": >\"x\""));
    QCOMPARE(jsonSpans(u"7")->pointer(jsonSpans(u"7")->leaves.front().step, u"7"), QString());
    QVERIFY(jsonSpans(u"[]")->leaves.size() == 1);
}

void TestJsonSpans::samePlacesHaveTheSamePath()
{
    const auto first = jsonSpans(u"{\"a\": {\"b\": [1, 2]}, \"1\": 3}");
    const auto second = jsonSpans(u"{ \"1\":3,\"\\u0061\": {\"b\": [7, 8]}}");
    QCOMPARE(first->leaves[0].step.path, second->leaves[1].step.path);
    QCOMPARE(first->leaves[1].step.path, second->leaves[2].step.path);
    QCOMPARE(first->leaves[2].step.path, second->leaves[0].step.path);
    QVERIFY(first->leaves[0].step.path != first->leaves[1].step.path);
    QVERIFY(first->leaves[2].step.path != jsonSpans(u"[0, 3]")->leaves[1].step.path); // a name is no index
}

void TestJsonSpans::everyBeginningIsAccepted()
{
    const QString text = QStringLiteral("{\"a\": [true, false, null, -1.5e+7, \"q\\u00e9\\n\"], \"b\": {\"c\": []}}");
    std::size_t before = 0;
    for (qsizetype size = 0; size <= text.size(); ++size) {
        const auto spans = jsonSpans(QStringView(text).left(size));
        QVERIFY2(spans, qPrintable(text.left(size)));
        QCOMPARE(spans->isComplete, size == text.size());
        QVERIFY(spans->leaves.size() >= before);
        before = spans->leaves.size();
    }
    QCOMPARE(before, std::size_t(6));
}

void TestJsonSpans::depthIsLimited()
{
    QVERIFY(jsonSpans(QString(150, u'[')));
    QVERIFY(!jsonSpans(QString(100'000, u'[')));
}

void TestJsonSpans::isFoundInAnAnswer_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("json");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("prose") << QStringLiteral("Here: {}") << QString();
    QTest::newRow("bare") << QStringLiteral(" \n{\"a\": 1}\n") << QStringLiteral("{\"a\": 1}");
    QTest::newRow("fenced") << QStringLiteral("```json\n[1]\n```\n") << QStringLiteral("[1]");
    QTest::newRow("the fence is open") << QStringLiteral("```json\n[1,") << QStringLiteral("[1,");
    QTest::newRow("a fence of something else") << QStringLiteral("```py\nx\n```") << QString();
    QTest::newRow("only the fence") << QStringLiteral("```json") << QString();
}

void TestJsonSpans::isFoundInAnAnswer()
{
    QFETCH(QString, answer);
    QFETCH(QString, json);
    const auto place = jsonPlace(answer);
    QCOMPARE(place ? answer.mid(place->start, place->length) : QString(), json);
}

void TestJsonSpans::valuesAreComparedByMeaning()
{
    QVERIFY(sameJsonValue(u"1", u"1.0"));
    QVERIFY(sameJsonValue(u"\"\\u0061\"", u"\"a\""));
    QVERIFY(!sameJsonValue(u"1", u"\"1\""));
    QVERIFY(!sameJsonValue(u"{}", u"[]"));
    QVERIFY(!sameJsonValue(u"null", u"false"));
}

QTEST_APPLESS_MAIN(TestJsonSpans)
#include "tst_jsonspans.moc"
