// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/babbler.h"

#include "builtin/catalogue.h"

namespace diptych {

class NgramModel
{
};

Babbler::Babbler() = default;
Babbler::~Babbler() = default;

Result<PlannedAnswer<CompletionDelta>> Babbler::complete(const CompletionRequest &request) const
{
    int step = 0;
    return PlannedAnswer<CompletionDelta> {.next = [step, model = request.model]() mutable -> std::optional<CompletionDelta> {
        if (++step > 2)
            return {};
        if (step == 1)
            return CompletionDelta {.text = QStringLiteral(" word"), .id = newResponseId(QLatin1String("cmpl-")), .model = model, .created = QDateTime::currentSecsSinceEpoch()};
        return CompletionDelta {.finishReason = QStringLiteral("stop"), .usage = Usage {.promptTokens = 1, .completionTokens = 1, .totalTokens = 2}};
    }};
}

} // namespace diptych
