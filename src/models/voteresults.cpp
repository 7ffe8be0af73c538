// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/voteresults.h"

#include "models/metricstable.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr qint64 tooMany = 10'000; // more votes than anybody gives

QString translated(const char *text, const char *note = nullptr, int count = -1)
{
    return QCoreApplication::translate("diptych::VoteResults", text, note, count);
}

/// Numbers models in the order in which they turn up.
class Numbering
{
public:
    int numberOf(const ModelRef &model, const QString &label)
    {
        const auto found = std::find_if(ratings.begin(), ratings.end(),
            [&model](const VoteResults::Rating &known) { return known.model == model; });
        if (found != ratings.end()) {
            found->label = label; // the newest name
            return static_cast<int>(found - ratings.begin());
        }
        ratings.push_back({.model = model, .label = label});
        return static_cast<int>(ratings.size()) - 1;
    }
    std::vector<VoteResults::Rating> ratings {};
};

void count(VoteResults::Pair &pair, Vote::Choice choice, bool isSwapped)
{
    switch (choice) {
    case Vote::Choice::First:
        ++(isSwapped ? pair.secondWins : pair.firstWins);
        return;
    case Vote::Choice::Second:
        ++(isSwapped ? pair.firstWins : pair.secondWins);
        return;
    case Vote::Choice::Tie:
        ++pair.ties;
        return;
    case Vote::Choice::BothBad:
        ++pair.bothBad;
    }
}

VoteResults::Pair &pairOf(std::vector<VoteResults::Pair> &pairs, const Vote &vote, bool &isSwapped)
{
    for (VoteResults::Pair &pair : pairs) {
        isSwapped = pair.first == vote.second && pair.second == vote.first;
        if (isSwapped || (pair.first == vote.first && pair.second == vote.second))
            return pair;
    }
    isSwapped = false;
    pairs.push_back({.first = vote.first, .second = vote.second});
    return pairs.back();
}

void judge(VoteResults::Pair &pair)
{
    pair.interval = wilsonInterval(pair.firstWins, pair.decided());
    pair.isDecisive = pair.decided() > 0 && (pair.interval.low > 0.5 || pair.interval.high < 0.5);
    const auto needed = trialsToDecide(pair.firstWins, pair.decided());
    if (pair.isDecisive || !needed)
        return;
    const double votesForOne = static_cast<double>(pair.votes()) / pair.decided();
    pair.missing = std::llround(std::ceil((*needed - pair.decided()) * votesForOne));
}

double scoreOf(Vote::Choice choice)
{
    if (choice == Vote::Choice::First)
        return 1;
    return choice == Vote::Choice::Second ? 0 : 0.5;
}

} // namespace

std::optional<double> VoteResults::Pair::share() const
{
    if (decided() == 0)
        return {};
    return static_cast<double>(firstWins) / decided();
}

VoteResults resultsOf(const std::vector<Vote> &votes, const std::stop_token &stop)
{
    VoteResults results;
    Numbering models;
    QHash<QString, int> sessions;
    std::vector<PairJudgement> judgements;
    for (const Vote &vote : votes) {
        if (vote.first == vote.second)
            continue;
        const auto session = sessions.constFind(vote.sessionId);
        const int group = session != sessions.constEnd() ? *session : static_cast<int>(sessions.size());
        sessions.insert(vote.sessionId, group);
        judgements.push_back({.first = models.numberOf(vote.first, vote.firstLabel),
            .second = models.numberOf(vote.second, vote.secondLabel),
            .score = scoreOf(vote.choice),
            .group = group});
        bool isSwapped = false;
        count(pairOf(results.pairs, vote, isSwapped), vote.choice, isSwapped);
    }
    results.votes = static_cast<int>(judgements.size());
    results.sessions = static_cast<int>(sessions.size());
    std::vector<VoteResults::Rating> ratings = std::move(models.ratings);
    const std::vector<Strength> all = strengths(judgements, static_cast<int>(ratings.size()), 1000, stop);
    for (VoteResults::Pair &pair : results.pairs) {
        for (const VoteResults::Rating &rating : ratings) {
            if (rating.model == pair.first)
                pair.firstLabel = rating.label;
            if (rating.model == pair.second)
                pair.secondLabel = rating.label;
        }
        judge(pair);
    }
    std::stable_sort(results.pairs.begin(), results.pairs.end(),
        [](const VoteResults::Pair &left, const VoteResults::Pair &right) { return left.votes() > right.votes(); });
    if (all.size() != ratings.size())
        return results;
    for (std::size_t i = 0; i < all.size(); ++i)
        ratings[i].strength = all[i];
    std::stable_sort(
        ratings.begin(), ratings.end(), [](const VoteResults::Rating &left, const VoteResults::Rating &right) {
            return left.strength.value > right.strength.value;
        });
    results.ratings = std::move(ratings);
    return results;
}

QString verdictOf(const VoteResults::Pair &pair)
{
    if (pair.isDecisive) {
        return translated("%1 is preferred").arg(pair.firstWins > pair.secondWins ? pair.firstLabel : pair.secondLabel);
    }
    if (pair.decided() == 0)
        return translated("not decisive: nobody was preferred yet");
    if (!pair.missing)
        return translated("not decisive: even so far");
    if (*pair.missing > tooMany)
        return translated("not decisive, and next to even: more than %1 further votes")
            .arg(QLocale().toString(tooMany));
    return translated("not decisive, about %n more vote(s) if it goes on like this", nullptr, int(*pair.missing));
}

QString toCsv(const VoteResults &results)
{
    QString csv = QStringLiteral(
        "first,second,first_preferred,second_preferred,ties,both_bad,share_of_first,low_95,high_95,decisive\r\n");
    for (const VoteResults::Pair &pair : results.pairs) {
        const auto share = pair.share();
        csv += QStringList {csvField(pair.firstLabel), csvField(pair.secondLabel), QString::number(pair.firstWins),
                   QString::number(pair.secondWins), QString::number(pair.ties), QString::number(pair.bothBad),
                   share ? QString::number(*share, 'f', 4) : QString(), QString::number(pair.interval.low, 'f', 4),
                   QString::number(pair.interval.high, 'f', 4),
                   pair.isDecisive ? QStringLiteral("yes") : QStringLiteral("no")}
                   .join(u',')
            + QStringLiteral("\r\n");
    }
    return csv;
}

} // namespace diptych
