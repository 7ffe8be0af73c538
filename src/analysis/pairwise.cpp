// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/pairwise.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace diptych {

namespace {

constexpr double phantomJudgements = 1;
constexpr int mostIterations = 10'000;
constexpr double accuracy = 1e-9; // of the logarithm
constexpr unsigned bootstrapSeed = 20250701; // any fixed number: the same votes show the same interval

/// Judgements as sums: what the iteration needs.
struct Tally {
    explicit Tally(int items)
        : size(static_cast<std::size_t>(items))
        , wins(size)
        , meetings(size * size)
    {
    }

    void add(const PairJudgement &judgement)
    {
        const auto first = static_cast<std::size_t>(judgement.first);
        const auto second = static_cast<std::size_t>(judgement.second);
        if (first == second || first >= size || second >= size)
            return;
        wins[first] += judgement.score;
        wins[second] += 1 - judgement.score;
        meetings[first * size + second] += 1;
        meetings[second * size + first] += 1;
    }
    void add(const Tally &other)
    {
        for (std::size_t i = 0; i < wins.size(); ++i)
            wins[i] += other.wins[i];
        for (std::size_t i = 0; i < meetings.size(); ++i)
            meetings[i] += other.meetings[i];
    }

    std::size_t size;
    std::vector<double> wins; // a tie is half of one
    std::vector<double> meetings; // size × size
};

std::vector<double> solve(const Tally &tally)
{
    std::vector<double> strength(tally.size, 1.0);
    for (int round = 0; round < mostIterations; ++round) {
        double change = 0;
        for (std::size_t i = 0; i < tally.size; ++i) {
            double expected = phantomJudgements / (strength[i] + 1);
            for (std::size_t j = 0; j < tally.size; ++j)
                expected += tally.meetings[i * tally.size + j] / (strength[i] + strength[j]);
            const double next = (tally.wins[i] + phantomJudgements / 2) / expected;
            change = std::max(change, std::abs(std::log(next / strength[i])));
            strength[i] = next;
        }
        if (change < accuracy)
            break;
    }
    for (double &value : strength)
        value = std::log(value);
    return strength;
}

Interval middle95(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (values[above] - values[below]) * (place - static_cast<double>(below));
    };
    return {.low = at(0.025), .high = at(0.975)};
}

} // namespace

std::vector<double> bradleyTerry(std::span<const PairJudgement> judgements, int items)
{
    Tally tally(std::max(items, 0));
    for (const PairJudgement &judgement : judgements)
        tally.add(judgement);
    return solve(tally);
}

std::vector<Strength> strengths(
    std::span<const PairJudgement> judgements, int items, int resamples, const std::stop_token &stop)
{
    std::map<int, Tally> groups;
    std::vector<Strength> result(static_cast<std::size_t>(std::max(items, 0)));
    for (const PairJudgement &judgement : judgements) {
        groups.try_emplace(judgement.group, items).first->second.add(judgement);
        for (const int item : {judgement.first, judgement.second}) {
            if (item >= 0 && item < items)
                ++result[static_cast<std::size_t>(item)].judgements;
        }
    }
    const std::vector<double> values = bradleyTerry(judgements, items);
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i].value = values[i];
    if (groups.size() < 2 || resamples < 2)
        return result;

    std::vector<const Tally *> tallies;
    for (const auto &[group, tally] : groups)
        tallies.push_back(&tally);
    std::vector<std::vector<double>> drawn(result.size());
    std::mt19937_64 random(bootstrapSeed);
    for (int sample = 0; sample < resamples; ++sample) {
        if (stop.stop_requested())
            return {};
        Tally sum(items);
        for (std::size_t draw = 0; draw < tallies.size(); ++draw)
            sum.add(*tallies[random() % tallies.size()]);
        const std::vector<double> solved = solve(sum);
        for (std::size_t i = 0; i < solved.size(); ++i)
            drawn[i].push_back(solved[i]);
    }
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i].interval = middle95(std::move(drawn[i]));
    return result;
}

} // namespace diptych
