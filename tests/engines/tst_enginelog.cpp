// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/enginelog.h"

#include <QTest>

using namespace diptych;

class TestEngineLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesAreTheSameHoweverTheBytesAreCut();
    void nothingIsDrawnIntoTheView();
    void memoryIsBounded();
    void aLineWithoutEndIsBroken();
};

void TestEngineLog::linesAreTheSameHoweverTheBytesAreCut()
{
    const QByteArray bytes = "one\r\ntwo \xC3\xBC\n\nlast";
    const QStringList expected {QStringLiteral("one"), QStringLiteral("two ü"), QString(), QStringLiteral("last")};
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        EngineLog log;
        QStringList lines = log.append(bytes.left(cut));
        lines += log.append(bytes.mid(cut));
        QCOMPARE(lines.size(), 3);
        lines += log.flush();
        QCOMPARE(lines, expected);
        QVERIFY(log.flush().isEmpty());
    }
}

void TestEngineLog::nothingIsDrawnIntoTheView()
{
    EngineLog log;
    QCOMPARE(log.append("\x1b[31mred\x1b[0m\a \x1b]0;title\x07tab\there\x1b\n"),
        QStringList {QStringLiteral("red tab    here")});
}

void TestEngineLog::memoryIsBounded()
{
    EngineLog log;
    for (int i = 0; i < 3 * EngineLog::maxLines; ++i)
        QCOMPARE(log.append("line " + QByteArray::number(i) + '\n').size(), 1);
    QCOMPARE(int(log.lines().size()), EngineLog::maxLines);
    QCOMPARE(log.tail(2), (QStringList {QStringLiteral("line 2998"), QStringLiteral("line 2999")}));
    QCOMPARE(int(log.tail(5'000).size()), EngineLog::maxLines);
}

void TestEngineLog::aLineWithoutEndIsBroken()
{
    EngineLog log;
    const QStringList lines = log.append(QByteArray(2 * EngineLog::maxLineLength + 1, 'x'));
    QCOMPARE(lines.size(), 2);
    QCOMPARE(int(lines.front().size()), EngineLog::maxLineLength);
    QCOMPARE(log.flush(), QStringList {QStringLiteral("x")});
}

QTEST_GUILESS_MAIN(TestEngineLog)
#include "tst_enginelog.moc"
