// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transferrate.h"

#include <QTest>

using namespace diptych;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TestTransferRate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsToldTooEarly();
    void onlyTheLastSecondsCount();
    void fewerBytesBeginAnew();
    void manySamplesCostLittle();
};

void TestTransferRate::nothingIsToldTooEarly()
{
    TransferRate rate;
    QVERIFY(!rate.bytesPerSecond());
    rate.add(0, milliseconds(0));
    rate.add(1'000, milliseconds(200));
    QVERIFY(!rate.bytesPerSecond());
    QVERIFY(!rate.timeFor(5));
    rate.add(3'000, milliseconds(1'000));
    QCOMPARE(rate.bytesPerSecond().value(), 3'000.0);
    QCOMPARE(rate.timeFor(4'500).value(), seconds(2));
}

void TestTransferRate::onlyTheLastSecondsCount()
{
    TransferRate rate;
    for (int second = 0; second <= 10; ++second)
        rate.add(second * 1'000'000, seconds(second));
    for (int second = 11; second <= 20; ++second)
        rate.add(10'000'000, seconds(second)); // it hangs
    QCOMPARE(rate.bytesPerSecond().value(), 0.0);
    QVERIFY(!rate.timeFor(1));
}

void TestTransferRate::fewerBytesBeginAnew()
{
    TransferRate rate;
    rate.add(9'000'000, seconds(1));
    rate.add(10'000'000, seconds(2));
    rate.add(0, seconds(3)); // the next part
    QVERIFY(!rate.bytesPerSecond());
    rate.add(500, seconds(4));
    QCOMPARE(rate.bytesPerSecond().value(), 500.0);
}

void TestTransferRate::manySamplesCostLittle()
{
    TransferRate rate;
    for (int i = 0; i <= 4'000; ++i)
        rate.add(i * 100, milliseconds(i));
    QCOMPARE(rate.bytesPerSecond().value(), 100'000.0);
}

QTEST_GUILESS_MAIN(TestTransferRate)
#include "tst_transferrate.moc"
