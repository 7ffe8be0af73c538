// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/wordrelations.h"

#include <QHash>

#include <algorithm>

namespace diptych {

namespace {

/// Everything above some meanings, nearest first, with the way back down.
class Ancestry
{
public:
    Ancestry(const Dictionary &dictionary, const WordSense &start)
    {
        m_below.insert(start.number, -1);
        m_order.push_back(start);
        for (std::size_t i = 0; i < m_order.size() && m_order.size() < most; ++i) {
            const WordSense sense = m_order[i];
            for (const int above : sense.kindOf) {
                if (m_below.contains(above))
                    continue;
                m_below.insert(above, sense.number);
                m_order.push_back(dictionary.sense(above));
            }
        }
    }

    [[nodiscard]] bool contains(int number) const { return m_below.contains(number); }
    [[nodiscard]] std::size_t shared(const Ancestry &other) const
    {
        return static_cast<std::size_t>(std::count_if(
            m_order.begin(), m_order.end(), [&](const WordSense &sense) { return other.contains(sense.number); }));
    }

    [[nodiscard]] std::vector<WordSense> chainTo(int number) const
    {
        std::vector<WordSense> chain;
        for (int at = number; at >= 0; at = m_below.value(at, -1))
            chain.push_back(numbered(at));
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    [[nodiscard]] const WordSense &start() const { return m_order.front(); }

    /// The first few steps up.
    [[nodiscard]] std::vector<WordSense> firstSteps(std::size_t count) const
    {
        std::vector<WordSense> chain {m_order.front()};
        while (chain.size() <= count && !chain.back().kindOf.empty())
            chain.push_back(numbered(chain.back().kindOf.front()));
        return chain;
    }

private:
    [[nodiscard]] WordSense numbered(int number) const
    {
        const auto found = std::find_if(
            m_order.begin(), m_order.end(), [&](const WordSense &sense) { return sense.number == number; });
        return found == m_order.end() ? WordSense {} : *found;
    }

    static constexpr std::size_t most = 200; // nothing has more; bounds damaged data
    QHash<int, int> m_below; // number → the one it was reached from
    std::vector<WordSense> m_order;
};

std::vector<Ancestry> nounAncestries(const Dictionary &dictionary, const std::vector<WordSense> &senses)
{
    std::vector<Ancestry> result;
    for (const WordSense &sense : senses) {
        if (sense.part == WordSense::Part::Noun && sense.number >= 0)
            result.emplace_back(dictionary, sense);
    }
    return result;
}

std::optional<std::vector<WordSense>> shortestChain(
    const std::vector<Ancestry> &from, const std::vector<WordSense> &targets)
{
    std::optional<std::vector<WordSense>> best;
    for (const Ancestry &ancestry : from) {
        for (const WordSense &target : targets) {
            if (!ancestry.contains(target.number))
                continue;
            auto chain = ancestry.chainTo(target.number);
            if (!best || chain.size() < best->size())
                best = std::move(chain);
        }
    }
    return best;
}

} // namespace

std::optional<Kinship> kinshipOf(
    const Dictionary &dictionary, const std::vector<WordSense> &senses, const std::vector<int> &others)
{
    const std::vector<WordSense> otherSenses = dictionary.senses(others);
    const std::vector<Ancestry> own = nounAncestries(dictionary, senses);
    const std::vector<Ancestry> theirs = nounAncestries(dictionary, otherSenses);
    if (own.empty() || theirs.empty())
        return {};
    if (auto chain = shortestChain(own, otherSenses)) {
        Kinship kinship {.kind = Kinship::Kind::Below, .chain = std::move(*chain)};
        const auto apart = std::find_if(own.begin(), own.end(), [&](const Ancestry &ancestry) {
            return std::none_of(otherSenses.begin(), otherSenses.end(),
                [&](const WordSense &other) { return ancestry.contains(other.number); });
        });
        if (apart != own.end())
            kinship.otherwise = apart->start();
        return kinship;
    }
    if (auto chain = shortestChain(theirs, senses))
        return Kinship {.kind = Kinship::Kind::Above, .chain = std::move(*chain)};
    // Of "whale" in "Is a whale a fish?" the animal is meant, not the person.
    const auto inCommon = [&](const Ancestry &ancestry) {
        std::size_t most = 0;
        for (const Ancestry &other : theirs)
            most = std::max(most, ancestry.shared(other));
        return most;
    };
    const auto nearest = std::max_element(
        own.begin(), own.end(), [&](const Ancestry &a, const Ancestry &b) { return inCommon(a) < inCommon(b); });
    return Kinship {.kind = Kinship::Kind::Apart, .chain = nearest->firstSteps(3)};
}

} // namespace diptych
