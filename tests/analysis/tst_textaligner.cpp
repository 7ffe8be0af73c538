// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "alignmentsamples.h"

#include "analysis/textaligner.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace diptych;

class TestTextAligner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void says_data();
    void says();
    void patchingGivesTheOther_data();
    void patchingGivesTheOther();
    void growsToTheSame_data();
    void growsToTheSame();
    void everyStepIsAnAlignment();
    void replacedTextsBeginAnew();
    void longInsertionIsFound();
    void hugeAndUnlikeIsBounded_data();
    void hugeAndUnlikeIsBounded();
    void settledTextIsNotComparedAgain();
    void sequencesShareWhatTheyHave();
};

/// "same [-old-]{+new+} same", for people.
static QString script(const QString &base, const QString &other)
{
    QString result;
    qsizetype at = 0;
    for (const TextHunk &hunk : alignTexts(base, other)) {
        result += other.mid(at, hunk.start - at);
        if (hunk.baseLength > 0)
            result += QStringLiteral("[-%1-]").arg(base.mid(hunk.baseStart, hunk.baseLength));
        if (hunk.length > 0)
            result += QStringLiteral("{+%1+}").arg(other.mid(hunk.start, hunk.length));
        at = hunk.end();
    }
    return result + other.mid(at);
}

static QString patched(const QString &base, const QString &other, const std::vector<TextHunk> &hunks)
{
    QString result;
    qsizetype at = 0;
    for (const TextHunk &hunk : hunks) {
        result += QStringView(base).mid(at, hunk.baseStart - at);
        result += QStringView(other).mid(hunk.start, hunk.length);
        at = hunk.baseEnd();
    }
    return result + base.mid(at);
}

void TestTextAligner::says_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *base, const char *other, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(base) << QString::fromUtf8(other) << QString::fromUtf8(expected);
    };
    row("both empty", "", "", "");
    row("base empty", "", "new text", "{+new text+}");
    row("other empty", "old text", "", "[-old text-]");
    row("equal", "a b c", "a b c", "a b c");
    row("a word", "the old cat", "the new cat", "the [-old-]{+new+} cat");
    row("added", "one three", "one two three", "one {+two +}three");
    row("removed", "one two three", "one three", "one [-two -]three");
    row("nothing in common", "alpha beta", "gamma delta", "[-alpha beta-]{+gamma delta+}");
    row("space only", "a  b", "a b", "a [- -]b");
    row("case counts", "Word", "word", "[-Word-]{+word+}");
    row("a pair is whole", "go 😀 on", "go 😁 on", "go [-😀-]{+😁+} on");
    row("han", "我喜歡茶", "我喜歡咖啡", "我喜歡[-茶-]{+咖啡+}");
    row("a line of code", "```\nx = 1\ny = 2\n```", "```\nx = 1\ny = 3\n```", "```\nx = 1\n[-y = 2-]{+y = 3+}\n```");
    row("chance is left out", "It was founded in the spring of nineteen hundred by miners",
        "Nobody remembers the reason why everything happened", // "the" alone is no agreement
        "[-It was founded in the spring of nineteen hundred by miners-]"
        "{+Nobody remembers the reason why everything happened+}");
}

void TestTextAligner::says()
{
    QFETCH(QString, base);
    QFETCH(QString, other);
    QTEST(script(base, other), "expected");
}

