// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

#include <QObject>

#include <chrono>

namespace diptych {

/// A session played again as it came in: its prompts, and every piece of its answers at the time at which it arrived.
/// Time passes only when it is told so; nothing is asked of any model. At the end all texts are exactly those of the
/// session.
class SessionReplay : public QObject
{
    Q_OBJECT
public:
    using Time = std::chrono::microseconds;
    static constexpr Time pauseBetweenTurns {800'000}; ///< nobody knows how long the person thought

    /// Plays the branch that is shown, with the answer of each pane that counts.
    explicit SessionReplay(SessionBundle bundle, QObject *parent = nullptr);

    [[nodiscard]] const Session &session() const { return m_bundle.session; }
    /// Whether it is known when the pieces of an answer arrived; one without appears in one piece.
    [[nodiscard]] bool isRecorded(const QString &paneId, int turn) const;

    [[nodiscard]] Time position() const { return m_position; }
    [[nodiscard]] Time duration() const;
    [[nodiscard]] int currentTurn() const { return m_turn; } ///< -1: not begun
    [[nodiscard]] bool atEnd() const { return m_next >= m_events.size(); }

    void advance(Time time); ///< lets time of the recording pass; events follow inside the call
    void step(); ///< to the next piece, and what came at the same time
    void finish(); ///< to the end at once
    void restart();

Q_SIGNALS:
    void restarted();
    void promptShown(int turn); ///< index into session().turns
    void answerBegan(const QString &paneId, int turn);
    void textArrived(const QString &paneId, int turn, const QString &text, const QString &reasoning);
    void answerEnded(const QString &paneId, int turn);
    void ended();

private:
    struct Event {
        enum class Kind { Prompt, Begin, Text, End };
        Time at {0};
        Kind kind = Kind::Prompt;
        int turn = 0;
        const Answer *answer = nullptr;
        qsizetype textEnd = 0; ///< of the answer's text, after this event
        qsizetype reasoningEnd = 0;
    };
    struct Shown {
        qsizetype text = 0;
        qsizetype reasoning = 0;
    };
    Time addAnswer(const Answer &answer, int turn, Time start);
    void play(const Event &event);

    SessionBundle m_bundle;
    std::vector<Event> m_events; ///< in order
    std::size_t m_next = 0;
    Time m_position {0};
    int m_turn = -1;
    std::map<const Answer *, Shown> m_shown;
};

} // namespace diptych
