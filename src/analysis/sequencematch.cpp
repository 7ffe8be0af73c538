// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/sequencematch.h"

#include <QtGlobal>

#include <algorithm>
#include <cstdlib>

namespace diptych {

namespace {

// An item that occurs more often than this in a stretch does not anchor it.
constexpr int mostOccurrences = 4;
// Differences that the greedy algorithm may take in one go; it keeps d + 1 numbers for each of them. Similar stretches
// are left to it altogether, others only when nothing rare is in common.
constexpr int fewDifferences = 64;
constexpr int mostDifferences = 128;
// Steps for each item, all stretches together.
constexpr qint64 stepsPerItem = 96;

struct Stretch {
    int aFrom = 0;
    int aTo = 0;
    int bFrom = 0;
    int bTo = 0;
    [[nodiscard]] int size() const { return aTo - aFrom + bTo - bFrom; }
};

class Matcher
{
public:
    Matcher(std::span<const int> a, std::span<const int> b, int idCount)
        : m_a(a)
        , m_b(b)
        , m_first(static_cast<std::size_t>(idCount), -1)
        , m_count(static_cast<std::size_t>(idCount), 0)
        , m_used(static_cast<std::size_t>(idCount), 0)
        , m_next(a.size(), -1)
        , m_stepsLeft(stepsPerItem * static_cast<qint64>(a.size() + b.size()) + 4096)
    {
    }

    std::vector<MatchRun> run()
    {
        m_stack.push_back({0, static_cast<int>(m_a.size()), 0, static_cast<int>(m_b.size())});
        while (!m_stack.empty()) {
            Stretch stretch = m_stack.back();
            m_stack.pop_back();
            trim(stretch);
            if (stretch.aFrom == stretch.aTo || stretch.bFrom == stretch.bTo || m_stepsLeft <= 0)
                continue;
            align(stretch);
        }
        return joined();
    }

private:
    [[nodiscard]] int a(int at) const { return m_a[static_cast<std::size_t>(at)]; }
    [[nodiscard]] int b(int at) const { return m_b[static_cast<std::size_t>(at)]; }

    void add(int aAt, int bAt, int length)
    {
        if (length > 0)
            m_runs.push_back({aAt, bAt, length});
    }

    void trim(Stretch &s)
    {
        int length = 0;
        while (s.aFrom + length < s.aTo && s.bFrom + length < s.bTo && a(s.aFrom + length) == b(s.bFrom + length))
            ++length;
        add(s.aFrom, s.bFrom, length);
        s.aFrom += length;
        s.bFrom += length;
        length = 0;
        while (s.aTo - length > s.aFrom && s.bTo - length > s.bFrom && a(s.aTo - length - 1) == b(s.bTo - length - 1))
            ++length;
        add(s.aTo - length, s.bTo - length, length);
        s.aTo -= length;
        s.bTo -= length;
    }

    void align(const Stretch &s)
    {
        m_stepsLeft -= s.size();
        const int shared = buildIndex(s);
        const bool isDone =
            shared == 0 || (s.size() - 2 * shared <= fewDifferences && greedy(s, fewDifferences, false));
        const MatchRun best = isDone ? MatchRun {} : rarestRun(s);
        clearIndex(s);
        if (best.length > 0) {
            add(best.a, best.b, best.length);
            m_stack.push_back({best.a + best.length, s.aTo, best.b + best.length, s.bTo});
            m_stack.push_back({s.aFrom, best.a, s.bFrom, best.b});
        } else if (!isDone) {
            greedy(s, mostDifferences, true);
        }
    }

    /// Notes where the items of a stretch of a are; returns how many items both sides have, in whatever order.
    int buildIndex(const Stretch &s)
    {
        for (int i = s.aTo - 1; i >= s.aFrom; --i) {
            const auto id = static_cast<std::size_t>(a(i));
            m_next[static_cast<std::size_t>(i)] = m_first[id];
            m_first[id] = i;
            ++m_count[id];
        }
        int shared = 0;
        for (int j = s.bFrom; j < s.bTo; ++j) {
            const auto id = static_cast<std::size_t>(b(j));
            shared += m_used[id]++ < m_count[id] ? 1 : 0;
        }
        for (int j = s.bFrom; j < s.bTo; ++j)
            m_used[static_cast<std::size_t>(b(j))] = 0;
        return shared;
    }

    void clearIndex(const Stretch &s)
    {
        for (int i = s.aFrom; i < s.aTo; ++i) {
            const auto id = static_cast<std::size_t>(a(i));
            m_first[id] = -1;
            m_count[id] = 0;
        }
    }

    /// The longest run among those with the rarest items; length 0 when there are no rare ones.
    MatchRun rarestRun(const Stretch &s)
    {
        MatchRun best;
        int rarest = mostOccurrences + 1;
        for (int j = s.bFrom; j < s.bTo;) {
            int next = j + 1;
            const auto id = static_cast<std::size_t>(b(j));
            if (m_count[id] == 0 || m_count[id] > rarest) {
                j = next;
                continue;
            }
            for (int i = m_first[id]; i >= 0; i = m_next[static_cast<std::size_t>(i)]) {
                const auto [run, count] = extend(s, i, j);
                const bool isLonger =
                    run.length > best.length || (run.length == best.length && slant(s, run) < slant(s, best));
                if (count < rarest || (count == rarest && isLonger)) {
                    best = run;
                    rarest = count;
                }
                next = std::max(next, run.b + run.length);
            }
            j = next;
        }
        return best;
    }

