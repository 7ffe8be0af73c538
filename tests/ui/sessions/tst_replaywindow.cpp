// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/replaywindow.h"

#include "models/sessionreplay.h"
#include "transcript/transcriptview.h"

#include <QComboBox>
#include <QTest>
#include <QToolButton>

using namespace diptych;
using namespace std::chrono_literals;

class TestReplayWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void stepsShowPieces();
    void stoppingShowsEverything();
    void playingGoesOnByItself();
    void theWindowMayCloseWhilePlaying();

private:
    [[nodiscard]] QString text(const char *view) const;
    void press(const char *button) const { m_window->findChild<QToolButton *>(QLatin1String(button))->click(); }

    std::unique_ptr<ReplayWindow> m_window;
};

void TestReplayWindow::init()
{
    SessionBundle bundle;
    bundle.session.title = QStringLiteral("Numbers");
    bundle.session.panes = {{.id = QStringLiteral("a")}, {.id = QStringLiteral("b")}};
    Turn turn {.id = 1, .prompt = Message::fromText(Role::User, QStringLiteral("Count!"))};
    for (const char *pane : {"a", "b"}) {
        turn.answers.push_back({.id = qint64(turn.answers.size()) + 1,
            .paneId = QLatin1String(pane),
            .modelLabel = QStringLiteral("model"),
            .state = Answer::State::Complete,
            .message = Message::fromText(Role::Assistant, QStringLiteral("one two three"))});
    }
    bundle.session.turns = {turn};
    bundle.recordings[1].steps = {{10ms, 4, 0}, {200ms, 13, 0}};
    m_window = std::make_unique<ReplayWindow>(bundle);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QString TestReplayWindow::text(const char *view) const
{
    auto *transcript = m_window->findChild<TranscriptView *>(QLatin1String(view));
    transcript->flush();
    return transcript->toPlainText();
}

void TestReplayWindow::stepsShowPieces()
{
    press("stepButton");
    QVERIFY(text("replay-a").contains(u"Count!"));
    QVERIFY(!text("replay-a").contains(u"one"));
    // Without a recording all of it is there at once, and that is said.
    QVERIFY(text("replay-b").contains(u"one two three"));
    QVERIFY(text("replay-b").contains(u"No times"));
    QTest::keyClick(m_window.get(), Qt::Key_Right);
    QVERIFY(text("replay-a").contains(u"one"));
    QVERIFY(!text("replay-a").contains(u"two"));
}

void TestReplayWindow::stoppingShowsEverything()
{
    press("playButton");
    press("stopButton");
    QVERIFY(!m_window->isPlaying());
    QVERIFY(m_window->replay().atEnd());
    QVERIFY(text("replay-a").contains(u"one two three"));
    press("restartButton");
    QVERIFY(m_window->isPlaying());
    QVERIFY(!text("replay-a").contains(u"three"));
}

void TestReplayWindow::playingGoesOnByItself()
{
    m_window->findChild<QComboBox *>(QStringLiteral("speedBox"))->setCurrentIndex(2);
    QTest::keyClick(m_window.get(), Qt::Key_Space);
    QTRY_VERIFY(m_window->replay().atEnd());
    QVERIFY(!m_window->isPlaying());
    QVERIFY(text("replay-a").contains(u"one two three"));
    // Playing a replay that is over begins it anew.
    QTest::keyClick(m_window.get(), Qt::Key_Space);
    QVERIFY(m_window->isPlaying() && !m_window->replay().atEnd());
}

void TestReplayWindow::theWindowMayCloseWhilePlaying()
{
    m_window->setPlaying(true);
    m_window.reset();
}

QTEST_MAIN(TestReplayWindow)
#include "tst_replaywindow.moc"
