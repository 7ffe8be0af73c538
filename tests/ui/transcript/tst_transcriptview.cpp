// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentdump.h"
#include "markdownsamples.h"

#include "theme/theme.h"
#include "transcript/transcriptpainter.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestTranscriptView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsLoaded();
    void linksOnlyReport();
    void filesStandBelowTheText();
    void streamedIsTheSameAsHistory();
    void themeChangeKeepsTheText();
    void themeChangeInMidStreamGoesOn();
    void errorsStayOutOfTheAnswer();
    void reasoningFoldsWhenTheAnswerBegins();
    void reasoningInTheMiddleLosesNothing();
    void readerFoldsAndUnfolds();
    void copyButtonCopiesCode();
    void selectionLeavesCaptionsOut();
    void followsUntilScrolledUp();
    void turnsAreAligned();
    void historyShowsItsEnd();
    void olderComesWhenScrolledUp();
    void findsInOlderMessages();
    void findWrapsAround();

private:
    void add(int count, const QString &text);
    [[nodiscard]] QTextBlock blockWith(BlockRole role) const;
    void click(const QRectF &rect);

    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<TranscriptView> m_view;
};

void TestTranscriptView::init()
{
    m_scheduler = std::make_unique<RenderScheduler>();
    m_view = std::make_unique<TranscriptView>(*m_scheduler);
    m_view->resize(500, 400);
    m_view->show();
}

void TestTranscriptView::cleanup()
{
    m_view.reset();
    m_scheduler.reset();
}

void TestTranscriptView::add(int count, const QString &text)
{
    for (int i = 0; i < count; ++i)
        m_view->addUser(i, QStringLiteral("You"), QStringLiteral("%1 %2").arg(text).arg(i));
}

QTextBlock TestTranscriptView::blockWith(BlockRole role) const
{
    QTextBlock block = m_view->document()->begin();
    while (block.isValid() && TranscriptFormats::role(block) != role)
        block = block.next();
    return block;
}

void TestTranscriptView::click(const QRectF &rect)
{
    const QPoint point = rect.translated(0, -m_view->verticalScrollBar()->value()).center().toPoint();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, point);
}

void TestTranscriptView::nothingIsLoaded()
{
    QTcpServer canary;
    QVERIFY(canary.listen(QHostAddress::LocalHost));
    QSignalSpy contacted(&canary, &QTcpServer::newConnection);
    const QString url = QStringLiteral("http://127.0.0.1:%1/x.png").arg(canary.serverPort());
    const QString text = QStringLiteral("![a](%1) <img src=\"%1\"> [b]: %1\n\n<link rel=stylesheet href=\"%1\">\n\n"
                                        "![c](file:///etc/hostname) <iframe src=\"%1\"></iframe> %1\n")
                             .arg(url);
    m_view->addUser(0, text, text);
    m_view->beginAnswer(0, text);
    m_view->appendReasoning(text);
    m_view->appendText(text);
    m_view->endAnswer(text);
    m_view->addToolCall(text, text);
    m_view->addNotice(text, true);
    m_view->flush();
    (void)m_view->grab();
    QTRY_VERIFY(m_scheduler->isIdle());
    QVERIFY(!contacted.wait(200));
    QVERIFY(m_view->toPlainText().contains(u"<iframe"));
    QVERIFY(!m_view->toPlainText().contains(QChar::ObjectReplacementCharacter));
    QVERIFY(m_view->loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname"))).isNull());
}

void TestTranscriptView::linksOnlyReport()
{
    QSignalSpy requested(m_view.get(), &TranscriptView::linkRequested);
    m_view->setHistory(
        {{.speaker = TranscriptSpeaker::Assistant, .markdown = QStringLiteral("[page](https://e.org)")}});
    const QString before = m_view->toPlainText();
    const QRectF block = TranscriptPainter::blockRect(m_view->document()->begin());
    click(QRectF(block.topLeft() + QPointF(2, 2), QSizeF(20, block.height() - 4)));
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].toUrl(), QUrl(QStringLiteral("https://e.org")));
    QCOMPARE(m_view->toPlainText(), before);
}

