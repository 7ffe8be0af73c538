// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/replaywindow.h"

#include "models/sessionreplay.h"
#include "models/sessiontree.h"
#include "store/attachment.h"
#include "theme/theme.h"
#include "transcript/renderscheduler.h"
#include "transcript/transcriptview.h"
#include "widgets/elidedlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds tickInterval {16};
constexpr int progressSteps = 1000;

} // namespace

ReplayWindow::ReplayWindow(const SessionBundle &bundle, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_scheduler(std::make_unique<RenderScheduler>())
    , m_replay(std::make_unique<SessionReplay>(bundle))
{
    setObjectName(QStringLiteral("replayWindow"));
    const QString title = bundle.session.title.isEmpty() ? tr("Untitled") : bundle.session.title;
    setWindowTitle(tr("Replay: %1").arg(title));
    resize(960, 600);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(1);
    for (const PaneState &pane : m_replay->session().panes)
        addPane(pane, *columns);
    layout->addLayout(columns, 1);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    setUpBar(*bar);
    layout->addLayout(bar);
    m_ticks.setTimerType(Qt::PreciseTimer);
    m_ticks.setInterval(tickInterval);
    connect(&m_ticks, &QTimer::timeout, this, &ReplayWindow::tick);
    connectReplay();
    showPosition();
}

ReplayWindow::~ReplayWindow()
{
    m_ticks.stop();
    // Views leave the scheduler before it goes.
    for (const auto &[paneId, view] : m_views)
        delete view;
}

void ReplayWindow::addPane(const PaneState &pane, QLayout &columns)
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new ElidedLabel;
    header->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    QString label = pane.model.model;
    for (const Turn &turn : m_replay->session().turns) {
        if (const Answer *answer = answerOf(turn, pane.id); answer && !answer->modelLabel.isEmpty())
            label = answer->modelLabel;
    }
    header->setText(label);
    auto *view = new TranscriptView(*m_scheduler);
    view->setObjectName(QStringLiteral("replay-%1").arg(pane.id));
    view->setAccessibleName(tr("Replay of %1").arg(label));
    connect(view, &TranscriptView::linkRequested, this, &ReplayWindow::linkRequested);
    layout->addWidget(header);
    layout->addWidget(view, 1);
    columns.addWidget(column);
    m_views[pane.id] = view;
}

QToolButton *ReplayWindow::addButton(QHBoxLayout &bar, const char *name, const QString &icon, const QString &text)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setIcon(themeIcon(icon));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    bar.addWidget(button);
    return button;
}

void ReplayWindow::setUpBar(QHBoxLayout &bar)
{
    QToolButton *restart = addButton(bar, "restartButton", QStringLiteral("refresh"), tr("From the beginning (Home)"));
    m_play = addButton(bar, "playButton", QStringLiteral("play"), tr("Play (Space)"));
    QToolButton *step =
        addButton(bar, "stepButton", QStringLiteral("chevron-right"), tr("To the next piece (Right arrow)"));
    QToolButton *stop = addButton(bar, "stopButton", QStringLiteral("stop"), tr("Stop: show everything (End)"));
    m_speed = new QComboBox;
    m_speed->setObjectName(QStringLiteral("speedBox"));
    m_speed->setAccessibleName(tr("Speed"));
    for (const int speed : {1, 2, 10, 100})
        m_speed->addItem(tr("%1 ×").arg(speed), speed);
    bar.addWidget(m_speed);
    m_progress = new QProgressBar;
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(spacing::normal);
    m_progress->setAccessibleName(tr("Position"));
    bar.addWidget(m_progress, 1);
    m_position = new QLabel;
    m_position->setObjectName(QStringLiteral("positionLabel"));
    makeCaption(m_position);
    bar.addWidget(m_position);
    connect(restart, &QToolButton::clicked, this, &ReplayWindow::playFromStart);
    connect(m_play, &QToolButton::clicked, this, [this] { setPlaying(!isPlaying()); });
    connect(step, &QToolButton::clicked, this, &ReplayWindow::stepOn);
    connect(stop, &QToolButton::clicked, this, [this] {
        setPlaying(false);
        m_replay->finish();
        showPosition();
    });
}

