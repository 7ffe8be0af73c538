// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/babbler.h"
#include "builtin/builtindata.h"
#include "builtin/builtinprovider.h"
#include "builtin/wordmap/wordmap.h"

#include <QFile>
#include <QTest>

#include <ctime>
#include <unistd.h>

using namespace diptych;

namespace {

/// What of this process is in memory, in bytes.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

double milliseconds(std::clock_t ticks)
{
    return 1000.0 * static_cast<double>(ticks) / CLOCKS_PER_SEC;
}

} // namespace

class TestBuiltinData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void modelsThatAreNotAskedCostNothing();
    void theFirstAnswerComesAtOnce_data();
    void theFirstAnswerComesAtOnce();
    void theDataIsReadInPlace_data();
    void theDataIsReadInPlace();
};

/// The first of all, while nothing has been touched.
void TestBuiltinData::modelsThatAreNotAskedCostNothing()
{
    const qint64 before = residentBytes();
    QVERIFY(before > 0);
    BuiltinProvider provider;
    const auto models = provider.listModels();
    QTRY_VERIFY(models->isFinished());
    QVERIFY(models->response().size() >= 5);
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < 2'000'000, qPrintable(QString::number(grown)));
}

void TestBuiltinData::theFirstAnswerComesAtOnce_data()
{
    QTest::addColumn<bool>("completes");
    QTest::newRow("wordmap") << false;
    QTest::newRow("babbler") << true;
}

/// Processor time, so that a busy machine does not count.
void TestBuiltinData::theFirstAnswerComesAtOnce()
{
    QFETCH(bool, completes);
    const std::clock_t start = std::clock();
    if (completes) {
        const Babbler babbler;
        auto answer = babbler.complete({.prompt = QStringLiteral("A dog is a member of the")});
        QVERIFY(answer);
        QVERIFY(answer->next());
    } else {
        const WordMap wordMap;
        QVERIFY(wordMap.embed({.input = {QStringLiteral("A dog is a domestik animal.")}}, [] { return false; }));
    }
    const double taken = milliseconds(std::clock() - start);
    qInfo("%.1f ms", taken);
    QVERIFY2(taken < 50, qPrintable(QString::number(taken)));
}

void TestBuiltinData::theDataIsReadInPlace_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("wordmap") << QStringLiteral("wordmap.bin");
    QTest::newRow("babbler") << QStringLiteral("babbler.bin");
}

void TestBuiltinData::theDataIsReadInPlace()
{
    QFETCH(QString, name);
    const QByteArray data = builtinData(name);
    QVERIFY(!data.isEmpty());
    QCOMPARE(builtinData(name).constData(), data.constData());
    QCOMPARE(reinterpret_cast<quintptr>(data.constData()) % 4, quintptr(0));
}

QTEST_GUILESS_MAIN(TestBuiltinData)
#include "tst_builtindata.moc"
