// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathspans.h"

#include <QElapsedTimer>
#include <QTest>

using namespace diptych;

class TestMathSpans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsFormulas_data();
    void findsFormulas();
    void restoresTheText_data() { findsFormulas_data(); }
    void restoresTheText();
    void quotesAndIndentationAreTakenOff();
    void workGrowsWithTheLength_data();
    void workGrowsWithTheLength();
};

void TestMathSpans::findsFormulas_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QStringList>("formulas"); // displayed ones with a "D:" before them
    const auto row = [](const char *markdown, const QStringList &formulas = {}) {
        QTest::newRow(markdown) << QString::fromUtf8(markdown) << formulas;
    };
    const auto one = [&row](const char *markdown, const char *formula) { row(markdown, {QString::fromUtf8(formula)}); };
    // Formulas
    one("where $x$ is", "x");
    one("$x^2 + y^2$", "x^2 + y^2");
    one("($n$)", "n");
    one("the $n$th and", "n");
    one("an $x$-axis", "x");
    one("**$x$**", "x");
    one("$5$ apples", "5");
    one("$a = b$.", "a = b");
    one("$\\text{one two three}$", "\\text{one two three}");
    one("$\\$5 \\cdot 2$", "\\$5 \\cdot 2");
    one("$E = \nmc^2$", "E = \nmc^2");
    one("\\(x\\) and", "x");
    one("so \\(a_1 + b\\).", "a_1 + b");
    one("\\\\(x\\\\)\\(y\\)", "y");
    one("$$x$$", "D:x");
    one("see $$x = 1$$ here", "D:x = 1");
    one("$$\nx\n= 1\n$$", "D:x\n= 1");
    one("\\[ x^2 \\]", "D:x^2");
    one("\\[\nx + y\n\\]", "D:x + y");
    one("| $|x|$ | abs |", "|x|");
    row("$a$ and $b$, not $5", {QStringLiteral("a"), QStringLiteral("b")});
    row("$x$ costs $5 and $y$", {QStringLiteral("x"), QStringLiteral("y")});
    row("`$` and $x$ and `$`", {QStringLiteral("x")});
    row("- $a$\n- $b$", {QStringLiteral("a"), QStringLiteral("b")});
    row("```\n$a$\n```\n$b$", {QStringLiteral("b")});
    // Prices and variables
    for (const char *text : {"costs $5 and $10", "costs $5, or 10$ there", "$5–$10", "$5/$10", "from $1,000 to $2,000.",
             "US$5 and A$6", "5$ and 6$", "$HOME", "$HOME and $PATH", "$HOME/bin:$PATH", "echo $a; echo $b",
             "${a} and ${b}", "$1 $2 $3", "kill $$ and $$", "a $$ b", "$$$", "$$$$", "$ x $", "$x $", "$ x$", "$", "$$",
             "$$ restaurants are cheaper than $$$ ones", "It was $5 for me and 7$ for you", "a$x$b is $",
             "| $5 | $10 |\n| $6 | 7$ |", "- costs $5\n- costs 6$", "US$ is 5$"})
        row(text);
    // Escapes, code, links
    for (const char *text : {"\\$x\\$", "\\$5 and $6", "`$x$`", "``a ` $x$``", "`\\(x\\)`", "```\n$x$\n```", "~~~\n$x$",
             "> ```\n> $x$\n> ```", "1. ```sh\n   echo $x$\n   ```", "\\[1\\]", "\\[x\\]", "- \\[x\\] done",
             "\\[a link\\](https://e.org)", "\\[citation needed\\]", "see \\(all of the\\) words", "\\\\(x\\\\)",
             "$x\n\ny$", "\\(x\n\ny\\)", "$$x\n\ny$$", "\\(x", "\\[x^2", "$x", "$$x", "\\", "a $x\n- y$"})
        row(text);
}

void TestMathSpans::findsFormulas()
{
    QFETCH(QString, markdown);
    QFETCH(QStringList, formulas);
    QStringList found;
    const MathSpans math(markdown);
    for (const MathSpan &span : math.spans())
        found += (span.isDisplayed ? QStringLiteral("D:") : QString()) + span.formula;
    QCOMPARE(found, formulas);
}

void TestMathSpans::restoresTheText()
{
    QFETCH(QString, markdown);
    QFETCH(QStringList, formulas);
    const MathSpans math(markdown);
    QCOMPARE(math.restored(math.markdown()), markdown);
    QCOMPARE(math.markdown() != markdown, !formulas.isEmpty());
    int marks = 0;
    for (auto mark = math.nextMark(math.markdown()); mark.index >= 0; mark = math.nextMark(math.markdown(), mark.to))
        QCOMPARE(mark.index, marks++);
    QCOMPARE(marks, formulas.size());
}

void TestMathSpans::quotesAndIndentationAreTakenOff()
{
    const MathSpans quote(QStringLiteral("> $$\n> x > y\n> $$\n"));
    QCOMPARE(quote.spans().size(), size_t(1));
    QCOMPARE(quote.spans().front().source, QStringLiteral("$$\nx > y\n$$"));
    const MathSpans item(QStringLiteral("1. As\n   \\[\n   > 1 + x^2\n   \\]\n"));
    QCOMPARE(item.spans().size(), size_t(1));
    QCOMPARE(item.spans().front().formula, QStringLiteral("> 1 + x^2"));
}

void TestMathSpans::workGrowsWithTheLength_data()
{
    QTest::addColumn<QString>("part");
    for (const char *part : {"$", "$x", "$$", "$$ ", "$a $", "\\(", "\\[", "\\", "`", "` ``", "$x$", "```\n", "$\n",
             "\n", "> $$\n", "a|$b|", "\\(x\\)", "- $x\n"})
        QTest::newRow(part) << QString::fromLatin1(part);
}

void TestMathSpans::workGrowsWithTheLength()
{
    QFETCH(QString, part);
    const QString text = part.repeated(400'000 / part.size());
    QElapsedTimer clock;
    clock.start();
    const MathSpans math(text);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QStringLiteral("%1 ms").arg(clock.elapsed())));
    QCOMPARE(math.restored(math.markdown()).size(), text.size());
}

QTEST_APPLESS_MAIN(TestMathSpans)
#include "tst_mathspans.moc"