void TestTextAligner::patchingGivesTheOther_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("other");
    for (unsigned seed = 0; seed < 40; ++seed) {
        const QString base = sampleText(seed, 20 + static_cast<int>(seed * seed));
        QTest::addRow("edited %u", seed) << base << editedText(base, seed, static_cast<int>(seed));
        QTest::addRow("unlike %u", seed) << base << sampleText(seed + 1000, 300);
    }
    QString binary;
    for (int i = 0; i < 70'000; ++i)
        binary += QChar(static_cast<char16_t>(i * 31));
    QTest::newRow("binary") << binary << editedText(binary, 1, 40);
    QTest::newRow("one line") << QString(100'000, u'a') << QString(90'000, u'a');
    QTest::newRow("the same word") << QStringLiteral("a ").repeated(9000) << QStringLiteral("a ").repeated(8000);
    QTest::newRow("two words") << QStringLiteral("a b ").repeated(4000) << QStringLiteral("b a a ").repeated(4000);
    QTest::newRow("lone halves") << QString(3000, QChar(0xD800)) << QString(2500, QChar(0xDC00));
    QTest::newRow("against nothing") << sampleText(7, 5000) << QString();
}

void TestTextAligner::patchingGivesTheOther()
{
    QFETCH(QString, base);
    QFETCH(QString, other);
    const std::vector<TextHunk> hunks = alignTexts(base, other);
    QCOMPARE(patched(base, other, hunks), other);
    qsizetype at = -1;
    for (const TextHunk &hunk : hunks) {
        QVERIFY(hunk.start >= at && hunk.length + hunk.baseLength > 0);
        at = hunk.end();
    }
}

void TestTextAligner::growsToTheSame_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<int>("pieces");
    for (unsigned seed = 0; seed < 8; ++seed) {
        QTest::addRow("short %u", seed) << seed << 120;
        QTest::addRow("long %u", seed) << seed << 4000;
    }
}

void TestTextAligner::growsToTheSame()
{
    QFETCH(unsigned, seed);
    QFETCH(int, pieces);
    const QString base = sampleText(seed, pieces);
    const QString other = seed % 2 == 0 ? editedText(base, seed, pieces / 12) : sampleText(seed + 50, pieces);
    std::mt19937 random(seed);
    TextTokens left;
    TextTokens right;
    TextAligner growing;
    qsizetype baseSize = 0;
    qsizetype otherSize = 0;
    const auto step = [&](qsizetype size, qsizetype full) {
        return std::min<qsizetype>(full, size + static_cast<qsizetype>(random() % (full / 40 + 2)));
    };
    while (!left.isFinished() || !right.isFinished()) {
        baseSize = step(baseSize, base.size());
        otherSize = step(otherSize, other.size());
        left.update(base.left(baseSize), baseSize == base.size());
        right.update(other.left(otherSize), otherSize == other.size());
        growing.update(left, right);
        TextAligner atOnce;
        atOnce.update(left, right);
        QCOMPARE(growing.hunks(), atOnce.hunks());
    }
    QCOMPARE(growing.hunks(), alignTexts(base, other));
    QCOMPARE(growing.settledCount(), growing.hunks().size());
}

void TestTextAligner::everyStepIsAnAlignment()
{
    const QString base = sampleText(3, 3000);
    const QString other = editedText(base, 3, 200);
    TextTokens left(base);
    TextTokens right;
    TextAligner aligner;
    for (qsizetype size = 0; size < other.size(); size += 97) {
        right.update(other.left(size), false);
        aligner.update(left, right);
        QCOMPARE(patched(base, other.left(size), aligner.hunks()), other.left(size));
    }
}

void TestTextAligner::replacedTextsBeginAnew()
{
    TextTokens left;
    TextTokens right;
    TextAligner aligner;
    left.update(sampleText(1, 3000), true);
    right.update(sampleText(2, 3000), true);
    aligner.update(left, right);
    QVERIFY(!aligner.hunks().empty());
    right.update(left.text(), true);
    aligner.update(left, right);
    QVERIFY(aligner.hunks().empty());
    right.update({}, false);
    aligner.update(left, right);
    QCOMPARE(aligner.hunks().size(), std::size_t(1));
}

