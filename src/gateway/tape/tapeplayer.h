// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "gateway/http/answerwriter.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace diptych {

/// Gives a recorded answer again: the same status, headers and bytes, in the pieces and with the times of the
/// recording.
class TapePlayer : public QObject
{
    Q_OBJECT
public:
    /// `speed`: times as fast as recorded; 0: at once. Begins when the event loop runs again.
    TapePlayer(Exchange exchange, double speed, AnswerWriter &writer);

private:
    void play();
    void playFrame();
    void wait();
    [[nodiscard]] bool isStream() const;

    Exchange m_exchange;
    double m_speed;
    AnswerWriter &m_writer;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::size_t m_frame = 0; // the next one
};

} // namespace diptych
