// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentdump.h"
#include "markdownsamples.h"

#include "transcript/inerttext.h"
#include "transcript/markdownstream.h"

#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>

using namespace diptych;

namespace {

/// A document that is written into by a stream.
struct Written {
    Written()
        : formats(QPalette(Qt::black, Qt::white), QFont(QStringLiteral("DejaVu Sans"), 10))
        , builder(QTextCursor(&document), formats)
        , stream(builder)
    {
        document.setUndoRedoEnabled(false);
    }
    void write(QStringView part)
    {
        QTextCursor edit(&document);
        edit.beginEditBlock();
        stream.append(part);
        stream.showOpen();
        edit.endEditBlock();
    }
    [[nodiscard]] QString dump() const { return documentDump(document); }

    TranscriptFormats formats;
    QTextDocument document {};
    MarkdownBuilder builder;
    MarkdownStream stream;
};

QString dumpAtOnce(const QString &text)
{
    Written written;
    written.stream.append(text);
    written.stream.finish();
    return written.dump();
}

} // namespace

class TestMarkdownStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutAnywhereIsTheSame_data() { addSamples(); }
    void cutAnywhereIsTheSame();
    void characterByCharacterIsTheSame_data() { addSamples(); }
    void characterByCharacterIsTheSame();
    void settlingOnTheWayChangesNothing_data() { addSamples(); }
    void settlingOnTheWayChangesNothing();
    void isTheSameAsTheWholeTextParsed_data() { addSamples(); }
    void isTheSameAsTheWholeTextParsed();
    void workPerCharacterIsBounded_data();
    void workPerCharacterIsBounded();
    void closedBlocksAreNotTouched();
    void longTableGoesOnWithoutItsHead();
    void numbersGoOn();
    void onlyWebLinksAreLinks();
    void nothingInvisibleRemains();
    void formulasAreText_data();
    void formulasAreText();
    void anOpenFormulaStaysAsItIsWritten();
    void definitionsMayComeLater();
    void textThatLooksLikeADefinitionIsShownOnce();

private:
    static void addSamples();
};

void TestMarkdownStream::addSamples()
{
    QTest::addColumn<QString>("text");
    for (const MarkdownSample &sample : markdownSamples())
        QTest::newRow(sample.name) << sample.text;
}

void TestMarkdownStream::cutAnywhereIsTheSame()
{
    QFETCH(QString, text);
    const QString expected = dumpAtOnce(text);
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        Written written;
        written.write(QStringView(text).left(cut));
        written.write(QStringView(text).mid(cut));
        written.stream.finish();
        QCOMPARE(written.dump(), expected);
    }
}

void TestMarkdownStream::characterByCharacterIsTheSame()
{
    QFETCH(QString, text);
    Written written;
    for (qsizetype i = 0; i < text.size(); ++i)
        written.write(QStringView(text).mid(i, 1));
    written.stream.finish();
    QCOMPARE(written.dump(), dumpAtOnce(text));
}

void TestMarkdownStream::settlingOnTheWayChangesNothing()
{
    QFETCH(QString, text);
    Written written;
    for (qsizetype i = 0; i < text.size(); i += 3) {
        written.write(QStringView(text).mid(i, 3));
        written.stream.settle();
    }
    written.stream.finish();
    QCOMPARE(written.dump(), dumpAtOnce(text));
}

void TestMarkdownStream::isTheSameAsTheWholeTextParsed()
{
    QFETCH(QString, text);
    Written whole;
    whole.builder.build(inertText(text), {});
    QCOMPARE(dumpAtOnce(text), whole.dump());
}

