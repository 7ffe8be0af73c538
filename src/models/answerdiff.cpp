// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answerdiff.h"

#include "analysis/jsonspans.h"

#include <QHash>

#include <algorithm>

namespace diptych {

namespace {

using Kind = AnswerChange::Kind;

struct JsonAnswer {
    JsonSpans spans {};
    JsonPlace place {};
    QStringView text {};
    [[nodiscard]] QStringView value(const JsonLeaf &leaf) const
    {
        return text.mid(leaf.valueStart, leaf.end - leaf.valueStart);
    }
};

std::optional<JsonAnswer> readJson(const TextTokens &answer)
{
    const auto place = jsonPlace(answer.text());
    if (!place)
        return std::nullopt;
    const QStringView text = QStringView(answer.text()).mid(place->start, place->length);
    auto spans = jsonSpans(text);
    if (!spans || (answer.isFinished() && !spans->isComplete))
        return std::nullopt;
    return JsonAnswer {std::move(*spans), *place, text};
}

/// Compares leaves by pointer, in the order of the answer.
class JsonComparer
{
public:
    JsonComparer(const JsonAnswer &base, const JsonAnswer &answer, bool isBaseFinished, bool isFinished)
        : m_base(base)
        , m_answer(answer)
        , m_isBaseFinished(isBaseFinished)
        , m_isFinished(isFinished)
    {
    }

    AnswerComparison run()
    {
        m_places.assign(m_base.spans.leaves.size(), -1);
        qsizetype same = 0;
        for (const JsonLeaf &leaf : m_answer.spans.leaves)
            same += compare(leaf) ? 1 : 0;
        if (m_isFinished)
            addRemoved();
        std::stable_sort(m_result.changes.begin(), m_result.changes.end(),
            [](const AnswerChange &left, const AnswerChange &right) { return left.start < right.start; });
        m_result.isJson = true;
        m_result.count = static_cast<int>(m_result.changes.size());
        // Values that one side has not reached yet are not compared.
        const qsizetype all = m_compared + m_removed;
        m_result.same = all == 0 ? 1 : static_cast<double>(same) / static_cast<double>(all);
        return std::move(m_result);
    }

private:
    bool compare(const JsonLeaf &leaf)
    {
        const std::optional<std::size_t> found = find(leaf.step.path);
        AnswerChange change {.kind = Kind::Added,
            .start = m_answer.place.start + leaf.start,
            .length = leaf.end - leaf.start,
            .baseStart = m_base.place.start};
        if (!found) {
            if (m_isBaseFinished) {
                change.pointer = m_answer.spans.pointer(leaf.step, m_answer.text);
                m_result.changes.push_back(std::move(change));
                ++m_compared;
            }
            return false;
        }
        ++m_compared;
        const JsonLeaf &counterpart = m_base.spans.leaves[*found];
        m_places[*found] = m_answer.place.start + leaf.end;
        if (sameJsonValue(m_base.value(counterpart), m_answer.value(leaf)))
            return true;
        change.kind = Kind::Changed;
        change.pointer = m_answer.spans.pointer(leaf.step, m_answer.text);
        change.baseStart = m_base.place.start + counterpart.start;
        change.baseLength = counterpart.end - counterpart.start;
        m_result.changes.push_back(std::move(change));
        return false;
    }

    /// Place of a leaf of the baseline. Answers mostly have the same order; only others need the table.
    std::optional<std::size_t> find(quint64 path)
    {
        const std::vector<JsonLeaf> &leaves = m_base.spans.leaves;
        if (m_next < leaves.size() && leaves[m_next].step.path == path)
            return m_next++;
        if (m_indices.isEmpty()) {
            m_indices.reserve(static_cast<qsizetype>(leaves.size()));
            for (std::size_t i = 0; i < leaves.size(); ++i)
                m_indices.insert(leaves[i].step.path, i);
        }
        const auto found = m_indices.constFind(path);
        if (found == m_indices.constEnd())
            return std::nullopt;
        m_next = *found + 1;
        return *found;
    }

    /// What the answer lacks is marked behind the value that comes before it in the baseline.
    void addRemoved()
    {
        qsizetype at = m_answer.place.start + std::min<qsizetype>(1, m_answer.place.length);
        bool isOpen = false;
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            if (m_places[i] >= 0) {
                at = m_places[i];
                isOpen = false;
                continue;
            }
            ++m_removed;
            const JsonLeaf &leaf = m_base.spans.leaves[i];
            if (isOpen) {
                AnswerChange &last = m_result.changes.back();
                last.baseLength = m_base.place.start + leaf.end - last.baseStart;
                continue;
            }
            isOpen = true;
            m_result.changes.push_back({.kind = Kind::Removed,
                .start = at,
                .baseStart = m_base.place.start + leaf.start,
                .baseLength = leaf.end - leaf.start,
                .pointer = m_base.spans.pointer(leaf.step, m_base.text)});
        }
    }

