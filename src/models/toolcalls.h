// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <optional>
#include <vector>

namespace diptych {

/// One call of a tool in a session, as it stands in the answers.
struct ToolCallEntry {
    qint64 turnId = 0;
    qint64 answerId = 0;
    QString paneId {};
    int turn = 0; ///< index into Session::turns
    int round = 1; ///< of the answer
    int order = 1; ///< within the round
    ToolCall call {};
    std::optional<QString> result {};
    bool operator==(const ToolCallEntry &) const = default;
};

/// The calls of the answers that count, in the order of turns, panes, rounds.
[[nodiscard]] std::vector<ToolCallEntry> toolCalls(const Session &session);
/// How many rounds of calls and results an answer has had.
[[nodiscard]] int toolRoundCount(const Answer &answer);
/// The answer of a pane that waits for results of tools; null when there is none.
[[nodiscard]] const Answer *awaitingAnswer(const Session &session, const QString &paneId, int *turn = nullptr);

/// What the same call got before, anywhere in the session: the latest result. `turnId`: only in answers to this turn.
[[nodiscard]] std::optional<QString> earlierResult(
    const Session &session, const ToolCall &call, std::optional<qint64> turnId = {});

/// What is wrong with a call by the tools that were offered, for people; empty: nothing.
[[nodiscard]] QString toolCallFault(const ToolCall &call, const std::vector<Tool> &tools);

} // namespace diptych
