// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

namespace diptych {

/// Text to be continued. Unset is not sent.
/// Source: POST /completions (Azure 2024-04-01-preview docs, OpenAI v1).
struct CompletionRequest {
    QString model {};
    QString prompt {};
    SamplingParameters sampling {};
    std::optional<QString> suffix {}; ///< text after the gap
    std::optional<bool> echo {}; ///< the prompt comes back in front of the answer
    std::optional<int> bestOf {};
    std::optional<int> logprobs {}; ///< alternatives per token, 0–5
    bool stream = true;
    QJsonObject extras {};
    std::optional<ExtrasMode> extrasMode {};
    bool operator==(const CompletionRequest &) const = default;
};

struct CompletionChoice {
    int index = 0;
    QString text {};
    QString finishReason {};
    std::vector<TokenLogprob> logprobs {};
    bool operator==(const CompletionChoice &) const = default;
};

struct CompletionResponse {
    QString id {};
    QString model {};
    qint64 created = 0;
    std::vector<CompletionChoice> choices {}; ///< sorted by index
    std::optional<Usage> usage {};
    bool operator==(const CompletionResponse &) const = default;

    [[nodiscard]] QString text() const;
};

/// A piece of a completion, for one choice.
struct CompletionDelta {
    int choice = 0; ///< -1: nothing for a choice
    QString text {};
    QString finishReason {};
    std::vector<TokenLogprob> logprobs {};
    std::optional<Usage> usage {};
    QString id {};
    QString model {};
    qint64 created = 0;
    bool operator==(const CompletionDelta &) const = default;
};

void append(CompletionResponse &response, const CompletionDelta &delta);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::CompletionRequest)
Q_DECLARE_METATYPE(diptych::CompletionDelta)
