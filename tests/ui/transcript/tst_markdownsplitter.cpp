// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/markdownsplitter.h"

#include <QTest>

using namespace diptych;

class TestMarkdownSplitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheEndOfBlocks_data();
    void findsTheEndOfBlocks();
    void countsItems();
    void readsFences();
};

namespace {

/// One character per line: '[' begins a block, '.' continues it, '!' is a block of one line, ' ' belongs to none.
QString shape(const QString &text)
{
    MarkdownSplitter splitter;
    QString result;
    auto before = MarkdownSplitter::Kind::None;
    for (const QString &line : text.split(u'\n')) {
        const MarkdownSplitter::Step step = splitter.next(line);
        const bool begins = step.endsOpen || before == MarkdownSplitter::Kind::None;
        if (!step.isContent)
            result += step.endsItself ? u'.' : u' ';
        else if (begins)
            result += step.endsItself ? u'!' : u'[';
        else
            result += u'.';
        before = splitter.kind();
    }
    return result;
}

} // namespace

void TestMarkdownSplitter::findsTheEndOfBlocks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("empty") << QString() << QStringLiteral(" ");
    QTest::newRow("paragraphs") << QStringLiteral("a\nb\n\nc") << QStringLiteral("[. [");
    QTest::newRow("heading stands alone") << QStringLiteral("# a\nb\n# c") << QStringLiteral("![!");
    QTest::newRow("setext closes") << QStringLiteral("a\n---\nb") << QStringLiteral("[.[");
    QTest::newRow("fence interrupts") << QStringLiteral("a\n```\n\nb\n```\nc") << QStringLiteral("[[...[");
    QTest::newRow("longer fence needed") << QStringLiteral("````\n```\n````") << QStringLiteral("[..");
    QTest::newRow("fence with tildes") << QStringLiteral("~~~\n```\n~~~") << QStringLiteral("[..");
    QTest::newRow("no fence in a line") << QStringLiteral("```a```\nb") << QStringLiteral("[.");
    QTest::newRow("items") << QStringLiteral("- a\n- b\n  c\n\n  d\n\ne") << QStringLiteral("[[....[");
    QTest::newRow("lazy line") << QStringLiteral("- a\nb\n\nc") << QStringLiteral("[..[");
    QTest::newRow("number does not interrupt") << QStringLiteral("in\n2. a") << QStringLiteral("[.");
    QTest::newRow("one interrupts") << QStringLiteral("in\n1. a") << QStringLiteral("[[");
    QTest::newRow("rule is no item") << QStringLiteral("- a\n- - -\nb") << QStringLiteral("[![");
    QTest::newRow("table") << QStringLiteral("|a|b|\n|-|-|\n|1|2|\n\nx") << QStringLiteral("[.. [");
    QTest::newRow("heading ends a table") << QStringLiteral("|a|b|\n|-|-|\n# x") << QStringLiteral("[.!");
    QTest::newRow("quote") << QStringLiteral("> a\nlazy\n>\n> b\nc\n\nd") << QStringLiteral("[.... [");
    QTest::newRow("indented code") << QStringLiteral("    a\n\n    b\nc") << QStringLiteral("[..[");
}

void TestMarkdownSplitter::findsTheEndOfBlocks()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(shape(text), expected);
}

void TestMarkdownSplitter::countsItems()
{
    MarkdownSplitter splitter;
    const auto number = [&splitter](const char *line) {
        (void)splitter.next(QString::fromLatin1(line));
        return splitter.itemNumber().value_or(-1);
    };
    QCOMPARE(number("3. a"), 3);
    QCOMPARE(number("3. b"), 4);
    QCOMPARE(number(""), 4);
    QCOMPARE(number("9. c"), 5);
    QCOMPARE(number("9) d"), 9);
    QCOMPARE(number("- e"), -1);
}

void TestMarkdownSplitter::readsFences()
{
    MarkdownSplitter splitter;
    (void)splitter.next(u"  ```python title=\"x\"");
    QCOMPARE(splitter.kind(), MarkdownSplitter::Kind::Fence);
    QCOMPARE(splitter.fenceInfo(), QStringLiteral("python title=\"x\""));
    QCOMPARE(splitter.codeLine(u"    x").toString(), QStringLiteral("  x"));
    QCOMPARE(splitter.codeLine(u" x").toString(), QStringLiteral("x"));
    QVERIFY(splitter.mayCloseFence(u"``"));
    QVERIFY(!splitter.mayCloseFence(u"``x"));
}

QTEST_MAIN(TestMarkdownSplitter)
#include "tst_markdownsplitter.moc"
