// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "api/reply.h"
#include "runs/capabilityprobeplan.h"

namespace diptych {

/// What came back for one call of a probe.
struct ProbeAnswer {
    std::variant<std::monostate, ModelInfo, ChatResponse, CompletionResponse, EmbeddingResponse> response {};
    int pieces = 0; ///< deltas with text or reasoning in them
    ChangeLog changeLog {};
    QString route {}; ///< "GET /info"
};

/// What is concluded for one ability; without time.
struct ProbeFinding {
    QString ability {};
    CapabilityState state {};
    bool operator==(const ProbeFinding &) const = default;
};

/// Judges answers that all succeeded, one per call of the probe. The first finding is about the probe's own ability.
/// Strict: Supported needs proof in the answer, and what the adapter left out is Refused.
[[nodiscard]] std::vector<ProbeFinding> judge(const Probe &probe, const std::vector<ProbeAnswer> &answers);
/// Judges the error of a call. `isBaseProven`: the same request without what is asked about was answered, so that a
/// plain 400 or 422 is about nothing else.
[[nodiscard]] ProbeFinding judge(const Probe &probe, const Error &error, bool isBaseProven);

} // namespace diptych
