// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/textlength.h"

namespace diptych {

qsizetype lengthOf(const ChatRequest &request)
{
    qsizetype length = 0;
    for (const Message &message : request.messages)
        length += message.text().size();
    return length;
}

qsizetype lengthOf(const CompletionRequest &request)
{
    return request.prompt.size();
}

qsizetype lengthOf(const ChatResponse &response)
{
    qsizetype length = 0;
    for (const ChatChoice &choice : response.choices) {
        length += choice.message.text().size() + choice.message.reasoning.size();
        for (const ToolCall &call : choice.message.toolCalls)
            length += call.arguments.size();
    }
    return length;
}

qsizetype lengthOf(const CompletionResponse &response)
{
    qsizetype length = 0;
    for (const CompletionChoice &choice : response.choices)
        length += choice.text.size();
    return length;
}

qsizetype lengthOf(const EmbeddingRequest &request)
{
    qsizetype length = 0;
    for (const QString &text : request.input)
        length += text.size();
    return length;
}

qsizetype lengthOf(const ImageEmbeddingRequest &request)
{
    qsizetype length = 0;
    for (const ImageInput &input : request.input)
        length += input.text.value_or(QString()).size();
    return length;
}

} // namespace diptych
