// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminaloutput.h"

#include <QTest>

using namespace diptych;

class TestTerminalOutput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spellsOutControls_data();
    void spellsOutControls();
    void whatSomebodySentStaysOnItsLine();
    void terminalGetsNoEscapes();
    void fileGetsWhatWasWritten();
    void halvesOfACharacterComeTogether();
    void saysWhenNobodyReads();
};

namespace {

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

QByteArray contents(const File &file)
{
    std::rewind(file.get());
    QByteArray bytes(256, '\0');
    bytes.resize(static_cast<qsizetype>(std::fread(bytes.data(), 1, 256, file.get())));
    return bytes;
}

} // namespace

void TestTerminalOutput::spellsOutControls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain text stays") << QStringLiteral("naïve 日本語\n\tx") << QStringLiteral("naïve 日本語\n\tx");
    QTest::newRow("escape sequence") << QStringLiteral("\x1b[2J") << QStringLiteral("\\u001b[2J");
    QTest::newRow("title") << QStringLiteral("\x1b]0;x\x07") << QStringLiteral("\\u001b]0;x\\u0007");
    QTest::newRow("backspace") << QStringLiteral("rm\b\bls") << QStringLiteral("rm\\u0008\\u0008ls");
    QTest::newRow("delete") << QStringLiteral("a\x7f") << QStringLiteral("a\\u007f");
    QTest::newRow("one-character CSI") << QStringLiteral("\u009b31m") << QStringLiteral("\\u009b31m");
    QTest::newRow("null") << QString(QChar(u'\0')) << QStringLiteral("\\u0000");
    QTest::newRow("right-to-left override") << QStringLiteral("a\u202eb") << QStringLiteral("a\\u202eb");
    QTest::newRow("carriage return") << QStringLiteral("good\rbad\r\n") << QStringLiteral("goodbad\n");
}

void TestTerminalOutput::spellsOutControls()
{
    QFETCH(const QString, text);
    QTEST(withoutControls(text), "expected");
}

void TestTerminalOutput::whatSomebodySentStaysOnItsLine()
{
    QCOMPARE(onOneLine(QStringLiteral("a\nb\tc\r\x1b[2J\u2028日本")),
        QStringLiteral("a\\u000ab\\u0009c\\u001b[2J\\u2028日本"));
}

void TestTerminalOutput::terminalGetsNoEscapes()
{
    const File file(std::tmpfile());
    TerminalOutput(file.get(), true).write(QStringLiteral("\x1b[31mred"));
    QCOMPARE(contents(file), QByteArray("\\u001b[31mred"));
}

void TestTerminalOutput::fileGetsWhatWasWritten()
{
    const File file(std::tmpfile());
    TerminalOutput(file.get(), false).writeLine(QStringLiteral("\x1b[31mred"));
    QCOMPARE(contents(file), QByteArray("\x1b[31mred\n"));
}

void TestTerminalOutput::halvesOfACharacterComeTogether()
{
    const File file(std::tmpfile());
    TerminalOutput output(file.get(), false);
    output.write(QString(QChar(0xd83d)));
    output.write(QString(QChar(0xde00)));
    QCOMPARE(contents(file), QByteArray("\xf0\x9f\x98\x80"));
}

void TestTerminalOutput::saysWhenNobodyReads()
{
    const File file(std::fopen("/dev/full", "w"));
    QVERIFY(file);
    TerminalOutput output(file.get());
    QVERIFY(!output.hasFailed());
    output.write(QStringLiteral("x"));
    QVERIFY(output.hasFailed());
}

QTEST_GUILESS_MAIN(TestTerminalOutput)
#include "tst_terminaloutput.moc"
