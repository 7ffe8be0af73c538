// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/completion.h"

#include "api/responsefields.h"

#include <algorithm>

namespace diptych {

QString CompletionResponse::text() const
{
    return choices.empty() ? QString() : choices.front().text;
}

void append(CompletionResponse &response, const CompletionDelta &delta)
{
    takeResponseFields(response, delta);
    if (delta.choice < 0)
        return;
    auto position = std::lower_bound(response.choices.begin(), response.choices.end(), delta.choice,
        [](const CompletionChoice &choice, int wanted) { return choice.index < wanted; });
    if (position == response.choices.end() || position->index != delta.choice) {
        CompletionChoice fresh;
        fresh.index = delta.choice;
        position = response.choices.insert(position, std::move(fresh));
    }
    position->text += delta.text;
    if (!delta.finishReason.isEmpty())
        position->finishReason = delta.finishReason;
    position->logprobs.insert(position->logprobs.end(), delta.logprobs.begin(), delta.logprobs.end());
}

} // namespace diptych
