// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"
#include "transcript/inerttext.h"
#include "transcript/transcriptview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace diptych;

class TestTranscriptMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyCharacterHasItsPlace_data();
    void everyCharacterHasItsPlace();
    void arrivingTextIsTheSame_data();
    void arrivingTextIsTheSame();
    void switchingInMidStreamLosesNothing();
    void codeIsInTheFixedWidthFont();
    void longLinesAreCutAndCopiedWhole();
    void reasoningInTheMiddleMovesPlaces();
    void olderAnswersKeepTheirPlaces();
    void appendixStandsBelowFinishedAnswers();
    void marksAreAskedForAndPainted();
    void placesAreScrolledTo();
    void theMouseFindsCharacters();
    void plainHasNoPlaces();

private:
    [[nodiscard]] QString shown(int turn, qsizetype size) const;
    void answer(int turn, const QString &text);

    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<TranscriptView> m_view;
};

void TestTranscriptMarks::init()
{
    m_scheduler = std::make_unique<RenderScheduler>();
    m_view = std::make_unique<TranscriptView>(*m_scheduler);
    m_view->resize(500, 400);
    m_view->show();
    m_view->marks().setMode(SourceMode::Prose);
}

void TestTranscriptMarks::cleanup()
{
    m_view.reset();
    m_scheduler.reset();
}

void TestTranscriptMarks::answer(int turn, const QString &text)
{
    m_view->addUser(turn, QStringLiteral("You"), QStringLiteral("question"));
    m_view->beginAnswer(turn, QStringLiteral("model"));
    m_view->appendText(text);
    m_view->endAnswer(QStringLiteral("footer"));
    m_view->flush();
}

/// What the document has at the places of an answer's characters, a character at a time.
QString TestTranscriptMarks::shown(int turn, qsizetype size) const
{
    QString result;
    for (qsizetype offset = 0; offset < size; ++offset) {
        m_view->marks().showPlace(turn, offset, 1);
        const QTextCursor cursor = m_view->textCursor();
        const auto place = m_view->marks().cursorPlace();
        if (place.turn != turn || place.offset != offset)
            return QStringLiteral("%1 is at turn %2, %3").arg(offset).arg(place.turn).arg(place.offset);
        const QChar c = m_view->document()->characterAt(cursor.position());
        result += c == QChar::ParagraphSeparator ? QChar(u'\n') : c;
    }
    return result;
}

void TestTranscriptMarks::everyCharacterHasItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("a word") << QStringLiteral("word");
    QTest::newRow("Markdown") << QStringLiteral("# Head\n\n* **a** _b_\n* [c](http://d)\n\n> quote\n");
    QTest::newRow("code") << QStringLiteral("so:\n```py\nx = 1\n\n  y\n```\nend");
    QTest::newRow("only line ends") << QStringLiteral("\n\n\n");
    QTest::newRow("Windows") << QStringLiteral("a\r\nb\r\n\rc");
    QTest::newRow("pairs") << QStringLiteral("😀a😀\n😀");
    QTest::newRow("binary") << QString(QChar(0) + QString(QChar(0xD800)) + u"\x1b[31m" + QChar(0xFDD0) + QChar(0x202E)
        + QChar(0x2029) + u"x\x7f" + QChar(0xDC00) + QChar(0xFFFE));
    QTest::newRow("a long line") << QStringLiteral("word ").repeated(1500);
}

void TestTranscriptMarks::everyCharacterHasItsPlace()
{
    QFETCH(QString, text);
    answer(0, text);
    QCOMPARE(shown(0, text.size()), visibleText(text));
    m_view->marks().setMode(SourceMode::Characters);
    QCOMPARE(shown(0, text.size()), visibleText(text));
}

void TestTranscriptMarks::arrivingTextIsTheSame_data()
{
    everyCharacterHasItsPlace_data();
}

