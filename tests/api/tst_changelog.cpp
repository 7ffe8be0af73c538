// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/changelog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace diptych;

class TestChangeLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bodyKeepsTheOrderOfWriting();
    void writtenTextStandsForAValue();
    void everyFieldOfTheBodyHasALine();
    void droppedFieldsStayOutOfTheBody();
    void headersAreLoggedButNotInTheBody();
    void valuesKeepTheirExactText_data();
    void valuesKeepTheirExactText();
};

void TestChangeLog::bodyKeepsTheOrderOfWriting()
{
    BodyEncoder encoder;
    encoder.sent(QStringLiteral("model"), QStringLiteral("m"));
    encoder.sent(QStringLiteral("stream"), true);
    encoder.sent(QStringLiteral("a"), 1);
    QCOMPARE(encoder.body(), QByteArray(R"({"model":"m","stream":true,"a":1})"));
    QCOMPARE(BodyEncoder().body(), QByteArray("{}"));
}

void TestChangeLog::writtenTextStandsForAValue()
{
    const QString field = QStringLiteral("messages");
    JsonArrayBuilder array;
    array.append(QStringLiteral("a"));
    BodyEncoder encoder;
    encoder.sent(field, array);
    encoder.converted(field, QStringLiteral("turns"), JsonArrayBuilder(), QStringLiteral("their name here"));
    encoder.sent(QStringLiteral("x"), 1);
    QCOMPARE(encoder.body(), QByteArray(R"({"messages":["a"],"turns":[],"x":1})"));
    QCOMPARE(encoder.changes()[0], (Change {Change::Kind::Sent, field, field, {}}));
    QCOMPARE(encoder.changes()[1],
        (Change {Change::Kind::Converted, field, QStringLiteral("turns"), QStringLiteral("their name here")}));
    QVERIFY(encoder.contains(field));
    QVERIFY(!encoder.contains(QStringLiteral("messages.a")));
    QCOMPARE(encoder.extra(field, QJsonObject {{QStringLiteral("a"), 1}}, {}), field);
}

void TestChangeLog::everyFieldOfTheBodyHasALine()
{
    BodyEncoder encoder;
    encoder.sent(QStringLiteral("temperature"), 0.5);
    encoder.renamed(QStringLiteral("seed"), QStringLiteral("random_seed"), 7, QStringLiteral("its name here"));
    encoder.converted(
        QStringLiteral("stop"), QStringLiteral("stop"), QJsonArray {QStringLiteral("x")}, QStringLiteral("a list"));
    encoder.added(QStringLiteral("stream_options"), QJsonObject {}, QStringLiteral("asks for usage"));
    const QJsonObject body = QJsonDocument::fromJson(encoder.body()).object();
    QCOMPARE(static_cast<std::size_t>(body.size()), encoder.changes().size());
    for (const Change &change : encoder.changes())
        QVERIFY2(body.contains(change.wire), qPrintable(change.wire));
    QCOMPARE(encoder.changes()[1],
        (Change {Change::Kind::Renamed, QStringLiteral("seed"), QStringLiteral("random_seed"),
            QStringLiteral("its name here")}));
}

void TestChangeLog::droppedFieldsStayOutOfTheBody()
{
    BodyEncoder encoder;
    encoder.dropped(QStringLiteral("input_type"), QStringLiteral("has no name here"));
    QCOMPARE(encoder.body(), QByteArray("{}"));
    QCOMPARE(encoder.changes().front().kind, Change::Kind::Dropped);
    QCOMPARE(changeKindName(Change::Kind::Dropped), QStringLiteral("dropped"));
}

void TestChangeLog::headersAreLoggedButNotInTheBody()
{
    BodyEncoder encoder;
    encoder.addedHeader("extra-parameters", "pass-through", QStringLiteral("there are extras"));
    QCOMPARE(encoder.body(), QByteArray("{}"));
    QCOMPARE(encoder.headers().front().second, QByteArray("pass-through"));
    QCOMPARE(encoder.changes().front().wire, QStringLiteral("header extra-parameters"));
}

void TestChangeLog::valuesKeepTheirExactText_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("large integer") << QJsonValue(qint64(9007199254740993)) << QByteArray("9007199254740993");
    QTest::newRow("decimal") << QJsonValue(0.7) << QByteArray("0.7");
    QTest::newRow("text with quotes") << QJsonValue(QStringLiteral("a\"b\\c\n")) << QByteArray(R"("a\"b\\c\n")");
    QTest::newRow("null") << QJsonValue() << QByteArray("null");
    QTest::newRow("nested") << QJsonValue(QJsonArray {QJsonObject {{QStringLiteral("k"), true}}})
                            << QByteArray(R"([{"k":true}])");
}

void TestChangeLog::valuesKeepTheirExactText()
{
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, text);
    BodyEncoder encoder;
    encoder.sent(QStringLiteral("v"), value);
    QCOMPARE(encoder.body(), QByteArray("{\"v\":" + text + "}"));
}

QTEST_GUILESS_MAIN(TestChangeLog)
#include "tst_changelog.moc"