void TestMarkdownStream::workPerCharacterIsBounded_data()
{
    QTest::addColumn<QString>("text");
    constexpr qsizetype size = 200'000;
    QTest::newRow("mixed") << longMarkdown(size);
    QTest::newRow("one paragraph") << QStringLiteral("some *words* and `more` ").repeated(size / 24);
    QTest::newRow("lines without a blank one") << QStringLiteral("some *words* and `more`\n").repeated(size / 24);
    QTest::newRow("one list") << QStringLiteral("- an item with **bold** in it\n").repeated(size / 30);
    QTest::newRow("one table") << QString(u"|a|b|\n|-|-|\n" + QStringLiteral("| x | **y** |\n").repeated(60'000 / 14));
    QTest::newRow("one code block") << QString(u"```c\n" + QStringLiteral("int a = 1; // *x*\n").repeated(size / 18));
    QTest::newRow("one line of code") << QString(u"```\n" + QStringLiteral("x+").repeated(size / 2));
    QTest::newRow("one quote") << QStringLiteral("> quoted *text*\n").repeated(size / 16);
    QTest::newRow("one item") << QString(u"- a\n" + QStringLiteral("  - nested `b`\n").repeated(20'000 / 15));
}

void TestMarkdownStream::workPerCharacterIsBounded()
{
    QFETCH(QString, text);
    Written written;
    for (qsizetype i = 0; i < text.size(); i += 5)
        written.write(QStringView(text).mid(i, 5));
    written.stream.finish();
    const double work = double(written.builder.parsedCharacters()) / double(text.size());
    QVERIFY2(work < 24, qPrintable(QStringLiteral("%1 characters parsed per character").arg(work)));
}

void TestMarkdownStream::closedBlocksAreNotTouched()
{
    Written written;
    written.write(u"A paragraph.\n\n```c\nint a;\nint b;\n```\n\n");
    int firstChanged = INT_MAX;
    const int closed = written.document.characterCount() - 1;
    connect(&written.document, &QTextDocument::contentsChange, this,
        [&firstChanged](int position, int, int) { firstChanged = std::min(firstChanged, position); });
    for (const char c : {'N', 'e', 'w', ' ', '*', 't', 'e', 'x', 't', '*', '\n'})
        written.write(QString(QLatin1Char(c)));
    QVERIFY2(firstChanged >= closed, qPrintable(QString::number(firstChanged)));
}

void TestMarkdownStream::longTableGoesOnWithoutItsHead()
{
    Written written;
    written.write(u"| head | b |\n|---|---|\n");
    for (int i = 0; i < 800; ++i)
        written.write(u"| cell | c |\n");
    written.stream.finish();
    QCOMPARE(written.document.toPlainText().count(QStringLiteral("head")), 1);
    QCOMPARE(written.document.toPlainText().count(QStringLiteral("cell")), 800);
    QVERIFY(!written.document.toPlainText().contains(u'|'));
}

void TestMarkdownStream::numbersGoOn()
{
    Written written;
    written.stream.append(u"1. a\n1. b\n\n1. c\n\ntext\n\n7. d\n");
    written.stream.finish();
    QCOMPARE(written.document.toPlainText(), QStringLiteral("1.\ta\n2.\tb\n3.\tc\ntext\n7.\td"));
}

void TestMarkdownStream::onlyWebLinksAreLinks()
{
    const QString dump = dumpAtOnce(QStringLiteral(
        "[a](file:///etc/passwd) [b](javascript:x) [c](https://e.org) [d](data:text/html,x) ![e](file:///x.png)"));
    QVERIFY(dump.contains(u"https://e.org"));
    for (const char *scheme : {"file:", "javascript:", "data:"})
        QVERIFY2(!dump.contains(QLatin1String(scheme)), scheme);
    QVERIFY(dump.contains(u"[image: e]"));
}

void TestMarkdownStream::nothingInvisibleRemains()
{
    Written written;
    const QString text =
        QString::fromUtf8("a\x1b]0;x\x07 \xe2\x80\xae \xe2\x81\xa6 &#x202E; &#27; &#0; `\x1b`\n\n```\n\x1b\n");
    written.stream.append(text);
    written.stream.append(QString(QChar(u'\0')));
    written.stream.finish();
    const QString shown = written.document.toPlainText();
    for (const QChar c : shown) {
        QVERIFY(c.unicode() >= 0x20 || c == u'\n');
        QVERIFY(c.unicode() != 0x202E && c.unicode() != 0x2066);
    }
    QVERIFY(shown.contains(QChar(0x241B)));
}

void TestMarkdownStream::formulasAreText_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *markdown, const char *text) {
        QTest::newRow(markdown) << QString::fromUtf8(markdown) << QString::fromUtf8(text);
    };
    row("where $x_1*y*z$ is", "where x₁ ∗ y ∗ z is");
    row("so \\(a_1\\) and \\(b_1\\)", "so a₁ and b₁");
    row("costs $5 and *$10*", "costs $5 and $10");
    row("code `$x^2$` stays", "code $x^2$ stays");
    row("a \\$x^2\\$ b", "a $x^2$ b");
    row("so\n$$x^2$$.\nAnd", "so\nx².\nAnd");
    row("so\n\\[\na\n= b\n\\]\nand", "so\na = b\nand");
    row("- \\[x^2\\]\n- y", "•\t\nx²\n•\ty");
    row("**$x^2$** and $\\foo$", "x² and \\foo");
    row("broken $\\frac{a}$ here", "broken $\\frac{a}$ here");
    row("[$x^2$](https://e.org/$y^2$)", "x²");
    row("![$x^2$](y)", "[image: $x^2$]");
    row("    $x^2$", "code\n$x^2$");
}

void TestMarkdownStream::formulasAreText()
{
    QFETCH(QString, markdown);
    QFETCH(QString, text);
    Written written;
    written.stream.append(markdown);
    written.stream.finish();
    QCOMPARE(written.document.toPlainText(), text);
}

void TestMarkdownStream::anOpenFormulaStaysAsItIsWritten()
{
    Written written;
    written.write(u"done $a^2$ and open $b");
    QCOMPARE(written.document.toPlainText(), QString::fromUtf8("done a² and open $b"));
    written.write(u"^2");
    QCOMPARE(written.document.toPlainText(), QString::fromUtf8("done a² and open $b^2"));
    written.write(u"$");
    QCOMPARE(written.document.toPlainText(), QString::fromUtf8("done a² and open b²"));
}

void TestMarkdownStream::definitionsMayComeLater()
{
    Written written;
    const QString text = QStringLiteral(
        "See [one][1] and **[Two]**.\n\n- item [one][1]\n\nEnd.\n\n[1]: https://e.org/1\n[two]:\n  https://e.org/2\n");
    for (const QChar c : text)
        written.write(QString(c));
    QVERIFY(!written.dump().contains(QStringLiteral("https://e.org/1:one")));
    written.stream.finish();
    QCOMPARE(written.document.toPlainText().trimmed(), QString::fromUtf8("See one and Two.\n•\titem one\nEnd."));
    QCOMPARE(written.dump().count(QStringLiteral("https://e.org/1:one")), 2);
    QCOMPARE(written.dump().count(QStringLiteral("https://e.org/2:Two")), 1);
    QCOMPARE(written.dump(), dumpAtOnce(text));
}

void TestMarkdownStream::textThatLooksLikeADefinitionIsShownOnce()
{
    Written written;
    written.stream.append(u"[Anna]: says hello to you\n\nand [Ben]: nothing\n\n[Cleo]: leaves\n\n[end]\n");
    written.stream.finish();
    QCOMPARE(written.document.toPlainText().count(QStringLiteral("hello")), 1);
}

QTEST_MAIN(TestMarkdownStream)
#include "tst_markdownstream.moc"
