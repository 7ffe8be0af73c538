// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonbuilder.h"
#include "core/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <limits>

using namespace diptych;

namespace {

QByteArray written(const QJsonValue &value)
{
    QByteArray json;
    appendJson(json, value);
    return json;
}

/// What Qt writes for a value; only arrays and objects stand alone there.
QByteArray expected(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

QString randomText(QRandomGenerator &random)
{
    QString text;
    for (int left = random.bounded(12); left > 0; --left) {
        const int range = random.bounded(5);
        const int limit = range == 0 ? 0x20 : range == 1 ? 0x80 : range == 2 ? 0x800 : 0x10000;
        text += range == 4 ? QChar(0xD800 + random.bounded(0x800)) : QChar(random.bounded(limit));
    }
    return text;
}

double randomNumber(QRandomGenerator &random)
{
    const double number = std::ldexp(random.generateDouble() - 0.5, random.bounded(-1000, 1000));
    return random.bounded(2) == 0 ? number : std::floor(std::ldexp(random.generateDouble(), random.bounded(80)));
}

QJsonValue randomValue(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 0 ? 7 : 5)) {
    case 0:
        return QJsonValue::Null;
    case 1:
        return random.bounded(2) == 0;
    case 2:
        return randomNumber(random);
    case 3:
        return static_cast<qint64>(random.generate64());
    case 4:
        return randomText(random);
    case 5: {
        QJsonArray array;
        for (int left = random.bounded(5); left > 0; --left)
            array.append(randomValue(random, depth - 1));
        return array;
    }
    default: {
        QJsonObject object;
        for (int left = random.bounded(5); left > 0; --left)
            object.insert(randomText(random), randomValue(random, depth - 1));
        return object;
    }
    }
}

} // namespace

class TestJsonWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesWhatQtWrites_data();
    void writesWhatQtWrites();
    void everyUnitIsWrittenAsQtDoes();
    void randomValuesAreWrittenAsQtDoes();
    void pairsAcrossBlocksStayWhole();
    void loneSurrogatesCanBeReplaced();
    void builtArrays();
    void builtObjectsAreSorted();
    void aLaterValueWins();
};

void TestJsonWriter::writesWhatQtWrites_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("undefined") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("true") << QJsonValue(true);
    QTest::newRow("empty text") << QJsonValue(QString());
    QTest::newRow("empty array") << QJsonValue(QJsonArray());
    QTest::newRow("empty object") << QJsonValue(QJsonObject());
    QTest::newRow("empty name") << QJsonValue(QJsonObject {{QString(), 1}});
    QTest::newRow("0.1") << QJsonValue(0.1);
    QTest::newRow("-0") << QJsonValue(-0.0);
    QTest::newRow("1e300") << QJsonValue(1e300);
    QTest::newRow("largest integer") << QJsonValue(std::numeric_limits<qint64>::max());
    QTest::newRow("smallest integer") << QJsonValue(std::numeric_limits<qint64>::min());
    QTest::newRow("beyond exact doubles") << QJsonValue(qint64(9007199254740993));
    QTest::newRow("infinite") << QJsonValue(std::numeric_limits<double>::infinity());
    QTest::newRow("not a number") << QJsonValue(std::numeric_limits<double>::quiet_NaN());
    QTest::newRow("lone surrogates") << QJsonValue(QString(QChar(0xDC00)) + QChar(0xD800) + QChar(u'a'));
    QTest::newRow("pair") << QJsonValue(QStringLiteral("\U0001F600"));
}

void TestJsonWriter::writesWhatQtWrites()
{
    QFETCH(const QJsonValue, value);
    QCOMPARE(written(value), expected(value));
}

void TestJsonWriter::everyUnitIsWrittenAsQtDoes()
{
    for (int unit = 0; unit < 0x10000; ++unit) {
        const QJsonValue text = QString(QChar(unit));
        if (written(text) != expected(text))
            QFAIL(qPrintable(QStringLiteral("U+%1").arg(unit, 4, 16)));
    }
}

void TestJsonWriter::randomValuesAreWrittenAsQtDoes()
{
    QRandomGenerator random(20);
    for (int i = 0; i < 20'000; ++i) {
        const QJsonValue value = randomValue(random, 3);
        if (written(value) != expected(value))
            QCOMPARE(written(value), expected(value));
    }
}

void TestJsonWriter::pairsAcrossBlocksStayWhole()
{
    for (int before = 500; before < 520; ++before) {
        QString text = QString(before, u'x') + QStringLiteral("\U0001F600");
        QCOMPARE(written(text), expected(text));
        text.chop(1); // ends with half of a pair
        QCOMPARE(written(text), expected(text));
        text = QString(before, u'\n').repeated(3);
        QCOMPARE(written(text), expected(text));
    }
}

void TestJsonWriter::loneSurrogatesCanBeReplaced()
{
    const QString text = QChar(0xD800) + QStringLiteral("\U0001F600") + QChar(0xDC00);
    QByteArray json;
    appendJsonText(json, text, LoneSurrogate::Replaced);
    QCOMPARE(json, QByteArray("\"\xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBD\""));
}

void TestJsonWriter::builtArrays()
{
    JsonArrayBuilder array;
    QCOMPARE(array.json(), QByteArray("[]"));
    QVERIFY(array.isEmpty());
    array.append(QString(QChar(0xD800)));
    array.append(JsonObjectBuilder());
    array.append(QJsonArray {1, true});
    QVERIFY(!array.isEmpty());
    QCOMPARE(array.json(), QByteArray("[\"\xEF\xBF\xBD\",{},[1,true]]"));
}

void TestJsonWriter::builtObjectsAreSorted()
{
    JsonArrayBuilder array;
    array.append(QStringLiteral("x"));
    JsonObjectBuilder inner;
    inner.insert(QLatin1String("k"), 1.5);
    JsonObjectBuilder object;
    object.insert(QLatin1String("b"), QStringLiteral("\"\n"));
    object.insert(QLatin1String("c"), array);
    object.insert(QLatin1String("a"), inner);
    object.insert(QLatin1String("B"), QJsonValue::Null);
    const QJsonObject same {{QStringLiteral("b"), QStringLiteral("\"\n")},
        {QStringLiteral("c"), QJsonArray {QStringLiteral("x")}},
        {QStringLiteral("a"), QJsonObject {{QStringLiteral("k"), 1.5}}}, {QStringLiteral("B"), QJsonValue::Null}};
    QCOMPARE(object.json(), expected(same));
    QVERIFY(object.contains(QLatin1String("a")));
    QVERIFY(!object.contains(QLatin1String("k")));
}

void TestJsonWriter::aLaterValueWins()
{
    JsonObjectBuilder object;
    QVERIFY(object.isEmpty());
    QCOMPARE(object.json(), QByteArray("{}"));
    object.insert(QLatin1String("a"), QStringLiteral("long before"));
    object.insert(QLatin1String("b"), 2);
    object.insert(QLatin1String("a"), 1);
    QCOMPARE(object.json(), QByteArray(R"({"a":1,"b":2})"));
}

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
