// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guidemodel.h"

#include "builtin/catalogue.h"

namespace diptych {

class GuideIndex
{
};

GuideModel::GuideModel() = default;
GuideModel::~GuideModel() = default;

Result<PlannedAnswer<ChatDelta>> GuideModel::answer(const ChatRequest &request, bool) const
{
    int step = 0;
    return PlannedAnswer<ChatDelta> {.next = [step, model = request.model]() mutable -> std::optional<ChatDelta> {
        if (++step > 2)
            return {};
        if (step == 1)
            return ChatDelta {.text = QStringLiteral("Hello."), .id = newResponseId(QLatin1String("chatcmpl-")), .model = model, .created = QDateTime::currentSecsSinceEpoch()};
        return ChatDelta {.finishReason = QStringLiteral("stop"), .usage = Usage {.promptTokens = 1, .completionTokens = 1, .totalTokens = 2}};
    }};
}

} // namespace diptych
