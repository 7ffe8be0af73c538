// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace diptych {

/// An answer that is still to be handed out: `next` gives one piece (one token) per call and nothing when it is over.
template <typename Delta>
struct PlannedAnswer {
    std::function<std::optional<Delta>()> next {};
    double tokensPerSecond = 0; ///< 0: as fast as the event loop takes them
};

/// A reply that hands out pieces at a set rate, by a timer. It keeps the event loop free: no more than a few
/// milliseconds of work at a time, however high the rate. Base is ChatReply or CompletionReply.
template <typename Base, typename Delta>
class PacedReply final : public Base
{
public:
    using Plan = std::function<Result<PlannedAnswer<Delta>>()>;

    explicit PacedReply(Plan plan)
        : m_plan(std::move(plan))
    {
        m_clock.start();
        m_exchange.startedAt = QDateTime::currentDateTimeUtc();
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, [this] { advance(); });
        m_timer.start(0);
    }

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlierAttempts; }
    void retryNow() override { }

protected:
    void abortExchange() override
    {
        m_timer.stop();
        m_exchange.phases.finished = now();
    }

private:
    static constexpr qint64 sliceMilliseconds = 4;

    [[nodiscard]] std::chrono::microseconds now() const
    {
        return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    }

    void advance()
    {
        if (m_plan && !begin())
            return;
        const auto sliceStart = m_clock.elapsed();
        qint64 due = m_answer.tokensPerSecond > 0 ? dueNow() : std::numeric_limits<qint64>::max();
        for (; due > 0 && m_clock.elapsed() - sliceStart < sliceMilliseconds; --due) {
            const std::optional<Delta> piece = m_answer.next();
            if (!piece) {
                m_exchange.phases.finished = now();
                this->finish();
                return;
            }
            notePiece();
            if (!this->deliver(*piece))
                return; // stopped or destroyed by a receiver
        }
        m_timer.start(delayToNext());
    }

    bool begin()
    {
        const Plan plan = std::exchange(m_plan, nullptr);
        Result<PlannedAnswer<Delta>> answer = plan();
        if (!answer) {
            m_exchange.phases.finished = now();
            this->fail(answer.error());
            return false;
        }
        m_answer = std::move(*answer);
        m_streamStart = m_clock.nsecsElapsed();
        return true;
    }

    [[nodiscard]] qint64 dueNow() const
    {
        const double seconds = static_cast<double>(m_clock.nsecsElapsed() - m_streamStart) / 1e9;
        return static_cast<qint64>(seconds * m_answer.tokensPerSecond) + 1 - m_pieces;
    }

    [[nodiscard]] int delayToNext() const
    {
        if (m_answer.tokensPerSecond <= 0)
            return 0;
        const double next = static_cast<double>(m_pieces) / m_answer.tokensPerSecond;
        const double passed = static_cast<double>(m_clock.nsecsElapsed() - m_streamStart) / 1e9;
        return std::max(0, static_cast<int>(std::ceil((next - passed) * 1000)));
    }

    void notePiece()
    {
        const auto at = now();
        if (m_pieces++ == 0) {
            m_exchange.phases.firstByte = at;
            m_exchange.phases.firstToken = at;
            m_exchange.phases.firstText = at;
        } else {
            const auto gap = at - m_lastPiece;
            ++m_exchange.gaps.count;
            m_exchange.gaps.total += gap;
            m_exchange.gaps.longest = std::max(m_exchange.gaps.longest, gap);
        }
        m_lastPiece = at;
    }

    Plan m_plan;
    PlannedAnswer<Delta> m_answer;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_streamStart = 0; // nanoseconds on m_clock
    qint64 m_pieces = 0;
    std::chrono::microseconds m_lastPiece {0};
    Exchange m_exchange;
    std::vector<Exchange> m_earlierAttempts;
};

} // namespace diptych
