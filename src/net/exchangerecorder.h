// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "net/requestsecrets.h"

#include <QElapsedTimer>

namespace diptych {

struct HttpRequest;

/// Keeps the record of one exchange within its bounds, and its keys out of it. Times are taken from one monotonic
/// clock, once per read.
class ExchangeRecorder
{
public:
    explicit ExchangeRecorder(const HttpRequest &request);

    Exchange exchange;

    /// Reads the clock; what is recorded until the next call happened at this time.
    void tick();
    [[nodiscard]] std::chrono::microseconds now() const { return m_now; }
    /// Reads the clock into a phase.
    void mark(PhaseTimes::Time &phase);
    /// Forgets the phases of a connection that led to nothing.
    void restartConnection();
    void recordHeaders(int status, const QByteArray &reason, const HeaderList &headers);
    void recordBody(QByteArrayView bytes);
    void recordFrame(qint64 offset, qint64 size);
    void recordVisible(); ///< of the last frame

private:
    RequestSecrets m_secrets;
    QElapsedTimer m_clock;
    std::chrono::microseconds m_now {0};
    std::chrono::microseconds m_lastFrame {0};
};

} // namespace diptych