void TestTranscriptView::streamedIsTheSameAsHistory()
{
    const QString text = longMarkdown(3000);
    m_view->addUser(0, QStringLiteral("You"), QStringLiteral("Why?"));
    m_view->beginAnswer(0, QStringLiteral("guide"));
    for (qsizetype i = 0; i < text.size(); i += 7) {
        m_view->appendText(text.mid(i, 7));
        m_view->flush();
    }
    m_view->endAnswer(QStringLiteral("stopped"));
    m_view->flush();
    const QString streamed = documentDump(*m_view->document());
    m_view->setHistory({{.caption = QStringLiteral("You"), .markdown = QStringLiteral("Why?"), .turn = 0},
        {.speaker = TranscriptSpeaker::Assistant,
            .caption = QStringLiteral("guide"),
            .markdown = text,
            .footer = QStringLiteral("stopped"),
            .turn = 0}});
    QCOMPARE(documentDump(*m_view->document()), streamed);
}

void TestTranscriptView::themeChangeKeepsTheText()
{
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant, .markdown = longMarkdown(1000)}});
    const QString text = m_view->toPlainText();
    const QString before = documentDump(*m_view->document());
    QPalette dark(QColor(Qt::white), QColor(Qt::black));
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    m_view->setPalette(dark);
    QCOMPARE(m_view->toPlainText(), text);
    QVERIFY(documentDump(*m_view->document()) != before);
    QVERIFY(documentDump(*m_view->document()).contains(u"#ffffff"));
}

void TestTranscriptView::themeChangeInMidStreamGoesOn()
{
    m_view->beginAnswer(0, QStringLiteral("guide"));
    m_view->appendReasoning(QStringLiteral("hmm"));
    m_view->appendText(QStringLiteral("1. one\n2. tw"));
    m_view->flush();
    QPalette palette = m_view->palette();
    palette.setColor(QPalette::Text, Qt::darkGreen);
    m_view->setPalette(palette);
    m_view->appendText(QStringLiteral("o\n3. three"));
    m_view->endAnswer({});
    m_view->flush();
    QVERIFY2(m_view->toPlainText().endsWith(u"1.\tone\n2.\ttwo\n3.\tthree"), qPrintable(m_view->toPlainText()));
}

void TestTranscriptView::errorsStayOutOfTheAnswer()
{
    m_view->beginAnswer(0, QStringLiteral("guide"));
    m_view->appendText(QStringLiteral("```c\nint a;"));
    m_view->addNotice(QStringLiteral("The connection broke"), true);
    m_view->flush();
    QCOMPARE(blockWith(BlockRole::ErrorNotice).text(), QStringLiteral("The connection broke"));
    QCOMPARE(m_view->codeAt(blockWith(BlockRole::CodeCaption).position()), QStringLiteral("int a;"));
    m_view->moveCursor(QTextCursor::Start);
    QCOMPARE(m_view->selectedMarkdown(), QStringLiteral("```c\nint a;"));
}

void TestTranscriptView::reasoningFoldsWhenTheAnswerBegins()
{
    m_view->beginAnswer(0, QStringLiteral("guide"));
    m_view->appendReasoning(QStringLiteral("First this\nthen "));
    m_view->flush();
    m_view->appendReasoning(QStringLiteral("that"));
    m_view->flush();
    QVERIFY(m_view->toPlainText().contains(u"First this\nthen that"));
    m_view->appendText(QStringLiteral("The answer"));
    m_view->flush();
    QVERIFY(!m_view->toPlainText().contains(u"First this"));
    QVERIFY(blockWith(BlockRole::ReasoningHeader).text().contains(u"20"));
    QVERIFY(m_view->toPlainText().endsWith(u"The answer"));
}

void TestTranscriptView::reasoningInTheMiddleLosesNothing()
{
    m_view->beginAnswer(0, {});
    m_view->appendText(QStringLiteral("Before. "));
    m_view->flush();
    m_view->appendReasoning(QStringLiteral("thought"));
    m_view->flush();
    m_view->appendText(QStringLiteral("After."));
    m_view->endAnswer({});
    m_view->flush();
    const QString text = m_view->toPlainText();
    QVERIFY2(text.contains(u"Before.") && text.endsWith(u"After."), qPrintable(text));
    QVERIFY(!text.contains(u"thought"));
}

