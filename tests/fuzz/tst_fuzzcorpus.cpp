// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztarget.h"

#include <QDir>
#include <QTest>

using namespace diptych;

/// The smallest inputs that ever broke something, and one of each kind, run without a fuzzer.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survives_data();
    void survives();
};

void TestFuzzCorpus::survives_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("path");
    for (const fuzz::Target &target : fuzz::targets()) {
        const QDir folder(QStringLiteral(CORPUS "/") + QString::fromLatin1(target.name));
        const QStringList names = folder.entryList(QDir::Files, QDir::Name);
        QVERIFY2(!names.isEmpty(), target.name);
        for (const QString &name : names)
            QTest::addRow("%s %s", target.name, qPrintable(name)) << QByteArray(target.name) << folder.filePath(name);
    }
}

void TestFuzzCorpus::survives()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray input = file.readAll();
    // The targets assert what has to hold; getting here is the test.
    fuzz::findTarget(target)->run(input);
    QVERIFY(file.atEnd());
}

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzzcorpus.moc"