void TestTextAligner::longInsertionIsFound()
{
    // As long as it fits into a window, what comes behind is found again.
    const QString base = sampleText(5, 3000);
    const QString added = QStringLiteral("entirely different words here ").repeated(60);
    const qsizetype at = base.indexOf(u' ', base.size() / 2) + 1;
    const std::vector<TextHunk> hunks = alignTexts(base, base.left(at) + added + base.mid(at));
    qsizetype differing = 0;
    for (const TextHunk &hunk : hunks)
        differing += hunk.length + hunk.baseLength;
    QVERIFY2(differing < added.size() + 60, qPrintable(QString::number(differing)));
}

void TestTextAligner::hugeAndUnlikeIsBounded_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("other");
    const QString words = QStringLiteral("a b c d e f g h i j k l m n ");
    QTest::newRow("a megabyte of other words")
        << words.repeated(36'000) << QStringLiteral("o p q r s t u v w x y z ").repeated(42'000);
    QTest::newRow("a megabyte of the same few")
        << words.repeated(36'000) << QStringLiteral("n a m b l c ").repeated(80'000);
    QTest::newRow("every word once") << sampleText(1, 100'000) << sampleText(2, 100'000);
}

void TestTextAligner::hugeAndUnlikeIsBounded()
{
    QFETCH(QString, base);
    QFETCH(QString, other);
    const TextTokens left(base);
    const TextTokens right(other);
    TextAligner aligner;
    QElapsedTimer clock;
    clock.start();
    aligner.update(left, right);
    QCOMPARE(patched(base, other, aligner.hunks()), other);
    // Every window moves on by an eighth at least; half of it where nothing is in common.
    const auto all = static_cast<qint64>(left.tokens().size() + right.tokens().size());
    QVERIFY2(aligner.comparedTokens() <= 20 * all, qPrintable(QString::number(aligner.comparedTokens())));
    QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
}

void TestTextAligner::settledTextIsNotComparedAgain()
{
    const QString base = sampleText(9, 20'000);
    const QString other = editedText(base, 9, 600);
    const TextTokens left(base);
    TextTokens right;
    TextAligner aligner;
    right.update(other.left(other.size() / 2), false);
    aligner.update(left, right);
    for (int i = 1; i <= 50; ++i) {
        const qint64 before = aligner.comparedTokens();
        right.update(other.left(other.size() / 2 + 20 * i), false);
        aligner.update(left, right);
        const qint64 work = aligner.comparedTokens() - before;
        QVERIFY2(work <= 4 * TextAligner::window, qPrintable(QString::number(work)));
    }
}

void TestTextAligner::sequencesShareWhatTheyHave()
{
    const std::vector<int> a {0, 1, 2, 3, 4, 5};
    const std::vector<int> b {0, 2, 3, 6, 5};
    QCOMPARE(matchSequences(a, b, 7), (std::vector<MatchRun> {{0, 0, 1}, {2, 1, 2}, {5, 4, 1}}));
    QVERIFY(matchSequences({}, b, 7).empty());
    QVERIFY(matchSequences(a, {}, 7).empty());
    // Short ones get the longest common subsequence.
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<int> left(random() % 20);
        std::vector<int> right(random() % 20);
        for (int &item : left)
            item = static_cast<int>(random() % 4);
        for (int &item : right)
            item = static_cast<int>(random() % 4);
        std::vector<std::vector<int>> table(left.size() + 1, std::vector<int>(right.size() + 1, 0));
        for (std::size_t i = 1; i <= left.size(); ++i) {
            for (std::size_t j = 1; j <= right.size(); ++j)
                table[i][j] =
                    left[i - 1] == right[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
        }
        int length = 0;
        for (const MatchRun &run : matchSequences(left, right, 4)) {
            length += run.length;
            for (int k = 0; k < run.length; ++k)
                QCOMPARE(left[static_cast<std::size_t>(run.a + k)], right[static_cast<std::size_t>(run.b + k)]);
        }
        QCOMPARE(length, table[left.size()][right.size()]);
    }
}

QTEST_APPLESS_MAIN(TestTextAligner)
#include "tst_textaligner.moc"