    /// How far a run is from standing at the same place in both. In texts that repeat themselves, many runs are equal.
    static int slant(const Stretch &s, const MatchRun &run) { return std::abs((run.a - s.aFrom) - (run.b - s.bFrom)); }

    /// The whole run that a pair of equal items is in, and how often its rarest item occurs.
    std::pair<MatchRun, int> extend(const Stretch &s, int i, int j)
    {
        MatchRun run {i, j, 1};
        int count = m_count[static_cast<std::size_t>(a(i))];
        while (run.a > s.aFrom && run.b > s.bFrom && a(run.a - 1) == b(run.b - 1)) {
            --run.a;
            --run.b;
            ++run.length;
            count = std::min(count, m_count[static_cast<std::size_t>(a(run.a))]);
        }
        while (run.a + run.length < s.aTo && run.b + run.length < s.bTo
            && a(run.a + run.length) == b(run.b + run.length)) {
            count = std::min(count, m_count[static_cast<std::size_t>(a(run.a + run.length))]);
            ++run.length;
        }
        m_stepsLeft -= run.length;
        return {run, count};
    }

    /// The shortest edit script; false when it takes too many edits. Then, if wanted, the path that came furthest is
    /// taken, and what is behind its end is looked at by itself. The ends of the furthest paths are kept for each
    /// number of edits, to walk back along them.
    bool greedy(const Stretch &s, int limit, bool takesPart)
    {
        const int n = s.aTo - s.aFrom;
        const int m = s.bTo - s.bFrom;
        const int most = std::min(n + m, limit);
        m_ends.clear();
        std::vector<int> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&reach, most](int k) -> int & { return reach[static_cast<std::size_t>(k + most + 1)]; };
        for (int d = 0; d <= most && m_stepsLeft > 0; ++d) {
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                int y = x - k;
                const int from = x;
                while (x < n && y < m && y >= 0 && a(s.aFrom + x) == b(s.bFrom + y)) {
                    ++x;
                    ++y;
                }
                m_stepsLeft -= 1 + x - from;
                at(k) = x;
                m_ends.push_back(x);
                if (x >= n && y >= m) {
                    walkBack(s, d, k);
                    return true;
                }
            }
            if (d == most && takesPart)
                takeFurthest(s, d);
        }
        return false;
    }

    void takeFurthest(const Stretch &s, int d)
    {
        int best = 0;
        int furthest = -1;
        for (int k = -d; k <= d; k += 2) {
            const int x = end(d, k);
            const int y = x - k;
            if (x + y > furthest && x <= s.aTo - s.aFrom && y <= s.bTo - s.bFrom) {
                furthest = x + y;
                best = k;
            }
        }
        if (furthest <= 0)
            return;
        walkBack(s, d, best);
        m_stack.push_back({s.aFrom + end(d, best), s.aTo, s.bFrom + end(d, best) - best, s.bTo});
    }

    /// End of the furthest path with `d` edits on the diagonal `k`, a number of items of a.
    [[nodiscard]] int end(int d, int k) const
    {
        return m_ends[static_cast<std::size_t>(d * (d + 1) / 2 + (k + d) / 2)];
    }

    void walkBack(const Stretch &s, int d, int k)
    {
        int x = end(d, k);
        for (; d > 0; --d) {
            const bool isDown = k == -d || (k != d && end(d - 1, k - 1) < end(d - 1, k + 1));
            const int before = isDown ? k + 1 : k - 1;
            const int start = end(d - 1, before) + (isDown ? 0 : 1);
            add(s.aFrom + start, s.bFrom + start - k, x - start);
            k = before;
            x = end(d - 1, k);
        }
        add(s.aFrom, s.bFrom, x);
    }

    std::vector<MatchRun> joined()
    {
        std::sort(m_runs.begin(), m_runs.end(), [](const MatchRun &x, const MatchRun &y) { return x.a < y.a; });
        std::vector<MatchRun> result;
        for (const MatchRun &run : m_runs) {
            if (!result.empty() && result.back().a + result.back().length == run.a
                && result.back().b + result.back().length == run.b)
                result.back().length += run.length;
            else
                result.push_back(run);
        }
        return result;
    }

    std::span<const int> m_a;
    std::span<const int> m_b;
    std::vector<int> m_first; // first place of an item in the stretch of a
    std::vector<int> m_count;
    std::vector<int> m_used; // by items of the stretch of b
    std::vector<int> m_next; // of the same item
    std::vector<int> m_ends; // see end()
    std::vector<Stretch> m_stack;
    std::vector<MatchRun> m_runs;
    qint64 m_stepsLeft;
};

} // namespace

std::vector<MatchRun> matchSequences(std::span<const int> a, std::span<const int> b, int idCount)
{
    return Matcher(a, b, idCount).run();
}

} // namespace diptych
