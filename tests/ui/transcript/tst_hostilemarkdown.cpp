// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentdump.h"
#include "hostilemarkdown.h"

#include "transcript/markdownstream.h"
#include "transcript/renderscheduler.h"
#include "transcript/transcriptdocument.h"

#include <QAbstractTextDocumentLayout>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

#include <ctime>

using namespace diptych;

/// Markdown that is made to break a renderer. Everything is made from fixed seeds.
class TestHostileMarkdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamedIsTheSameAsAtOnce_data() { addSamples(3000); }
    void streamedIsTheSameAsAtOnce();
    void randomTextIsTheSameAsAtOnce_data();
    void randomTextIsTheSameAsAtOnce();
    void everyFrameIsShort_data() { addSamples(100'000); }
    void everyFrameIsShort();
    void aMegabyteOnOneLine_data();
    void aMegabyteOnOneLine();

private:
    static void addSamples(qsizetype size);
};

namespace {

struct Written {
    Written()
        : formats(QPalette(Qt::black, Qt::white), QFont(QStringLiteral("DejaVu Sans"), 10))
        , builder(QTextCursor(&document), formats)
        , stream(builder)
    {
        document.setUndoRedoEnabled(false);
    }
    void write(const QString &part)
    {
        QTextCursor edit(&document);
        edit.beginEditBlock();
        stream.append(part);
        stream.showOpen();
        edit.endEditBlock();
    }

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
    return documentDump(written.document);
}

/// Where two texts begin to differ, with what is around.
QString difference(const QString &left, const QString &right)
{
    qsizetype at = 0;
    while (at < left.size() && at < right.size() && left[at] == right[at])
        ++at;
    const qsizetype from = std::max<qsizetype>(0, at - 200);
    return QStringLiteral("\n--- streamed\n%1\n--- at once\n%2").arg(left.mid(from, 400), right.mid(from, 400));
}

QString streamed(const QString &text, std::mt19937 &random, int longest)
{
    Written written;
    for (const QString &piece : randomPieces(text, random, longest)) {
        written.write(piece);
        if (random() % 16 == 0)
            written.stream.settle();
    }
    written.stream.finish();
    return documentDump(written.document);
}

/// CPU of this thread so far in milliseconds: other programs on the machine do not count.
double cpuMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

/// Streams a text as the window does, with the layout of every frame; returns the longest frame in milliseconds.
double longestFrame(const QString &text, qsizetype perFrame)
{
    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.setTextWidth(400);
    TranscriptDocument transcript(
        document, TranscriptFormats(QPalette(Qt::black, Qt::white), QFont(QStringLiteral("DejaVu Sans"), 10)));
    transcript.beginAnswer(0, QStringLiteral("model"));
    double longest = 0;
    const auto frame = [&] {
        const double before = cpuMilliseconds();
        const bool isWaiting = transcript.renderSome(QDeadlineTimer(RenderScheduler::frameBudget));
        (void)document.documentLayout()->documentSize();
        longest = std::max(longest, cpuMilliseconds() - before);
        if (qEnvironmentVariableIsSet("DIPTYCH_FRAME_TIMES"))
            qInfo("%d blocks: %.1f ms", document.blockCount(), cpuMilliseconds() - before);
        return isWaiting;
    };
    for (qsizetype at = 0; at < text.size(); at += perFrame) {
        transcript.appendText(text.mid(at, perFrame));
        frame();
    }
    transcript.endAnswer(QStringLiteral("end"));
    while (frame()) { }
    return longest;
}

} // namespace

void TestHostileMarkdown::addSamples(qsizetype size)
{
    QTest::addColumn<QString>("text");
    for (const HostileSample &sample : hostileMarkdown(size))
        QTest::newRow(sample.name) << sample.text;
}

void TestHostileMarkdown::streamedIsTheSameAsAtOnce()
{
    QFETCH(QString, text);
    const QString expected = dumpAtOnce(text);
    std::mt19937 random(7);
    for (const int longest : {1, 7, 200}) {
        const QString dump = streamed(text, random, longest);
        QVERIFY2(dump == expected, qPrintable(difference(dump, expected)));
    }
}

void TestHostileMarkdown::randomTextIsTheSameAsAtOnce_data()
{
    QTest::addColumn<int>("seed");
    const int count = qEnvironmentVariableIsSet("DIPTYCH_LONG_TESTS") ? 20'000 : 600;
    for (int seed = 0; seed < count; ++seed)
        QTest::newRow(QByteArray::number(seed).constData()) << seed;
}

void TestHostileMarkdown::randomTextIsTheSameAsAtOnce()
{
    QFETCH(int, seed);
    std::mt19937 random {unsigned(seed)};
    const QString text = randomMarkdown(random, 10 + seed % 60);
    const QString expected = dumpAtOnce(text);
    const QString dump = streamed(text, random, 1 + seed % 9);
    QVERIFY2(dump == expected, qPrintable(QStringLiteral("---\n%1%2").arg(text, difference(dump, expected))));
}

void TestHostileMarkdown::everyFrameIsShort()
{
    QFETCH(QString, text);
    const double longest = longestFrame(text, 2000);
    qInfo("%.1f ms", longest);
    QVERIFY2(longest < 100, qPrintable(QStringLiteral("%1 ms").arg(longest)));
}

void TestHostileMarkdown::aMegabyteOnOneLine_data()
{
    QTest::addColumn<QString>("start");
    for (const char *start : {"", "- ", "> ", "# ", "```\n", "    ", "|", "$$", "1. > "})
        QTest::newRow(start) << QString::fromLatin1(start);
}

void TestHostileMarkdown::aMegabyteOnOneLine()
{
    QFETCH(QString, start);
    const QString text = start + QStringLiteral("lorem ipsum *dolor* ").repeated(50'000);
    const double longest = longestFrame(text, 20'000);
    qInfo("%.1f ms", longest);
    QVERIFY2(longest < 250, qPrintable(QStringLiteral("%1 ms").arg(longest)));
}

QTEST_MAIN(TestHostileMarkdown)
#include "tst_hostilemarkdown.moc"