void TestTranscriptView::readerFoldsAndUnfolds()
{
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant,
        .caption = QStringLiteral("guide"),
        .markdown = QStringLiteral("Answer"),
        .reasoning = QStringLiteral("secret\nthought")}});
    const QString folded = documentDump(*m_view->document());
    click(TranscriptPainter::reasoningHeader(blockWith(BlockRole::ReasoningHeader)));
    QVERIFY(m_view->toPlainText().contains(u"secret\nthought\nAnswer"));
    click(TranscriptPainter::reasoningHeader(blockWith(BlockRole::ReasoningHeader)));
    QCOMPARE(documentDump(*m_view->document()), folded);
}

void TestTranscriptView::copyButtonCopiesCode()
{
    const QString code = QString(u"int a;\n\n" + QString(9000, u'x') + u"\n\tb");
    const QString markdown = QString(u"Text\n\n```cpp\n" + code + u"\n```\nafter");
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant, .markdown = markdown}});
    QSignalSpy copied(m_view.get(), &TranscriptView::codeCopied);
    m_view->verticalScrollBar()->setValue(0);
    click(TranscriptPainter::copyButton(blockWith(BlockRole::CodeCaption)));
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied[0][0].toString(), code);
    QCOMPARE(QApplication::clipboard()->text(), code);
}

void TestTranscriptView::selectionLeavesCaptionsOut()
{
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant,
        .markdown = QStringLiteral("One\n\n```cpp\nint a;\n```\n\n|a|b|\n|-|-|\n|1|2|\n")}});
    m_view->selectAll();
    m_view->copy();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("One\nint a;\na\tb\n1\t2"));
}

void TestTranscriptView::followsUntilScrolledUp()
{
    QSignalSpy changed(m_view.get(), &TranscriptView::followingChanged);
    add(40, QStringLiteral("text"));
    QScrollBar *bar = m_view->verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    auto *chip = m_view->findChild<QToolButton *>(QStringLiteral("newestChip"));
    QVERIFY(!chip->isVisible());
    bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!m_view->isFollowing());
    QVERIFY(chip->isVisible());
    const int value = bar->value();
    add(5, QStringLiteral("more"));
    QTRY_VERIFY(bar->maximum() > value + bar->pageStep());
    QCOMPARE(bar->value(), value);
    QTest::mouseClick(chip, Qt::LeftButton);
    QCOMPARE(bar->value(), bar->maximum());
    QCOMPARE(changed.size(), 2);
    QVERIFY(!chip->isVisible());
}

void TestTranscriptView::turnsAreAligned()
{
    add(3, QStringLiteral("text"));
    const qreal natural = m_view->turnTop(1);
    const QString text = m_view->toPlainText();
    m_view->setTurnTop(1, natural + 100);
    QCOMPARE(m_view->turnTop(1), natural + 100);
    m_view->setTurnTop(1, natural - 100);
    QCOMPARE(m_view->turnTop(1), natural);
    m_view->setTurnTop(99, 10);
    QCOMPARE(m_view->turnTop(99), -1.0);
    QCOMPARE(m_view->toPlainText(), text);
}

void TestTranscriptView::historyShowsItsEnd()
{
    std::vector<TranscriptBlock> blocks(2300);
    for (size_t i = 0; i < blocks.size(); ++i)
        blocks[i] = {.caption = QStringLiteral("You"), .markdown = QStringLiteral("message %1 end").arg(i)};
    m_view->setHistory(std::move(blocks));
    QVERIFY(m_view->toPlainText().endsWith(u"message 2299 end"));
    QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
    QVERIFY2(m_view->document()->blockCount() < 200, "more was set in type than is seen");
}

