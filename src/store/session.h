// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/metrics.h"
#include "api/model.h"
#include "api/requestsettings.h"
#include "core/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace diptych {

/// One model's answer to one turn.
struct Answer {
    enum class State {
        Streaming, ///< under way; found like this when a database is opened, it was interrupted
        Complete,
        Stopped, ///< by the user; the text is what had arrived
        Failed, ///< `error` says why; the text is what had arrived
        Interrupted, ///< the program ended in mid-stream
        AwaitingTools, ///< the model called tools whose results are still missing
    };
    qint64 id = 0; ///< set by the store
    QString paneId {};
    ModelRef model {};
    QString modelLabel {}; ///< "guide — Built-in": for people, also when the endpoint is gone
    State state = State::Streaming;
    Message message {.role = Role::Assistant};
    QString finishReason {};
    std::optional<Error> error {};
    AnswerMetrics metrics {};
    std::vector<Message> toolRounds {}; ///< calls of tools and their results that led to `message`, oldest first
    std::vector<TokenLogprob> logprobs {}; ///< of the text that this request brought; empty: the model gave none
    /// Characters at the beginning of the text that the model was given and asked to continue.
    qsizetype givenLength = 0;
    int repeat = 1; ///< 1…n within a series that asks the same pane the same; only the first takes part in the history
    int startOrder = 0; ///< place in the order in which the panes of a turn were started, from 1; 0: not recorded
    bool operator==(const Answer &) const = default;
};

/// One prompt and the answers to it. A pane that is asked again gets a further answer with the same paneId; the last
/// one counts. Turns form a tree: a prompt that is edited is a sibling of the old one.
struct Turn {
    qint64 id = 0; ///< set by the store, grows with time; negative: not stored
    qint64 parentId = 0; ///< the turn before; 0: the conversation begins with it
    /// The answer with which all panes go on after this turn; 0: each with its own.
    qint64 adoptedAnswerId = 0;
    QDateTime at {};
    Message prompt {};
    std::vector<Answer> answers {};
    bool operator==(const Turn &) const = default;
};

/// One column of a comparison.
struct PaneState {
    QString id {}; ///< unique in its session
    ModelRef model {};
    bool isSynced = true; ///< takes part when the common composer sends
    RequestSettings overrides {};
    std::optional<QString> systemPrompt {}; ///< in place of the session's; set and empty: none is sent
    bool operator==(const PaneState &) const = default;
};

/// One judgement between two answers to a turn.
struct Vote {
    enum class Choice { First, Second, Tie, BothBad };
    qint64 id = 0; ///< set by the store
    QString sessionId {};
    qint64 turnId = 0;
    ModelRef first {};
    ModelRef second {};
    QString firstLabel {}; ///< for people, also when the endpoint is gone
    QString secondLabel {};
    Choice choice = Choice::Tie;
    bool isBlind = false; ///< the names were hidden
    QDateTime at {};
    bool operator==(const Vote &) const = default;
};

/// How an answer arrived, to be played again.
struct Recording {
    struct Step {
        std::chrono::microseconds at {0}; ///< since the request was handed over
        int text = 0; ///< UTF-16 units of the text that had arrived, without what the model was given
        int reasoning = 0; ///< of the reasoning
        bool operator==(const Step &) const = default;
    };
    std::vector<Step> steps {}; ///< in order
    Exchange exchange {}; ///< of the last request; without secrets
    bool operator==(const Recording &) const = default;
};

/// A saved conversation or comparison.
struct Session {
    QString id {};
    QString title {};
    QDateTime createdAt {};
    QDateTime updatedAt {};
    QString systemPrompt {};
    RequestSettings settings {};
    QString folder {}; ///< where the list shows it; empty: at the top. Folders in folders are separated by "/"
    bool isPinned = false;
    QDateTime trashedAt {}; ///< invalid: not in the trash
    QJsonObject variables {}; ///< values of {{variables}} of its prompts
    QJsonObject view {}; ///< how the window shows it: layout, sizes, overlay
    std::vector<PaneState> panes {};
    std::vector<Turn> turns {}; ///< the branch that is shown, oldest first; may be only its last ones
    std::vector<Turn> otherTurns {}; ///< turns of other branches, oldest first
    int earlierTurns = 0; ///< turns in the store that are older than turns.front()
    bool operator==(const Session &) const = default;
};

/// One line of the session list.
struct SessionSummary {
    QString id {};
    QString title {};
    QDateTime updatedAt {};
    QString folder {};
    bool isPinned = false;
    QDateTime trashedAt {}; ///< invalid: not in the trash
    int turnCount = 0;
    int paneCount = 0;
    int branchCount = 0; ///< 1: the conversation never forked
    bool operator==(const SessionSummary &) const = default;
};

} // namespace diptych
