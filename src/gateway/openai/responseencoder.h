// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/model.h"

#include <QJsonArray>
#include <QJsonObject>

namespace diptych {

// Values to JSON as both surfaces spell it. Pure.
// Source: Azure AI Model Inference API 1.6, 1.9; OpenAI v1.

[[nodiscard]] QJsonObject encodeChatResponse(const ChatResponse &response);
[[nodiscard]] QJsonObject encodeCompletionResponse(const CompletionResponse &response);
/// `estimated` marks counts that the model did not give.
[[nodiscard]] QJsonObject encodeUsage(const Usage &usage);
[[nodiscard]] QJsonObject encodeToolCall(const ToolCall &call);
/// `logprobs` of a chat choice: {content: […]}; null when there are none.
[[nodiscard]] QJsonValue encodeChatLogprobs(const std::vector<TokenLogprob> &tokens);
/// `logprobs` of a completion choice; `offset` is the position of the first token in the text, in characters, and is
/// moved behind the last.
[[nodiscard]] QJsonValue encodeCompletionLogprobs(const std::vector<TokenLogprob> &tokens, qsizetype &offset);
[[nodiscard]] QJsonObject encodeModelInfo(const ModelInfo &info);
[[nodiscard]] QJsonObject encodeModel(const ModelDescription &model);
[[nodiscard]] QJsonObject encodeModelList(const std::vector<ModelDescription> &models);

/// "chatcmpl-…" for answers whose provider gave no id.
[[nodiscard]] QString makeResponseId(QLatin1String prefix);

} // namespace diptych