void TestTranscriptMarks::arrivingTextIsTheSame()
{
    QFETCH(QString, text);
    answer(0, text);
    const QString atOnce = m_view->document()->toRawText();
    m_view->clear();
    m_view->addUser(0, QStringLiteral("You"), QStringLiteral("question"));
    m_view->beginAnswer(0, QStringLiteral("model"));
    for (const QChar c : text) {
        m_view->appendText(c);
        if (text.size() < 200)
            m_view->flush();
    }
    m_view->endAnswer(QStringLiteral("footer"));
    m_view->flush();
    QCOMPARE(m_view->document()->toRawText(), atOnce);
    QCOMPARE(shown(0, text.size()), visibleText(text));
}

void TestTranscriptMarks::switchingInMidStreamLosesNothing()
{
    m_view->marks().setMode(SourceMode::Off);
    m_view->beginAnswer(0, QStringLiteral("model"));
    m_view->appendText(QStringLiteral("One **two** "));
    m_view->flush();
    m_view->marks().setMode(SourceMode::Prose);
    m_view->appendText(QStringLiteral("three *four*"));
    m_view->flush();
    QCOMPARE(shown(0, 24), QStringLiteral("One **two** three *four*"));
    m_view->marks().setMode(SourceMode::Off);
    m_view->appendText(QStringLiteral(" five"));
    m_view->endAnswer({});
    m_view->flush();
    QVERIFY2(
        m_view->toPlainText().endsWith(QStringLiteral("One two three four five")), qPrintable(m_view->toPlainText()));
}

void TestTranscriptMarks::codeIsInTheFixedWidthFont()
{
    answer(0, QStringLiteral("prose\n```\ncode\n```\nprose"));
    QList<BlockRole> roles;
    for (QTextBlock block = m_view->document()->begin(); block.isValid(); block = block.next()) {
        const BlockRole role = TranscriptFormats::role(block);
        if (role == BlockRole::SourceLine || role == BlockRole::SourceCode)
            roles.append(role);
    }
    using enum BlockRole;
    QCOMPARE(roles, (QList<BlockRole> {SourceLine, SourceLine, SourceCode, SourceCode, SourceLine}));
}

void TestTranscriptMarks::longLinesAreCutAndCopiedWhole()
{
    const QString line = QStringLiteral("0123456789").repeated(700);
    answer(0, line);
    QVERIFY(m_view->document()->blockCount() > 4);
    m_view->selectAll();
    m_view->copy();
    QVERIFY(QGuiApplication::clipboard()->text().contains(line));
    QCOMPARE(shown(0, line.size()), line);
}

void TestTranscriptMarks::reasoningInTheMiddleMovesPlaces()
{
    m_view->beginAnswer(0, QStringLiteral("model"));
    m_view->appendText(QStringLiteral("before "));
    m_view->flush();
    m_view->appendReasoning(QStringLiteral("thinking\nagain"));
    m_view->flush();
    m_view->appendText(QStringLiteral("after"));
    m_view->endAnswer({});
    m_view->flush();
    QCOMPARE(shown(0, 12), QStringLiteral("before after"));
}

void TestTranscriptMarks::olderAnswersKeepTheirPlaces()
{
    std::vector<TranscriptBlock> blocks;
    for (int turn = 0; turn < 40; ++turn)
        blocks.push_back(
            {.speaker = TranscriptSpeaker::Assistant, .markdown = QStringLiteral("answer %1").arg(turn), .turn = turn});
    m_view->setHistory(std::move(blocks));
    QCOMPARE(shown(39, 9), QStringLiteral("answer 39"));
    QCOMPARE(shown(0, 8), QStringLiteral("answer 0")); // was not set in type yet
    QCOMPARE(shown(30, 9), QStringLiteral("answer 30"));
    QCOMPARE(shown(39, 9), QStringLiteral("answer 39"));
}

