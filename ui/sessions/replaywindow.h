// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <map>
#include <memory>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QToolButton;

namespace diptych {

class RenderScheduler;
class SessionReplay;
class TranscriptView;

/// A window that plays a session again as it streamed in: a column for each pane, and the controls below. Asks no model
/// anything.
class ReplayWindow : public QDialog
{
    Q_OBJECT
public:
    explicit ReplayWindow(const SessionBundle &bundle, QWidget *parent = nullptr);
    ~ReplayWindow() override;

    [[nodiscard]] SessionReplay &replay() { return *m_replay; }
    void setPlaying(bool isPlaying);
    [[nodiscard]] bool isPlaying() const { return m_ticks.isActive(); }

Q_SIGNALS:
    void linkRequested(const QUrl &url);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addPane(const PaneState &pane, QLayout &columns);
    QToolButton *addButton(QHBoxLayout &bar, const char *name, const QString &icon, const QString &text);
    void setUpBar(QHBoxLayout &bar);
    void connectReplay();
    void tick();
    void stepOn();
    void playFromStart();
    void showPosition();
    void align(int turn);

    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<SessionReplay> m_replay;
    std::map<QString, TranscriptView *> m_views; ///< by pane
    QTimer m_ticks;
    QElapsedTimer m_clock; ///< since the last tick
    QToolButton *m_play = nullptr;
    QComboBox *m_speed = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_position = nullptr;
};

} // namespace diptych
