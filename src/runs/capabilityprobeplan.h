// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "api/model.h"
#include "api/usage.h"

#include <variant>
#include <vector>

namespace diptych {

/// Asks for the model's information.
struct InfoCall {
    QString model {};
    bool operator==(const InfoCall &) const = default;
};
using ProbeCall = std::variant<InfoCall, ChatRequest, CompletionRequest, EmbeddingRequest, ImageEmbeddingRequest>;

/// One question about a model, asked with one or two tiny requests.
struct Probe {
    QString ability {}; ///< see Capabilities; unique in a plan
    QString question {}; ///< what is asked and how the answer is judged, for people
    /// The ability that the others of its kind rest on, "chat" for tools: where it is refused they are not asked.
    /// Empty: rests on nothing.
    QString base {};
    QString field {}; ///< the field of the common request that it is about, for the change log; may be empty
    std::vector<ProbeCall> calls {};
    qint64 promptTokens = 0; ///< of all its requests, estimated
    qint64 completionTokens = 0; ///< at most, of all its requests
    bool isSelected = true;
    bool operator==(const Probe &) const = default;
};
using ProbePlan = std::vector<Probe>;

/// The questions that make sense for a model of this type; all of them for Unknown. `model` may be empty on endpoints
/// that serve a single one.
[[nodiscard]] ProbePlan probePlan(const QString &model, ModelType type);

/// What the chosen probes take together.
struct ProbeTotals {
    int requests = 0;
    Usage usage {}; ///< estimated
    bool operator==(const ProbeTotals &) const = default;
};
[[nodiscard]] ProbeTotals totalsOf(const ProbePlan &plan);

/// Replaces max_tokens by max_completion_tokens, which is what reasoning models of OpenAI take.
void limitWithCompletionTokens(ProbePlan &plan);

} // namespace diptych
