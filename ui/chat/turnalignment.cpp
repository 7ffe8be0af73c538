// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/turnalignment.h"

#include "transcript/transcriptview.h"

#include <algorithm>
#include <cmath>

namespace diptych {

TurnAlignment::TurnAlignment(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &TurnAlignment::align);
}

void TurnAlignment::setRows(std::vector<std::vector<TranscriptView *>> rows)
{
    for (const std::vector<TranscriptView *> &row : m_rows) {
        for (TranscriptView *view : row)
            disconnect(view, nullptr, this, nullptr);
    }
    m_rows = std::move(rows);
    for (const std::vector<TranscriptView *> &row : m_rows) {
        for (TranscriptView *view : row) {
            connect(view, &TranscriptView::heightChanged, this, &TurnAlignment::alignSoon);
            connect(view, &QObject::destroyed, this, [this](const QObject *gone) {
                for (std::vector<TranscriptView *> &left : m_rows)
                    std::erase_if(left, [gone](const QObject *known) { return known == gone; });
            });
        }
    }
    alignSoon();
}

void TurnAlignment::setTurnCount(int count)
{
    m_turnCount = count;
    alignSoon();
}

void TurnAlignment::alignSoon()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void TurnAlignment::align()
{
    for (const std::vector<TranscriptView *> &row : m_rows)
        alignRow(row);
    Q_EMIT aligned();
}

void TurnAlignment::alignRow(const std::vector<TranscriptView *> &row) const
{
    constexpr qreal unseen = 0.5; // the layout rounds to whole pixels here and there
    for (int turn = std::max(0, m_turnCount - alignedTurns); turn < m_turnCount; ++turn) {
        // Turns above have their place already, so this is where the turn would stand without its own space.
        qreal lowest = -1;
        for (const TranscriptView *view : row) {
            if (const qreal top = view->turnTop(turn); top >= 0)
                lowest = std::max(lowest, top - view->turnSpace(turn));
        }
        for (TranscriptView *view : row) {
            const qreal top = view->turnTop(turn);
            if (top >= 0 && std::abs(top - lowest) > unseen)
                view->setTurnTop(turn, lowest);
        }
    }
}

} // namespace diptych
