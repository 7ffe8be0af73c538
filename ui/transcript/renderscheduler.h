// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/codehighlighter.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace diptych {

/// What a RenderScheduler gives time to.
class Renderable
{
public:
    virtual ~Renderable() = default;
    /// Does waiting work until the deadline; returns whether more is waiting.
    virtual bool renderFrame(const QDeadlineTimer &deadline) = 0;
};

/// Gives every transcript of the window its turn: at most one frame in 33 ms, round robin, and no more of the window's
/// thread in a frame than the budget. One for the whole application; outlives what it schedules.
class RenderScheduler : public QObject
{
    Q_OBJECT

public:
    explicit RenderScheduler(QObject *parent = nullptr);

    /// Asks for a turn in the next frame. `renderable` calls remove() before it goes.
    void schedule(Renderable *renderable);
    void remove(Renderable *renderable);
    /// Shared, because loading a language takes milliseconds.
    [[nodiscard]] CodeHighlighter &codeHighlighter() { return m_codeHighlighter; }
    [[nodiscard]] bool isIdle() const { return m_waiting.empty(); }

    static constexpr int frameInterval = 33; ///< milliseconds
    static constexpr int frameBudget = 5; ///< milliseconds

private:
    void runFrame();

    QTimer m_timer;
    CodeHighlighter m_codeHighlighter;
    std::deque<Renderable *> m_waiting;
};

} // namespace diptych
