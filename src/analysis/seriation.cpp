// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/seriation.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace diptych {

namespace {

/// Clusters under construction; a merged cluster lives on under the lower of the two numbers.
class Clusters
{
public:
    explicit Clusters(const SquareMatrix &similarity)
        : m_items(similarity)
        , m_linkage(similarity.values)
        , m_leaves(static_cast<std::size_t>(similarity.size))
    {
        for (std::size_t i = 0; i < m_leaves.size(); ++i)
            m_leaves[i] = {static_cast<int>(i)};
    }

    [[nodiscard]] bool isAlive(std::size_t cluster) const { return !m_leaves[cluster].empty(); }
    [[nodiscard]] std::size_t count() const { return m_leaves.size(); }
    [[nodiscard]] const std::vector<int> &leaves(std::size_t cluster) const { return m_leaves[cluster]; }

    /// The most similar other cluster; `preferred` wins a tie, which is what ends a chain.
    [[nodiscard]] std::size_t nearestTo(std::size_t cluster, std::size_t preferred) const
    {
        std::size_t best = preferred;
        float bestLinkage = preferred < count() ? linkage(cluster, preferred) : -std::numeric_limits<float>::infinity();
        for (std::size_t other = 0; other < count(); ++other) {
            if (other == cluster || !isAlive(other))
                continue;
            if (best >= count() || linkage(cluster, other) > bestLinkage) {
                best = other;
                bestLinkage = linkage(cluster, other);
            }
        }
        return best;
    }

    std::size_t merge(std::size_t first, std::size_t second)
    {
        if (second < first)
            std::swap(first, second);
        const auto firstSize = static_cast<float>(m_leaves[first].size());
        const auto secondSize = static_cast<float>(m_leaves[second].size());
        for (std::size_t other = 0; other < count(); ++other) {
            const auto [low, high] = std::minmax({linkage(first, other), linkage(second, other)});
            // Rounding must not lift the mean above both: the chains would then run in circles.
            const float mean = std::clamp(
                (firstSize * linkage(first, other) + secondSize * linkage(second, other)) / (firstSize + secondSize),
                low, high);
            m_linkage[first * count() + other] = m_linkage[other * count() + first] = mean;
        }
        join(m_leaves[first], m_leaves[second]);
        m_leaves[second].clear();
        return first;
    }

private:
    [[nodiscard]] float linkage(std::size_t left, std::size_t right) const { return m_linkage[left * count() + right]; }

    void join(std::vector<int> &left, std::vector<int> &right) const
    {
        const std::array meetings {
            m_items.at(left.back(), right.front()),
            m_items.at(left.back(), right.back()),
            m_items.at(left.front(), right.front()),
            m_items.at(left.front(), right.back()),
        };
        const auto best = std::max_element(meetings.begin(), meetings.end()) - meetings.begin();
        if (best >= 2)
            std::reverse(left.begin(), left.end());
        if (best % 2 == 1)
            std::reverse(right.begin(), right.end());
        left.insert(left.end(), right.begin(), right.end());
    }

    const SquareMatrix &m_items;
    std::vector<float> m_linkage;
    std::vector<std::vector<int>> m_leaves;
};

} // namespace

std::vector<int> seriationOrder(const SquareMatrix &similarity, const std::stop_token &stop)
{
    std::vector<int> order(static_cast<std::size_t>(std::max(similarity.size, 0)));
    std::iota(order.begin(), order.end(), 0);
    if (order.size() < 3
        || std::any_of(similarity.values.begin(), similarity.values.end(), [](float v) { return v != v; }))
        return order;
    Clusters clusters(similarity);
    std::vector<std::size_t> chain;
    for (std::size_t remaining = order.size(); remaining > 1;) {
        if (stop.stop_requested())
            return order;
        if (chain.empty()) {
            std::size_t start = 0;
            while (!clusters.isAlive(start))
                ++start;
            chain.push_back(start);
        }
        const std::size_t before = chain.size() > 1 ? chain[chain.size() - 2] : clusters.count();
        const std::size_t next = clusters.nearestTo(chain.back(), before);
        if (next != before) {
            chain.push_back(next);
            continue;
        }
        clusters.merge(chain.back(), before);
        chain.resize(chain.size() - 2);
        --remaining;
    }
    return clusters.leaves(0);
}

} // namespace diptych
