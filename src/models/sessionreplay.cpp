// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionreplay.h"

#include "models/sessiontree.h"

#include <QPointer>

#include <algorithm>

namespace diptych {

SessionReplay::SessionReplay(SessionBundle bundle, QObject *parent)
    : QObject(parent)
    , m_bundle(std::move(bundle))
{
    Time start {0};
    const Session &all = m_bundle.session;
    for (std::size_t index = 0; index < all.turns.size(); ++index) {
        const Turn &turn = all.turns[index];
        m_events.push_back({.at = start, .kind = Event::Kind::Prompt, .turn = int(index)});
        Time end = start;
        for (const PaneState &pane : all.panes) {
            if (const Answer *answer = answerOf(turn, pane.id))
                end = std::max(end, addAnswer(*answer, int(index), start));
        }
        start = end + pauseBetweenTurns;
    }
    // Stable: a prompt stays before its answers, and a piece after the one before it.
    std::stable_sort(
        m_events.begin(), m_events.end(), [](const Event &left, const Event &right) { return left.at < right.at; });
}

/// When the answer ended.
SessionReplay::Time SessionReplay::addAnswer(const Answer &answer, int turn, Time start)
{
    const qsizetype textLength = answer.message.text().size();
    const qsizetype reasoningLength = answer.message.reasoning.size();
    const qsizetype given = std::clamp(answer.givenLength, qsizetype(0), textLength);
    m_events.push_back({.at = start, .kind = Event::Kind::Begin, .turn = turn, .answer = &answer, .textEnd = given});
    Time last {0};
    const auto recording = m_bundle.recordings.find(answer.id);
    if (recording != m_bundle.recordings.end()) {
        for (const Recording::Step &step : recording->second.steps) {
            last = std::max(last, step.at);
            m_events.push_back({.at = start + last,
                .kind = Event::Kind::Text,
                .turn = turn,
                .answer = &answer,
                .textEnd = std::min(given + step.text, textLength),
                .reasoningEnd = std::min(qsizetype(step.reasoning), reasoningLength)});
        }
    } else {
        last = answer.metrics.phases.firstToken.value_or(Time(0));
    }
    const Time end = std::max(last, answer.metrics.phases.finished.value_or(last));
    // What the recording does not have comes with the end.
    m_events.push_back({.at = start + (recording == m_bundle.recordings.end() ? last : end),
        .kind = Event::Kind::End,
        .turn = turn,
        .answer = &answer,
        .textEnd = textLength,
        .reasoningEnd = reasoningLength});
    return m_events.back().at;
}

bool SessionReplay::isRecorded(const QString &paneId, int turn) const
{
    if (turn < 0 || turn >= int(session().turns.size()))
        return false;
    const Answer *answer = answerOf(session().turns[std::size_t(turn)], paneId);
    return answer && m_bundle.recordings.contains(answer->id);
}

SessionReplay::Time SessionReplay::duration() const
{
    return m_events.empty() ? Time(0) : m_events.back().at;
}

void SessionReplay::advance(Time time)
{
    if (atEnd())
        return;
    m_position += time;
    const QPointer<SessionReplay> self(this);
    while (!atEnd() && m_events[m_next].at <= m_position) {
        play(m_events[m_next++]);
        if (!self)
            return;
    }
    if (!atEnd())
        return;
    m_position = duration();
    Q_EMIT ended();
}

void SessionReplay::step()
{
    if (!atEnd())
        advance(std::max(Time(0), m_events[m_next].at - m_position));
}

void SessionReplay::finish()
{
    if (!atEnd())
        advance(duration() - m_position);
}

void SessionReplay::restart()
{
    m_next = 0;
    m_position = Time(0);
    m_turn = -1;
    m_shown.clear();
    Q_EMIT restarted();
}

void SessionReplay::play(const Event &event)
{
    m_turn = event.turn;
    if (event.kind == Event::Kind::Prompt) {
        Q_EMIT promptShown(event.turn);
        return;
    }
    const Answer &answer = *event.answer;
    const QPointer<SessionReplay> self(this);
    if (event.kind == Event::Kind::Begin)
        Q_EMIT answerBegan(answer.paneId, event.turn);
    if (!self)
        return;
    Shown &shown = m_shown[&answer];
    const Shown before = shown;
    shown.text = std::max(shown.text, event.textEnd);
    shown.reasoning = std::max(shown.reasoning, event.reasoningEnd);
    if (shown.text > before.text || shown.reasoning > before.reasoning) {
        Q_EMIT textArrived(answer.paneId, event.turn, answer.message.text().mid(before.text, shown.text - before.text),
            answer.message.reasoning.mid(before.reasoning, shown.reasoning - before.reasoning));
    }
    if (self && event.kind == Event::Kind::End)
        Q_EMIT answerEnded(answer.paneId, event.turn);
}

} // namespace diptych
