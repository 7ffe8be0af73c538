// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/textaligner.h"

#include <algorithm>
#include <bit>

namespace diptych {

namespace {

// Runs up to this many units between larger changes are chance: "the", a comma.
constexpr qsizetype longestChance = 16;
// What lies behind in a window may still be matched better when more has come.
constexpr qsizetype settledPart = TextAligner::window * 3 / 4;
constexpr qsizetype forcedPart = TextAligner::window / 2;
constexpr qsizetype leastProgress = TextAligner::window / 8;

qsizetype countOf(const TextTokens &text)
{
    return static_cast<qsizetype>(text.tokens().size());
}

const TextToken &tokenAt(const TextTokens &text, qsizetype index)
{
    return text.tokens()[static_cast<std::size_t>(index)];
}

bool isSpace(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

/// Leaves out runs that hang between larger changes by chance. Indices of runs count from a token of each text.
class ChanceFilter
{
public:
    ChanceFilter(const TextTokens &base, const TextTokens &other, qsizetype baseFrom, qsizetype otherFrom)
        : m_base(base)
        , m_other(other)
        , m_baseFrom(baseFrom)
        , m_otherFrom(otherFrom)
    {
    }

    void apply(std::vector<MatchRun> &runs, qsizetype baseCount, qsizetype otherCount) const
    {
        MatchRun last {};
        std::size_t kept = 0;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const MatchRun run = runs[i];
            const MatchRun next = i + 1 < runs.size()
                ? runs[i + 1]
                : MatchRun {static_cast<int>(baseCount), static_cast<int>(otherCount), 0};
            const qsizetype size = units(m_base, m_baseFrom + run.a, run.length);
            const bool isChance = size <= longestChance && !tokenAt(m_base, m_baseFrom + run.a).isLine
                && size <= between(last, run) && size <= between(run, next);
            if (isChance)
                continue;
            runs[kept++] = last = run;
        }
        runs.resize(kept);
    }

private:
    static qsizetype units(const TextTokens &text, qsizetype from, qsizetype count)
    {
        return count == 0 ? 0 : tokenAt(text, from + count - 1).end() - tokenAt(text, from).start;
    }

    [[nodiscard]] qsizetype between(const MatchRun &left, const MatchRun &right) const
    {
        const int a = left.a + left.length;
        const int b = left.b + left.length;
        return std::max(units(m_base, m_baseFrom + a, right.a - a), units(m_other, m_otherFrom + b, right.b - b));
    }

    const TextTokens &m_base;
    const TextTokens &m_other;
    qsizetype m_baseFrom;
    qsizetype m_otherFrom;
};

} // namespace

void TextAligner::update(const TextTokens &base, const TextTokens &other)
{
    if (base.revision() != m_baseRevision || other.revision() != m_otherRevision) {
        *this = {};
        m_baseRevision = base.revision();
        m_otherRevision = other.revision();
    }
    if (m_isDone)
        return;
    m_hunks.resize(m_settledHunks);
    while (settleWindow(base, other)) { }
    m_settledHunks = m_hunks.size();
    if (!m_isDone)
        takeRest(base, other, m_point);
}

bool TextAligner::settleWindow(const TextTokens &base, const TextTokens &other)
{
    const qsizetype baseRest = base.stableCount() - m_base;
    const qsizetype otherRest = other.stableCount() - m_other;
    const bool isBaseFull = baseRest >= window;
    const bool isOtherFull = otherRest >= window;
    if ((!isBaseFull && !base.isFinished()) || (!isOtherFull && !other.isFinished()))
        return false;
    if (!isBaseFull && !isOtherFull) {
        takeRest(base, other, m_point);
        m_isDone = true;
        return false;
    }
    const qsizetype baseLimit = isBaseFull ? settledPart : baseRest;
    const qsizetype otherLimit = isOtherFull ? settledPart : otherRest;
    const qsizetype baseFrom = m_base;
    const qsizetype otherFrom = m_other;
    for (MatchRun run : match(base, other, std::min(window, baseRest), std::min(window, otherRest))) {
        const qsizetype room = std::min(baseLimit - run.a, otherLimit - run.b);
        if (room <= 0)
            break;
        run.length = static_cast<int>(std::min<qsizetype>(run.length, room));
        run.a += static_cast<int>(baseFrom);
        run.b += static_cast<int>(otherFrom);
        take(base, other, run, m_point);
        m_base = run.a + run.length;
        m_other = run.b + run.length;
    }
    if (m_base - baseFrom >= leastProgress || m_other - otherFrom >= leastProgress)
        return true;
    // Nothing in common for long. A short rest waits for its counterpart, which may come later.
    if (isBaseFull)
        m_base = std::max(m_base, baseFrom + forcedPart);
    if (isOtherFull)
        m_other = std::max(m_other, otherFrom + forcedPart);
    return true;
}

void TextAligner::takeRest(const TextTokens &base, const TextTokens &other, Point point)
{
    const qsizetype baseCount = std::min(window, countOf(base) - m_base);
    const qsizetype otherCount = std::min(window, countOf(other) - m_other);
    for (MatchRun run : match(base, other, baseCount, otherCount)) {
        run.a += static_cast<int>(m_base);
        run.b += static_cast<int>(m_other);
        take(base, other, run, point);
    }
    addGap(base, other, point, {base.text().size(), other.text().size()});
}

std::vector<MatchRun> TextAligner::match(
    const TextTokens &base, const TextTokens &other, qsizetype baseCount, qsizetype otherCount)
{
    m_compared += baseCount + otherCount;
    m_ids = 0;
    m_slots.assign(std::bit_ceil(static_cast<std::size_t>(2 * (baseCount + otherCount) + 1)), {});
    std::vector<int> baseIds;
    std::vector<int> otherIds;
    number(base, m_base, baseCount, baseIds);
    number(other, m_other, otherCount, otherIds);
    std::vector<MatchRun> runs = matchSequences(baseIds, otherIds, m_ids);
    ChanceFilter(base, other, m_base, m_other).apply(runs, baseCount, otherCount);
    return runs;
}

void TextAligner::number(const TextTokens &text, qsizetype from, qsizetype count, std::vector<int> &ids)
{
    const std::size_t mask = m_slots.size() - 1;
    ids.reserve(static_cast<std::size_t>(count));
    for (qsizetype i = from; i < from + count; ++i) {
        const TextToken &token = tokenAt(text, i);
        const QStringView view = text.view(token);
        std::size_t at = static_cast<std::size_t>(token.hash) & mask;
        while (m_slots[at].id >= 0 && (m_slots[at].hash != token.hash || m_slots[at].text != view))
            at = (at + 1) & mask;
        if (m_slots[at].id < 0)
            m_slots[at] = {.hash = token.hash, .text = view, .id = m_ids++};
        ids.push_back(m_slots[at].id);
    }
}

void TextAligner::take(const TextTokens &base, const TextTokens &other, const MatchRun &run, Point &point)
{
    for (int i = 0; i < run.length; ++i) {
        const TextToken &left = tokenAt(base, run.a + i);
        const TextToken &right = tokenAt(other, run.b + i);
        addGap(base, other, point, {left.start, right.start});
        point = {left.end(), right.end()};
    }
}

void TextAligner::addGap(const TextTokens &base, const TextTokens &other, const Point &from, const Point &to)
{
    QStringView left = QStringView(base.text()).mid(from.base, to.base - from.base);
    QStringView right = QStringView(other.text()).mid(from.other, to.other - from.other);
    if (left == right)
        return;
    TextHunk hunk {.baseStart = from.base, .start = from.other, .isSpace = isSpace(left) && isSpace(right)};
    while (!left.isEmpty() && !right.isEmpty() && left.front() == right.front() && left.front().isSpace()) {
        left = left.mid(1);
        right = right.mid(1);
        ++hunk.baseStart;
        ++hunk.start;
    }
    while (!left.isEmpty() && !right.isEmpty() && left.back() == right.back() && left.back().isSpace()) {
        left.chop(1);
        right.chop(1);
    }
    hunk.baseLength = left.size();
    hunk.length = right.size();
    m_hunks.push_back(hunk);
}

std::vector<TextHunk> alignTexts(const QString &base, const QString &other)
{
    TextAligner aligner;
    aligner.update(TextTokens(base), TextTokens(other));
    return aligner.hunks();
}

} // namespace diptych