void TestTranscriptMarks::appendixStandsBelowFinishedAnswers()
{
    m_view->marks().setAppendix([](int turn) { return QStringLiteral("{\"turn\": %1}").arg(turn); });
    m_view->beginAnswer(7, QStringLiteral("model"));
    m_view->appendText(QStringLiteral("text"));
    m_view->flush();
    m_view->marks().setMode(SourceMode::Characters);
    QVERIFY(!m_view->toPlainText().contains(QStringLiteral("{\"turn\": 7}")));
    m_view->endAnswer({});
    m_view->flush();
    QVERIFY(m_view->toPlainText().contains(QStringLiteral("{\"turn\": 7}")));
    QCOMPARE(shown(7, 4), QStringLiteral("text"));
    m_view->marks().setMode(SourceMode::Prose);
    QVERIFY(!m_view->toPlainText().contains(QStringLiteral("{\"turn\": 7}")));
}

void TestTranscriptMarks::marksAreAskedForAndPainted()
{
    answer(3, QStringLiteral("several words to mark"));
    QSignalSpy needed(&m_view->marks(), &TranscriptMarks::marksNeeded);
    const QImage before = m_view->grab().toImage();
    QTRY_VERIFY(!needed.isEmpty());
    QCOMPARE(needed.front().front().toInt(), 3);
    using Kind = TranscriptMark::Kind;
    for (const Kind kind : {Kind::Added, Kind::Changed, Kind::Removed, Kind::Part, Kind::Space, Kind::Heat}) {
        m_view->marks().setMarks(3, {{.kind = kind, .start = 8, .length = 5, .strength = 0.9F}});
        QVERIFY(m_view->grab().toImage() != before);
    }
    m_view->marks().setMarks(3, {{.start = 1000, .length = 5}}); // beyond the end: nothing, and no harm
    needed.clear();
    QCOMPARE(m_view->grab().toImage(), before);
    QCoreApplication::processEvents();
    QVERIFY(needed.isEmpty());
}

void TestTranscriptMarks::placesAreScrolledTo()
{
    answer(0, QStringLiteral("line\n").repeated(300));
    QVERIFY(m_view->isFollowing());
    m_view->marks().showPlace(0, 500, 4);
    QVERIFY(!m_view->isFollowing());
    const QRect place = m_view->marks().placeRect(0, 500, 4);
    QVERIFY(m_view->viewport()->rect().contains(place));
    m_view->marks().showPlace(9, 0, 1); // unknown
    m_view->marks().showPlace(0, -5, 1);
    QCOMPARE(m_view->marks().placeRect(9, 0, 1), QRect());
}

void TestTranscriptMarks::theMouseFindsCharacters()
{
    answer(0, QStringLiteral("point here"));
    QSignalSpy pointed(&m_view->marks(), &TranscriptMarks::pointed);
    QSignalSpy clicked(&m_view->marks(), &TranscriptMarks::clicked);
    for (qsizetype offset = 0; offset < 10; ++offset) {
        const QPoint center = m_view->marks().placeRect(0, offset, 1).center();
        QTest::mouseMove(m_view->viewport(), center);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, center);
        QCOMPARE(clicked.back().at(1).toLongLong(), qint64(offset));
    }
    QVERIFY(!pointed.isEmpty());
    QCOMPARE(pointed.back().at(1).toLongLong(), 9);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(480, 380));
    QCOMPARE(clicked.size(), 10);
}

void TestTranscriptMarks::plainHasNoPlaces()
{
    m_view->marks().setMode(SourceMode::Off);
    answer(0, QStringLiteral("text"));
    QSignalSpy needed(&m_view->marks(), &TranscriptMarks::marksNeeded);
    m_view->grab();
    m_view->marks().showPlace(0, 0, 4);
    QCOMPARE(m_view->marks().placeRect(0, 0, 4), QRect());
    QCoreApplication::processEvents();
    QVERIFY(needed.isEmpty());
}

QTEST_MAIN(TestTranscriptMarks)
#include "tst_transcriptmarks.moc"
