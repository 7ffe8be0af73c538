// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/votedesk.h"

#include "models/blindround.h"
#include "models/conversation.h"
#include "store/sessionstore.h"
#include "store/votestore.h"

#include <algorithm>

namespace diptych {

namespace {

bool isJudgeable(const Answer &answer)
{
    const bool hasEnded = answer.state == Answer::State::Complete || answer.state == Answer::State::Stopped;
    return hasEnded && !answer.message.text().isEmpty();
}

Vote::Choice swapped(Vote::Choice choice)
{
    if (choice == Vote::Choice::First)
        return Vote::Choice::Second;
    return choice == Vote::Choice::Second ? Vote::Choice::First : choice;
}

} // namespace

VoteDesk::VoteDesk(Conversation &conversation, BlindRound &blind, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_blind(blind)
{
    connect(&m_conversation, &Conversation::sessionReplaced, this, &VoteDesk::load);
    connect(&m_conversation, &Conversation::branchShown, this, &VoteDesk::load);
    connect(&m_conversation, &Conversation::turnAdded, this, &VoteDesk::setTurn);
    connect(&m_conversation, &Conversation::turnChanged, this, &VoteDesk::update);
    connect(&m_conversation, &Conversation::answerStarted, this, &VoteDesk::update);
    connect(&m_conversation, &Conversation::answerFinished, this, &VoteDesk::update);
    connect(&m_conversation, &Conversation::paneAdded, this, &VoteDesk::update);
    connect(&m_conversation, &Conversation::paneRemoved, this, &VoteDesk::update);
    connect(&m_blind, &BlindRound::changed, this, &VoteDesk::update);
    load();
}

void VoteDesk::load()
{
    m_votes.clear();
    m_given.clear();
    m_panes.clear();
    if (SessionStore *store = m_conversation.store()) {
        if (Result<std::vector<Vote>> votes = store->votes().votes(m_conversation.session().id))
            m_votes = std::move(*votes);
        else
            Q_EMIT failed(votes.error());
    }
    setTurn(static_cast<int>(m_conversation.session().turns.size()) - 1);
}

void VoteDesk::setTurn(int turn)
{
    const int count = static_cast<int>(m_conversation.session().turns.size());
    m_turn = std::clamp(turn, std::min(0, count - 1), count - 1);
    m_current = -1;
    update();
}

void VoteDesk::setCurrent(int pair)
{
    if (pair < 0 || pair >= std::ssize(m_pairs) || pair == m_current)
        return;
    m_current = pair;
    Q_EMIT changed();
}

const Turn *VoteDesk::shownTurn() const
{
    const std::vector<Turn> &turns = m_conversation.session().turns;
    return m_turn >= 0 && m_turn < std::ssize(turns) ? &turns[static_cast<std::size_t>(m_turn)] : nullptr;
}

/// The vote on a pair among those that are not assigned yet; takes it from them.
std::optional<Vote> VoteDesk::voteOn(const Pair &pair, std::vector<Vote> &open) const
{
    const Turn *turn = shownTurn();
    const ModelRef first = answerOf(*turn, pair.first)->model;
    const ModelRef second = answerOf(*turn, pair.second)->model;
    for (auto candidate = open.begin(); candidate != open.end(); ++candidate) {
        const auto panes = m_panes.constFind(candidate->id);
        const bool isKnown = panes != m_panes.constEnd();
        // The same models may be in several panes; votes of earlier runs do not say in which.
        const bool isStraight = isKnown ? panes->first == pair.first && panes->second == pair.second
                                        : candidate->first == first && candidate->second == second;
        const bool isSwapped = isKnown ? panes->first == pair.second && panes->second == pair.first
                                       : candidate->first == second && candidate->second == first;
        if (!isStraight && !isSwapped)
            continue;
        Vote vote = *candidate;
        open.erase(candidate);
        if (!isStraight) {
            std::swap(vote.first, vote.second);
            std::swap(vote.firstLabel, vote.secondLabel);
            vote.choice = swapped(vote.choice);
        }
        return vote;
    }
    return {};
}

void VoteDesk::update()
{
    m_pairs.clear();
    m_isOneModel = false;
    QStringList panes;
    bool isComing = false;
    if (const Turn *turn = shownTurn()) {
        for (const QString &paneId : m_blind.order()) {
            const Answer *answer = answerOf(*turn, paneId);
            if (answer && isJudgeable(*answer))
                panes.append(paneId);
            isComing = isComing || (answer && answer->state == Answer::State::Streaming);
        }
        std::vector<Vote> open;
        std::copy_if(m_votes.begin(), m_votes.end(), std::back_inserter(open),
            [turn](const Vote &vote) { return vote.turnId == turn->id; });
        for (qsizetype first = 0; first < panes.size() && !isComing; ++first) {
            for (qsizetype second = first + 1; second < panes.size(); ++second) {
                if (answerOf(*turn, panes[first])->model == answerOf(*turn, panes[second])->model)
                    continue;
                Pair pair {.first = panes[first], .second = panes[second]};
                pair.vote = voteOn(pair, open);
                m_pairs.push_back(std::move(pair));
            }
        }
        m_isOneModel = m_pairs.empty() && panes.size() > 1 && !isComing;
    }
    const int count = static_cast<int>(m_pairs.size());
    if (m_current < 0 || m_current >= count) {
        const auto next =
            std::find_if(m_pairs.begin(), m_pairs.end(), [](const Pair &pair) { return !pair.vote.has_value(); });
        m_current = next != m_pairs.end() ? static_cast<int>(next - m_pairs.begin()) : count - 1;
    }
    Q_EMIT changed();
}

void VoteDesk::vote(Vote::Choice choice)
{
    const Turn *turn = shownTurn();
    if (!turn || m_current < 0)
        return;
    const Pair pair = m_pairs[static_cast<std::size_t>(m_current)];
    const Answer *first = answerOf(*turn, pair.first);
    const Answer *second = answerOf(*turn, pair.second);
    Vote vote {.id = --m_lastTemporaryId,
        .sessionId = m_conversation.session().id,
        .turnId = turn->id,
        .first = first->model,
        .second = second->model,
        .firstLabel = first->modelLabel,
        .secondLabel = second->modelLabel,
        .choice = choice,
        .isBlind = m_blind.isHidden(),
        .at = QDateTime::currentDateTimeUtc()};
    SessionStore *store = m_conversation.store();
    if (store && turn->id > 0) {
        const Result<qint64> id = store->votes().add(vote);
        if (!id) {
            Q_EMIT failed(id.error());
            return;
        }
        vote.id = *id;
    }
    if (pair.vote)
        takeBack(pair.vote->id);
    m_votes.push_back(vote);
    m_given.push_back(vote.id);
    m_panes.insert(vote.id, {pair.first, pair.second});
    m_current = -1; // the next one
    update();
    const bool isDone =
        std::all_of(m_pairs.begin(), m_pairs.end(), [](const Pair &judged) { return judged.vote.has_value(); });
    if (isDone)
        m_blind.reveal();
}

void VoteDesk::undo()
{
    if (m_given.empty())
        return;
    const qint64 id = m_given.back();
    const auto given = std::find_if(m_votes.begin(), m_votes.end(), [id](const Vote &vote) { return vote.id == id; });
    const qint64 turnId = given != m_votes.end() ? given->turnId : 0;
    takeBack(id);
    const int turn = shownIndex(m_conversation.session(), turnId);
    setTurn(turn >= 0 ? turn : m_turn);
}

void VoteDesk::takeBack(qint64 voteId)
{
    SessionStore *store = m_conversation.store();
    if (store && voteId > 0) {
        if (const Result<void> removed = store->votes().remove(voteId); !removed) {
            Q_EMIT failed(removed.error());
            return;
        }
    }
    std::erase_if(m_votes, [voteId](const Vote &vote) { return vote.id == voteId; });
    std::erase(m_given, voteId);
    m_panes.remove(voteId);
}

} // namespace diptych
