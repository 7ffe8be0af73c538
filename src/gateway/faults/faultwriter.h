// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/faults/fault.h"
#include "gateway/http/answerrelay.h"

#include <QTimer>

#include <deque>
#include <functional>

namespace diptych {

/// Spoils an answer on its way out.
class FaultWriter : public AnswerRelay
{
public:
    FaultWriter(const Fault &fault, AnswerWriter &next);

    void answer(int status, const HeaderList &headers, const QByteArray &body) override;
    void beginStream(const QByteArray &contentType, const HeaderList &headers) override;
    void write(const QByteArray &bytes) override;
    void endStream(bool close = false) override;
    void cut() override;
    [[nodiscard]] bool hasBegun() const override { return m_hasBegun; }

private:
    void now(std::function<void()> step); ///< or when its time has come
    void runSteps();
    void writeSpoilt(const QByteArray &bytes);
    void beginAsStream(const HeaderList &headers); ///< where a whole answer comes in pieces
    void spoilWhole(int status, const HeaderList &headers, const QByteArray &body);
    void trickle(const QByteArray &bytes);

    Fault m_fault;
    QTimer m_timer;
    std::deque<std::function<void()>> m_steps; // waiting for the timer
    int m_pieces = 0;
    bool m_hasBegun = false; // as the task sees it
    bool m_isOver = false; // nothing more goes out
};

} // namespace diptych
