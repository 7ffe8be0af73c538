// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jumps of Overlays and the card beside a place.
#include "models/conversation.h"
#include "overlay/overlaybar.h"
#include "overlay/overlaycard.h"
#include "overlay/overlays.h"
#include "transcript/transcriptview.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diptych {

namespace {

const AnswerChange *changeAt(const AnswerComparison &comparison, qsizetype offset)
{
    for (const AnswerChange &change : comparison.changes) {
        const bool isInside = offset >= change.start && offset < change.start + change.length;
        const bool isBeside = change.length == 0 && (offset == change.start || offset == change.start - 1);
        if (isInside || isBeside)
            return &change;
    }
    return nullptr;
}

} // namespace

const Overlays::Pane *Overlays::jumpPane()
{
    const Pane *current = find(m_current);
    if (!current && !m_panes.empty())
        current = &m_panes.front();
    if (m_overlay != Overlay::Diff || !current || current->id != m_diff.baseline())
        return current;
    const auto other =
        std::find_if(m_panes.begin(), m_panes.end(), [this](const Pane &pane) { return pane.id != m_diff.baseline(); });
    return other == m_panes.end() ? nullptr : &*other;
}

std::ptrdiff_t Overlays::nextIndex(const AnswerKey &key, qsizetype from, int direction)
{
    if (m_overlay == Overlay::Logprobs)
        return LogprobLayer::nextUncertain(m_logprobs.update(key), from, direction);
    const AnswerComparison *comparison = m_diff.update(key);
    if (!comparison)
        return -1;
    const auto count = static_cast<std::ptrdiff_t>(comparison->changes.size());
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        const std::ptrdiff_t index = direction > 0 ? step : count - 1 - step;
        const AnswerChange &change = comparison->changes[static_cast<std::size_t>(index)];
        const bool isBeyond = direction > 0 ? change.start > from : change.start < from;
        if (isBeyond && change.kind != AnswerChange::Kind::Space)
            return index;
    }
    return -1;
}

void Overlays::jump(int direction)
{
    const Pane *pane = jumpPane();
    const int turns = m_answers.turnCount();
    if (!pane || turns == 0 || (m_overlay != Overlay::Diff && m_overlay != Overlay::Logprobs))
        return;
    const bool goesOn = m_place.paneId == pane->id && m_place.turn >= 0 && m_place.turn < turns;
    int turn = goesOn ? m_place.turn : std::max(0, m_answers.lastTurn(pane->id));
    constexpr qsizetype beyond = std::numeric_limits<qsizetype>::max();
    qsizetype from = goesOn ? m_placeStart : direction > 0 ? -1 : beyond;
    // Once around: the turn it began in comes again at the end, from its other side.
    for (int step = 0; step <= turns; ++step) {
        const std::ptrdiff_t index = nextIndex({pane->id, turn}, from, direction);
        if (index >= 0) {
            jumpTo(*pane, turn, index);
            return;
        }
        turn = (turn + direction + turns) % turns;
        from = direction > 0 ? -1 : beyond;
    }
    m_bar->setStatus(m_overlay == Overlay::Diff ? tr("No differences") : tr("No uncertain tokens"));
}

void Overlays::jumpTo(const Pane &pane, int turn, std::ptrdiff_t index)
{
    const AnswerKey key {pane.id, turn};
    if (m_overlay == Overlay::Logprobs) {
        showToken(pane, turn, m_logprobs.update(key).spans()[static_cast<std::size_t>(index)]);
        return;
    }
    const AnswerComparison *comparison = m_diff.update(key);
    const AnswerChange change = comparison->changes[static_cast<std::size_t>(index)];
    const auto number = 1
        + std::count_if(comparison->changes.begin(), comparison->changes.begin() + index,
            [](const AnswerChange &before) { return before.kind != AnswerChange::Kind::Space; });
    const QString status =
        tr("Pane %1: difference %2 of %3")
            .arg(pane.name, QLocale().toString(static_cast<int>(number)), QLocale().toString(comparison->count));
    m_place = key;
    m_placeStart = change.start;
    m_bar->setStatus(change.pointer.isEmpty() ? status : QStringLiteral("%1 · %2").arg(status, change.pointer));
    for (const Pane &other : m_panes)
        other.view->marks().clearPlace();
    pane.view->marks().showPlace(turn, change.start, change.length);
    if (const Pane *base = find(m_diff.baseline()))
        base->view->marks().showPlace(turn, change.baseStart, change.baseLength);
    showStrip(pane, turn);
    openCard(pane, turn, change.start);
}

void Overlays::showToken(const Pane &pane, int turn, const TokenSpans::Span &span)
{
    m_place = {pane.id, turn};
    m_placeStart = span.start;
    m_bar->setStatus(span.token.logprob
            ? tr("Pane %1: %2 %").arg(pane.name, QLocale().toString(std::exp(*span.token.logprob) * 100, 'f', 1))
            : QString());
    pane.view->marks().showPlace(turn, span.start, span.length);
    showSameBytes(pane, turn, span.start);
    openCard(pane, turn, span.start);
}

void Overlays::showSameBytes(const Pane &pane, int turn, qsizetype offset)
{
    // Tokens of different models have different borders; the bytes of the text are what they share.
    const qsizetype byte = byteOffset(m_answers.find({pane.id, turn}).text, offset);
    for (const Pane &other : m_panes) {
        const ShownAnswer answer = m_answers.find({other.id, turn});
        const qsizetype place = placeOfByte(answer.text, byte);
        const TokenSpans::Span *span = m_logprobs.update({other.id, turn}).at(place);
        if (!answer.exists || place >= answer.text.size())
            other.view->marks().clearPlace();
        else if (span)
            other.view->marks().showPlace(turn, span->start, span->length);
        else
            other.view->marks().showPlace(turn, place, 1);
    }
}

void Overlays::pointAt(const Pane &pane, int turn, qsizetype offset)
{
    if (turn < 0)
        m_card->leave();
    else
        openCard(pane, turn, offset);
}

void Overlays::openCard(const Pane &pane, int turn, qsizetype offset)
{
    const AnswerKey key {pane.id, turn};
    qsizetype length = 0;
    if (m_overlay == Overlay::Diff) {
        const AnswerComparison *comparison = m_diff.update(key);
        const AnswerChange *change = comparison ? changeAt(*comparison, offset) : nullptr;
        const Pane *base = find(m_diff.baseline());
        if (!change || !base) {
            m_card->leave();
            return;
        }
        m_card->showChange(*change, m_diff.baseText(turn, *change), base->name);
        m_cardStart = change->start;
        length = change->length;
    } else if (m_overlay == Overlay::Logprobs) {
        const TokenSpans::Span *span = m_logprobs.update(key).at(offset);
        if (!span) {
            m_card->leave();
            return;
        }
        m_card->showToken(span->token, !m_conversation.isRunning(pane.id));
        m_cardStart = span->start;
        length = span->length;
    } else {
        return;
    }
    m_cardAnswer = key;
    const QRect place = pane.view->marks().placeRect(turn, m_cardStart, length);
    if (place.isValid())
        m_card->popUp(pane.view->viewport(), place);
}

} // namespace diptych
