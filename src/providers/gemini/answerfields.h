// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "providers/common/jsonreader.h"

namespace diptych::gemini {

/// `usageMetadata`; unset when absent. Completion tokens are those of the candidates and of the thoughts together.
[[nodiscard]] std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object root);

/// `logprobsResult` of a candidate.
[[nodiscard]] std::vector<TokenLogprob> readLogprobs(JsonReader &reader, JsonReader::Object candidate);

/// Error::Kind::ContentFilter when `promptFeedback` says that the prompt was blocked.
[[nodiscard]] std::optional<Error> readPromptBlock(JsonReader &reader, JsonReader::Object root);

/// What can be shown of a part that is neither text nor a function call: code that was run, its result, or a note that
/// there are bytes.
[[nodiscard]] QString textOfOtherPart(JsonReader &reader, JsonReader::Object part);

/// The common word for a finish reason; calls of functions end in STOP here. Unknown ones in small letters.
[[nodiscard]] QString finishReasonOf(const QString &reason, bool hasCalls);
/// The model tried to call a function and failed.
[[nodiscard]] bool isFailedCall(const QString &reason);

} // namespace diptych::gemini
