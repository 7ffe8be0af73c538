// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/base64floats.h"

#include <QByteArray>
#include <QTest>

#include <cstring>

using namespace diptych;

class TestBase64Floats : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameAsQt();
    void refused_data();
    void refused();
};

void TestBase64Floats::sameAsQt()
{
    QByteArray bytes;
    for (int count = 0; count < 20; ++count) {
        for (const bool isPadded : {true, false}) {
            const QByteArray text =
                bytes.toBase64(isPadded ? QByteArray::KeepTrailingEquals : QByteArray::OmitTrailingEquals);
            std::vector<float> values {7};
            QVERIFY(appendBase64Floats({text.constData(), static_cast<std::size_t>(text.size())}, values));
            QCOMPARE(values.size(), static_cast<std::size_t>(count) + 1);
            QVERIFY(std::memcmp(values.data() + 1, bytes.constData(), static_cast<std::size_t>(bytes.size())) == 0);
        }
        // 0x3F…: a positive number near one, every byte different.
        bytes += QByteArray::fromHex("fbef") + char(count * 12) + '\x3f';
    }
}

void TestBase64Floats::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"A", "AA", "AAA=", "AAAA", "AAAAAA$=", "AAAA AA=", "AAAAAAA",
             "AA\xC3\xA4"
             "AA=",
             "AAAAA==="})
        QTest::newRow(text) << QByteArray(text);
}

void TestBase64Floats::refused()
{
    QFETCH(const QByteArray, text);
    std::vector<float> values {7};
    QVERIFY(!appendBase64Floats({text.constData(), static_cast<std::size_t>(text.size())}, values));
    QCOMPARE(values.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestBase64Floats)
#include "tst_base64floats.moc"
