// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "providers/common/encodingoptions.h"
#include "providers/openai/messageencoding.h"

#include <QStringList>

namespace diptych::openai {

// Parts of a request body, shared by OpenAI v1 and the Azure AI Model Inference API. Unset fields are not written.
void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages, const MessageDialect &dialect = {});
/// What both formats know: everything but `model`, `messages`, `stream` and the fields below.
void writeChatFields(BodyEncoder &encoder, const ChatRequest &request);
void writeCompletionFields(BodyEncoder &encoder, const CompletionRequest &request);
void writeStream(BodyEncoder &encoder, bool stream);

/// Fields that only OpenAI v1 knows; the names of those that were set.
QStringList writeOpenAiFields(BodyEncoder &encoder, const ChatRequest &request);
QStringList writeOpenAiFields(BodyEncoder &encoder, const CompletionRequest &request);

} // namespace diptych::openai
