// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/metrics.h"
#include "api/model.h"
#include "api/requestsettings.h"
#include "core/result.h"

#include <QDateTime>
#include <QString>

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
    bool operator==(const Answer &) const = default;
};

/// One prompt and the answers to it. A pane that is asked again gets a further answer with the same paneId; the last
/// one counts.
struct Turn {
    qint64 id = 0; ///< set by the store; grows with time
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
    bool operator==(const PaneState &) const = default;
};

/// A saved conversation or comparison.
struct Session {
    QString id {};
    QString title {};
    QDateTime createdAt {};
    QDateTime updatedAt {};
    QString systemPrompt {};
    RequestSettings settings {};
    std::vector<PaneState> panes {};
    std::vector<Turn> turns {}; ///< oldest first; may be only the last ones, see `earlierTurns`
    int earlierTurns = 0; ///< turns in the store that are older than turns.front()
    bool operator==(const Session &) const = default;
};

/// One line of the session list.
struct SessionSummary {
    QString id {};
    QString title {};
    QDateTime updatedAt {};
    int turnCount = 0;
    int paneCount = 0;
    bool operator==(const SessionSummary &) const = default;
};

} // namespace diptych
