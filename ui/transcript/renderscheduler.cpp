// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/renderscheduler.h"

#include <algorithm>

namespace diptych {

RenderScheduler::RenderScheduler(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(frameInterval);
    connect(&m_timer, &QTimer::timeout, this, &RenderScheduler::runFrame);
}

void RenderScheduler::schedule(Renderable *renderable)
{
    if (std::find(m_waiting.begin(), m_waiting.end(), renderable) == m_waiting.end())
        m_waiting.push_back(renderable);
    if (!m_timer.isActive())
        m_timer.start();
}

void RenderScheduler::remove(Renderable *renderable)
{
    m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), renderable), m_waiting.end());
}

void RenderScheduler::runFrame()
{
    const QDeadlineTimer deadline(frameBudget, Qt::PreciseTimer);
    // Every renderable gets at most one turn a frame; who did not get one is first in the next.
    for (size_t turns = m_waiting.size(); turns > 0 && !m_waiting.empty() && !deadline.hasExpired(); --turns) {
        Renderable *renderable = m_waiting.front();
        m_waiting.pop_front();
        if (renderable->renderFrame(deadline))
            schedule(renderable);
    }
    if (m_waiting.empty())
        m_timer.stop();
}

} // namespace diptych