void ReplayWindow::connectReplay()
{
    SessionReplay *replay = m_replay.get();
    connect(replay, &SessionReplay::restarted, this, [this] {
        for (const auto &[paneId, view] : m_views) {
            view->clear();
            view->setFollowing(true);
        }
    });
    connect(replay, &SessionReplay::promptShown, this, [this](int turn) {
        const Turn &shown = m_replay->session().turns[std::size_t(turn)];
        std::vector<TranscriptFile> files;
        for (const Attachment &attachment : attachmentsOf(shown.prompt))
            files.push_back({.label = attachment.name});
        for (const auto &[paneId, view] : m_views)
            view->addUser(turn, tr("you"), typedText(shown.prompt), files);
        align(turn);
    });
    connect(replay, &SessionReplay::answerBegan, this, [this](const QString &paneId, int turn) {
        if (const Answer *answer = answerOf(m_replay->session().turns[std::size_t(turn)], paneId))
            m_views.at(paneId)->beginAnswer(turn, answer->modelLabel);
    });
    connect(replay, &SessionReplay::textArrived, this,
        [this](const QString &paneId, int, const QString &text, const QString &reasoning) {
            if (!reasoning.isEmpty())
                m_views.at(paneId)->appendReasoning(reasoning);
            if (!text.isEmpty())
                m_views.at(paneId)->appendText(text);
        });
    connect(replay, &SessionReplay::answerEnded, this, [this](const QString &paneId, int turn) {
        const Answer *answer = answerOf(m_replay->session().turns[std::size_t(turn)], paneId);
        const bool hasText = answer && !answer->message.text().isEmpty();
        m_views.at(paneId)->endAnswer(
            hasText && !m_replay->isRecorded(paneId, turn) ? tr("No times are known of this answer.") : QString());
        if (answer && answer->error)
            m_views.at(paneId)->addNotice(answer->error->message, true);
    });
    connect(replay, &SessionReplay::ended, this, [this] { setPlaying(false); });
}

/// The turn begins at the same height in all columns.
void ReplayWindow::align(int turn)
{
    qreal lowest = 0;
    for (const auto &[paneId, view] : m_views) {
        view->flush();
        const bool isFollowing = view->isFollowing();
        view->setTurnTop(turn, 0);
        view->setFollowing(isFollowing);
        lowest = std::max(lowest, view->turnTop(turn));
    }
    for (const auto &[paneId, view] : m_views) {
        const bool isFollowing = view->isFollowing();
        view->setTurnTop(turn, lowest);
        view->setFollowing(isFollowing);
    }
}

void ReplayWindow::setPlaying(bool isPlaying)
{
    if (isPlaying && m_replay->atEnd())
        m_replay->restart();
    if (isPlaying) {
        m_clock.start();
        m_ticks.start();
    } else {
        m_ticks.stop();
    }
    m_play->setIcon(themeIcon(isPlaying ? QStringLiteral("pause") : QStringLiteral("play")));
    m_play->setToolTip(isPlaying ? tr("Pause (Space)") : tr("Play (Space)"));
    m_play->setAccessibleName(m_play->toolTip());
    showPosition();
}

void ReplayWindow::tick()
{
    const auto passed = std::chrono::nanoseconds(m_clock.nsecsElapsed());
    m_clock.start();
    m_replay->advance(std::chrono::duration_cast<std::chrono::microseconds>(passed) * m_speed->currentData().toInt());
    showPosition();
}

void ReplayWindow::stepOn()
{
    setPlaying(false);
    m_replay->step();
    showPosition();
}

void ReplayWindow::playFromStart()
{
    m_replay->restart();
    setPlaying(true);
}

void ReplayWindow::showPosition()
{
    const auto position = m_replay->position();
    const auto duration = std::max(m_replay->duration(), std::chrono::microseconds(1));
    m_progress->setValue(int(position.count() * progressSteps / duration.count()));
    const auto seconds = [](std::chrono::microseconds time) {
        return QLocale().toString(double(time.count()) / 1e6, 'f', 1);
    };
    m_position->setText(tr("turn %1 of %2 · %3 of %4 s")
                            .arg(std::max(0, m_replay->currentTurn() + 1))
                            .arg(m_replay->session().turns.size())
                            .arg(seconds(position), seconds(m_replay->duration())));
}

void ReplayWindow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        setPlaying(!isPlaying());
        break;
    case Qt::Key_Right:
        stepOn();
        break;
    case Qt::Key_Home:
        playFromStart();
        break;
    case Qt::Key_End:
        setPlaying(false);
        m_replay->finish();
        showPosition();
        break;
    default:
        QDialog::keyPressEvent(event);
    }
}

} // namespace diptych
