// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "providers/common/jsonreader.h"

namespace diptych::cohere {

/// Our name of a `finish_reason`; those that are unknown stay as they are.
[[nodiscard]] QString finishReasonOf(const QString &reason);
/// The error that an answer ended in, by its `finish_reason` and `error`; unset when it ended well.
[[nodiscard]] std::optional<Error> failureOf(const QString &reason, const QString &message);
/// `usage` of a parent: the real tokens, or those that are billed where there are no others.
[[nodiscard]] std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object parent);
/// `logprobs` of a parent, an object or a list of them: a piece of text with the ids and probabilities of its tokens. A
/// piece of several tokens becomes one token with the probability of the whole piece. `text`: of a piece that has none.
[[nodiscard]] std::vector<TokenLogprob> readLogprobs(
    JsonReader &reader, JsonReader::Object parent, const QString &text = {});

} // namespace diptych::cohere
