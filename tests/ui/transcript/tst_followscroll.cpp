// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QWheelEvent>

using namespace diptych;

/// What the reader does with a transcript while an answer streams into it.
class TestFollowScroll : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void streamingFollowsItsEnd();
    void aWheelKeepsThePlace();
    void onePixelUpIsEnough();
    void keysLeaveAndComeBack();
    void theBarIsFollowedWhereItIsDragged();
    void shrinkingDoesNotFollowAgain();
    void nothingMovesUnderAPressedMouse();
    void markedTextStaysInSight();
    void markedTextInTheOpenBlockStaysMarked();
    void aClickDoesNotEndFollowing();
    void resizingKeepsTheLine();
    void spaceAddedAboveKeepsTheLine();
    void reasoningThatIsReadIsNotFolded();
    void theChipLeadsBack();

private:
    void stream(const QString &text);
    void streamLines(int count);
    void wheel(int pixels);
    [[nodiscard]] QScrollBar *bar() const { return m_view->verticalScrollBar(); }
    [[nodiscard]] bool isAtEnd() const { return bar()->value() == bar()->maximum(); }
    /// Text of the line at the top of the view.
    [[nodiscard]] QString topLine() const;

    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<TranscriptView> m_view;
};

void TestFollowScroll::init()
{
    m_scheduler = std::make_unique<RenderScheduler>();
    m_view = std::make_unique<TranscriptView>(*m_scheduler);
    m_view->resize(500, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    m_view->setFocus();
    m_view->addUser(0, QStringLiteral("you"), QStringLiteral("Go"));
    m_view->beginAnswer(0, QStringLiteral("model"));
    streamLines(60);
}

void TestFollowScroll::cleanup()
{
    m_view.reset();
    m_scheduler.reset();
}

void TestFollowScroll::stream(const QString &text)
{
    m_view->appendText(text);
    QTRY_VERIFY(m_scheduler->isIdle() || m_view->toPlainText().contains(text.trimmed().right(8)));
}

void TestFollowScroll::streamLines(int count)
{
    static int number = 0;
    for (int i = 0; i < count; ++i)
        m_view->appendText(QStringLiteral("Paragraph number %1 with a few words.\n\n").arg(++number));
    const QString last = QString::number(number);
    QTRY_VERIFY(m_view->toPlainText().contains(QStringLiteral("number %1 ").arg(last)));
}

void TestFollowScroll::wheel(int pixels)
{
    const QPointF at = m_view->viewport()->rect().center();
    QWheelEvent event(at, m_view->viewport()->mapToGlobal(at), QPoint(0, pixels), QPoint(0, pixels), Qt::NoButton,
        Qt::NoModifier, Qt::ScrollUpdate, false);
    QApplication::sendEvent(m_view->viewport(), &event);
}

QString TestFollowScroll::topLine() const
{
    return m_view->cursorForPosition(QPoint(20, 4)).block().text();
}

void TestFollowScroll::streamingFollowsItsEnd()
{
    QVERIFY(isAtEnd());
    for (int i = 0; i < 20; ++i) {
        streamLines(2);
        QVERIFY(isAtEnd());
        QVERIFY(m_view->isFollowing());
    }
}

void TestFollowScroll::aWheelKeepsThePlace()
{
    wheel(240);
    QVERIFY(!m_view->isFollowing());
    const int value = bar()->value();
    const QString line = topLine();
    for (int i = 0; i < 10; ++i) {
        streamLines(3);
        QCOMPARE(bar()->value(), value);
        QCOMPARE(topLine(), line);
    }
    for (int i = 0; i < 20; ++i)
        wheel(-1000); // a wheel moves by one page at most
    QVERIFY(m_view->isFollowing());
    streamLines(3);
    QVERIFY(isAtEnd());
}

void TestFollowScroll::onePixelUpIsEnough()
{
    bar()->setValue(bar()->value() - 1);
    QVERIFY(!m_view->isFollowing());
    const int value = bar()->value();
    streamLines(3);
    QCOMPARE(bar()->value(), value);
    bar()->setValue(bar()->value() - 1);
    QVERIFY(!m_view->isFollowing());
    // Down, but not to the end, is no wish to follow.
    bar()->setValue(bar()->value() + 5);
    QVERIFY(!m_view->isFollowing());
}

void TestFollowScroll::keysLeaveAndComeBack()
{
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QVERIFY(!m_view->isFollowing());
    const int value = bar()->value();
    streamLines(4);
    QCOMPARE(bar()->value(), value);
    bar()->triggerAction(QAbstractSlider::SliderToMaximum);
    QVERIFY(m_view->isFollowing());
    streamLines(2);
    QVERIFY(isAtEnd());
}

void TestFollowScroll::theBarIsFollowedWhereItIsDragged()
{
    bar()->setSliderDown(true);
    bar()->setSliderPosition(bar()->maximum() / 2);
    const int value = bar()->value();
    streamLines(4);
    QCOMPARE(bar()->value(), value);
    bar()->setSliderPosition(bar()->maximum());
    bar()->setSliderDown(false);
    QVERIFY(m_view->isFollowing());
}

void TestFollowScroll::shrinkingDoesNotFollowAgain()
{
    m_view->appendReasoning(QString());
    m_view->endAnswer({});
    m_view->beginAnswer(1, QStringLiteral("model"));
    m_view->appendReasoning(QStringLiteral("thinking\n").repeated(60));
    QTRY_VERIFY(m_view->toPlainText().contains(QStringLiteral("thinking")));
    bar()->setValue(bar()->value() - 30);
    QVERIFY(!m_view->isFollowing());
    const int header = m_view->document()->find(QStringLiteral("Thinking:")).selectionStart();
    QVERIFY(m_view->toggleReasoning(header));
    QTRY_VERIFY(!m_view->toPlainText().contains(QStringLiteral("thinking\n")));
    QVERIFY(!m_view->isFollowing());
    const int value = bar()->value();
    m_view->appendText(QStringLiteral("text\n\n").repeated(30));
    QTRY_VERIFY(bar()->maximum() > value);
    QCOMPARE(bar()->value(), value);
}

void TestFollowScroll::nothingMovesUnderAPressedMouse()
{
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(100, 100));
    const int value = bar()->value();
    const QString line = topLine();
    streamLines(5);
    QVERIFY(bar()->maximum() > value);
    QCOMPARE(bar()->value(), value);
    QCOMPARE(topLine(), line);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(100, 100));
    QTRY_VERIFY(isAtEnd()); // nothing was marked
}

