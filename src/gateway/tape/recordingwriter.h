// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "gateway/http/answerrelay.h"
#include "gateway/http/httpserverrequest.h"

#include <QElapsedTimer>

#include <functional>

namespace diptych {

/// Passes an answer on and keeps what the client got, with the times. An answer that the client did not wait for is not
/// kept, nor one that is larger than an Exchange records.
class RecordingWriter : public AnswerRelay
{
public:
    using Keep = std::function<void(const Exchange &)>;

    RecordingWriter(const HttpServerRequest &request, AnswerWriter &next, Keep keep);

    void answer(int status, const HeaderList &headers, const QByteArray &body) override;
    void beginStream(const QByteArray &contentType, const HeaderList &headers) override;
    void write(const QByteArray &bytes) override;
    void endStream(bool close = false) override;

private:
    void begin(int status, const HeaderList &headers);
    void note(const QByteArray &bytes);
    void end();
    [[nodiscard]] std::chrono::microseconds now() const
    {
        return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    }

    Exchange m_exchange;
    Keep m_keep;
    QElapsedTimer m_clock;
};

} // namespace diptych