    const JsonAnswer &m_base;
    const JsonAnswer &m_answer;
    bool m_isBaseFinished;
    bool m_isFinished;
    QHash<quint64, std::size_t> m_indices; // of the baseline's leaves; filled when needed
    std::size_t m_next = 0; // leaf of the baseline that is likely the next one's
    std::vector<qsizetype> m_places; // where the answer has them; -1: it has not
    AnswerComparison m_result;
    qsizetype m_compared = 0;
    qsizetype m_removed = 0;
};

/// The lines of a stretch, as places in the text.
std::vector<AnswerChange::Part> linesOf(const QString &text, qsizetype start, qsizetype length)
{
    std::vector<AnswerChange::Part> lines;
    const qsizetype end = start + length;
    while (start < end) {
        const qsizetype found = text.indexOf(u'\n', start);
        const qsizetype lineEnd = found < 0 ? end : std::min(found, end);
        lines.push_back({start, lineEnd - start});
        start = lineEnd + 1;
    }
    return lines;
}

} // namespace

void AnswerDiff::update(const QString &base, bool isBaseFinished, const QString &answer, bool isFinished)
{
    const int revisions = m_base.revision() + m_answer.revision();
    m_base.update(base, isBaseFinished);
    m_answer.update(answer, isFinished);
    if (m_base.revision() + m_answer.revision() != revisions)
        m_settled.clear();
    if (!updateJson())
        updateText();
}

bool AnswerDiff::updateJson()
{
    const auto base = readJson(m_base);
    const auto answer = base ? readJson(m_answer) : std::nullopt;
    if (!answer)
        return false;
    m_result = JsonComparer(*base, *answer, m_base.isFinished(), m_answer.isFinished()).run();
    return true;
}

void AnswerDiff::updateText()
{
    m_aligner.update(m_base, m_answer);
    const std::vector<TextHunk> &hunks = m_aligner.hunks();
    while (m_settled.size() < m_aligner.settledCount())
        m_settled.push_back(changeFrom(hunks[m_settled.size()]));
    m_result = {.changes = m_settled};
    for (std::size_t i = m_settled.size(); i < hunks.size(); ++i)
        m_result.changes.push_back(changeFrom(hunks[i]));
    qsizetype baseEnd = m_base.text().size();
    qsizetype end = m_answer.text().size();
    cutOpenEnd(m_result.changes, baseEnd, end);
    qsizetype differing = 0;
    for (const AnswerChange &change : m_result.changes) {
        m_result.count += change.kind == Kind::Space ? 0 : 1;
        differing += change.length + change.baseLength;
    }
    const qsizetype all = baseEnd + end;
    m_result.same = all == 0 ? 1 : 1 - static_cast<double>(differing) / static_cast<double>(all);
}

AnswerChange AnswerDiff::changeFrom(const TextHunk &hunk) const
{
    Kind kind = Kind::Changed;
    if (hunk.isSpace)
        kind = Kind::Space;
    else if (hunk.length == 0)
        kind = Kind::Removed;
    else if (hunk.baseLength == 0)
        kind = Kind::Added;
    AnswerChange change {.kind = kind,
        .start = hunk.start,
        .length = hunk.length,
        .baseStart = hunk.baseStart,
        .baseLength = hunk.baseLength};
    if (kind == Kind::Changed && isCode(hunk))
        change.parts = lineParts(hunk);
    return change;
}

bool AnswerDiff::isCode(const TextHunk &hunk) const
{
    const auto &tokens = m_answer.tokens();
    const auto found = std::partition_point(
        tokens.begin(), tokens.end(), [&hunk](const TextToken &token) { return token.end() <= hunk.start; });
    return found != tokens.end() && found->isLine && found->start < hunk.end();
}

std::vector<AnswerChange::Part> AnswerDiff::lineParts(const TextHunk &hunk) const
{
    constexpr qsizetype longestLine = 400;
    constexpr std::size_t mostLines = 40;
    const auto baseLines = linesOf(m_base.text(), hunk.baseStart, hunk.baseLength);
    const auto lines = linesOf(m_answer.text(), hunk.start, hunk.length);
    std::vector<AnswerChange::Part> parts;
    if (lines.size() != baseLines.size() || lines.size() > mostLines)
        return parts;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto [baseStart, baseLength] = baseLines[i];
        const auto [start, length] = lines[i];
        if (length > longestLine || baseLength > longestLine) {
            parts.push_back(lines[i]);
            continue;
        }
        for (const TextHunk &inner :
            alignTexts(m_base.text().mid(baseStart, baseLength), m_answer.text().mid(start, length)))
            parts.push_back({start + inner.start, inner.length});
    }
    return parts;
}

void AnswerDiff::cutOpenEnd(std::vector<AnswerChange> &changes, qsizetype &baseEnd, qsizetype &end) const
{
    if (changes.empty() || (m_base.isFinished() && m_answer.isFinished()))
        return;
    AnswerChange &last = changes.back();
    if (last.start + last.length != end || last.baseStart + last.baseLength != baseEnd)
        return;
    // Of what stands at the end, only as much is compared as both have.
    const qsizetype both = std::min(last.length, last.baseLength);
    const qsizetype length = m_base.isFinished() ? last.length : both;
    const qsizetype baseLength = m_answer.isFinished() ? last.baseLength : both;
    end -= last.length - length;
    baseEnd -= last.baseLength - baseLength;
    last.length = length;
    last.baseLength = baseLength;
    last.parts.clear();
    if (length + baseLength == 0)
        changes.pop_back();
    else if (last.kind != Kind::Space)
        last.kind = length == 0 ? Kind::Removed : baseLength == 0 ? Kind::Added : Kind::Changed;
}

} // namespace diptych