void TestFollowScroll::markedTextStaysInSight()
{
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(40, 100));
    QTest::mouseMove(m_view->viewport(), QPoint(200, 100));
    streamLines(1);
    QTest::mouseMove(m_view->viewport(), QPoint(220, 140));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(220, 140));
    QVERIFY(m_view->textCursor().hasSelection());
    QVERIFY(!m_view->isFollowing());
    const QString marked = m_view->textCursor().selectedText();
    const int value = bar()->value();
    streamLines(10);
    QCOMPARE(bar()->value(), value);
    QCOMPARE(m_view->textCursor().selectedText(), marked);
}

void TestFollowScroll::markedTextInTheOpenBlockStaysMarked()
{
    stream(QStringLiteral("An open *paragraph* that "));
    const QTextCursor found = m_view->document()->find(QStringLiteral("paragraph that"));
    QVERIFY(!found.isNull());
    m_view->setTextCursor(found);
    for (int i = 0; i < 30; ++i)
        stream(QStringLiteral("grows `%1` and **more** ").arg(i));
    QCOMPARE(m_view->textCursor().selectedText(), QStringLiteral("paragraph that"));
}

void TestFollowScroll::aClickDoesNotEndFollowing()
{
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(100, 100));
    streamLines(3);
    QTRY_VERIFY(isAtEnd());
    QVERIFY(m_view->isFollowing());
}

void TestFollowScroll::resizingKeepsTheLine()
{
    for (int i = 0; i < 20; ++i)
        m_view->appendText(
            QStringLiteral("A long paragraph that is broken into lines. ").repeated(12) + QStringLiteral("\n\n"));
    streamLines(20);
    wheel(900);
    QVERIFY(!m_view->isFollowing());
    const QString line = topLine();
    m_view->resize(300, 300);
    QCOMPARE(topLine(), line);
    m_view->resize(800, 260);
    QCOMPARE(topLine(), line);
    QVERIFY(!m_view->isFollowing());
    m_view->setFollowing(true);
    m_view->resize(400, 300);
    QVERIFY(isAtEnd());
}

void TestFollowScroll::spaceAddedAboveKeepsTheLine()
{
    wheel(300);
    const QString line = topLine();
    const int value = bar()->value();
    m_view->setTurnTop(0, 200);
    QCOMPARE(topLine(), line);
    QVERIFY(bar()->value() > value);
    QVERIFY(!m_view->isFollowing());
}

void TestFollowScroll::reasoningThatIsReadIsNotFolded()
{
    m_view->endAnswer({});
    m_view->beginAnswer(1, QStringLiteral("model"));
    m_view->appendReasoning(QStringLiteral("thinking about it\n").repeated(40));
    QTRY_VERIFY(m_view->toPlainText().contains(QStringLiteral("thinking about")));
    wheel(100);
    m_view->appendText(QStringLiteral("The answer\n\n"));
    QTRY_VERIFY(m_view->toPlainText().contains(QStringLiteral("The answer")));
    QVERIFY(m_view->toPlainText().contains(QStringLiteral("thinking about")));
    m_view->setFollowing(true);
    streamLines(1);
    QVERIFY(!m_view->toPlainText().contains(QStringLiteral("thinking about")));
}

void TestFollowScroll::theChipLeadsBack()
{
    auto *chip = m_view->findChild<QToolButton *>(QStringLiteral("newestChip"));
    QVERIFY(!chip->isVisible());
    wheel(200);
    QVERIFY(chip->isVisible());
    m_view->resize(300, 200);
    QVERIFY(m_view->rect().contains(chip->geometry()));
    streamLines(5);
    QVERIFY(chip->isVisible());
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Space);
    QVERIFY(isAtEnd());
    QVERIFY(!chip->isVisible());
}

QTEST_MAIN(TestFollowScroll)
#include "tst_followscroll.moc"