void TestTranscriptView::olderComesWhenScrolledUp()
{
    std::vector<TranscriptBlock> blocks(100);
    for (size_t i = 0; i < blocks.size(); ++i)
        blocks[i] = {.caption = QStringLiteral("You"), .markdown = QStringLiteral("message %1 end").arg(i)};
    m_view->setHistory(std::move(blocks));
    QSignalSpy needed(m_view.get(), &TranscriptView::olderNeeded);
    const auto oldest = [this] { return blockWith(BlockRole::UserText).text(); };
    const QString before = oldest();
    m_view->verticalScrollBar()->setValue(5);
    const int distance = m_view->verticalScrollBar()->maximum() - m_view->verticalScrollBar()->value();
    QTRY_VERIFY(oldest() != before);
    QCOMPARE(m_view->verticalScrollBar()->maximum() - m_view->verticalScrollBar()->value(), distance);
    while (oldest() != QStringLiteral("message 0 end")) {
        const QString last = oldest();
        m_view->verticalScrollBar()->setValue(0);
        QTRY_VERIFY(oldest() != last);
    }
    m_view->verticalScrollBar()->setValue(1);
    QCOMPARE(needed.size(), 1);
    QVERIFY(m_view->toPlainText().contains(u"message 57 end"));
}

void TestTranscriptView::findsInOlderMessages()
{
    std::vector<TranscriptBlock> blocks(300);
    for (size_t i = 0; i < blocks.size(); ++i)
        blocks[i] = {.markdown = i % 100 == 7 ? QStringLiteral("the needle %1").arg(i) : QStringLiteral("hay")};
    m_view->setHistory(std::move(blocks));
    QCOMPARE(m_view->matchCount(QStringLiteral("needle")), 3);
    QVERIFY(m_view->find(QStringLiteral("NEEDLE"), true, true));
    QVERIFY(m_view->textCursor().block().text().endsWith(u"207"));
    QVERIFY(m_view->find(QStringLiteral("needle"), true, false));
    QVERIFY(m_view->textCursor().block().text().endsWith(u"107"));
    QVERIFY(m_view->find(QStringLiteral("needle"), false, true));
    QVERIFY(m_view->textCursor().block().text().endsWith(u" 7"));
    QCOMPARE(m_view->extraSelections().size(), 3);
    m_view->clearFind();
    QVERIFY(m_view->extraSelections().isEmpty());
}

void TestTranscriptView::findWrapsAround()
{
    add(3, QStringLiteral("word"));
    QVERIFY(!m_view->find(QStringLiteral("nothing"), false, true));
    QVERIFY(!m_view->find({}, false, true));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(m_view->find(QStringLiteral("word"), false, i == 0));
        QVERIFY(m_view->textCursor().block().text().endsWith(QString::number(i % 3)));
    }
}

void TestTranscriptView::filesStandBelowTheText()
{
    const TranscriptFile notes {.label = QStringLiteral("notes <b>.txt"), .link = QStringLiteral("attachment:0/0")};
    const TranscriptFile photo {.label = QStringLiteral("photo.png"),
        .link = QStringLiteral("attachment:0/1"),
        .picture = QStringLiteral("p1"),
        .pictureSize = {60, 40}};
    m_view->addUser(0, QStringLiteral("You"), QStringLiteral("Look"), {notes, photo});
    const QString text = m_view->toPlainText();
    QVERIFY2(
        text.contains(QStringLiteral("notes <b>.txt")) && text.contains(QStringLiteral("photo.png")), qPrintable(text));
    // The room is kept before the picture is there; it comes from the resources alone.
    const QUrl name(QStringLiteral("attachment:p1"));
    QCOMPARE(
        qvariant_cast<QImage>(m_view->document()->resource(QTextDocument::ImageResource, name)).size(), QSize(1, 1));
    const qreal height = m_view->document()->size().height();
    QImage picture(120, 80, QImage::Format_RGB32);
    picture.fill(Qt::red);
    m_view->setPicture(QStringLiteral("p1"), picture);
    QCOMPARE(qvariant_cast<QImage>(m_view->document()->resource(QTextDocument::ImageResource, name)), picture);
    QCOMPARE(m_view->document()->size().height(), height);
    // A new document, such as after a change of the theme, has it again.
    m_view->setHistory({{.speaker = TranscriptView::Speaker::User, .files = {photo}, .turn = 0}});
    QCOMPARE(qvariant_cast<QImage>(m_view->document()->resource(QTextDocument::ImageResource, name)), picture);
    QVERIFY(m_view->toPlainText().contains(QStringLiteral("photo.png")));
}

QTEST_MAIN(TestTranscriptView)
#include "tst_transcriptview.moc"
