// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/chat.h"

#include "api/responsefields.h"

#include <algorithm>

namespace diptych {

QString ChatResponse::text() const
{
    return choices.empty() ? QString() : choices.front().message.text();
}

namespace {

ChatChoice &choiceAt(ChatResponse &response, int index)
{
    const auto position = std::lower_bound(response.choices.begin(), response.choices.end(), index,
        [](const ChatChoice &choice, int wanted) { return choice.index < wanted; });
    if (position != response.choices.end() && position->index == index)
        return *position;
    ChatChoice choice;
    choice.index = index;
    return *response.choices.insert(position, std::move(choice));
}

void appendText(Message &message, const QString &text)
{
    if (!message.content.empty()) {
        if (auto *last = std::get_if<TextPart>(&message.content.back())) {
            last->text += text;
            return;
        }
    }
    message.content.emplace_back(TextPart {text});
}

void appendToolCall(Message &message, const ToolCallDelta &delta)
{
    const auto index = static_cast<std::size_t>(std::max(delta.index, 0));
    if (message.toolCalls.size() <= index)
        message.toolCalls.resize(index + 1);
    ToolCall &call = message.toolCalls[index];
    if (call.id.isEmpty())
        call.id = delta.id;
    if (call.name.isEmpty())
        call.name = delta.name;
    call.arguments += delta.arguments;
}

} // namespace

void append(ChatResponse &response, const ChatDelta &delta)
{
    takeResponseFields(response, delta);
    if (delta.choice < 0)
        return;
    ChatChoice &choice = choiceAt(response, delta.choice);
    if (!delta.text.isEmpty())
        appendText(choice.message, delta.text);
    choice.message.reasoning += delta.reasoning;
    choice.message.refusal += delta.refusal;
    for (const QJsonValue &piece : delta.opaque)
        choice.message.opaque.append(piece);
    if (!delta.finishReason.isEmpty())
        choice.finishReason = delta.finishReason;
    if (!delta.stopSequence.isEmpty())
        choice.stopSequence = delta.stopSequence;
    for (const ToolCallDelta &call : delta.toolCalls)
        appendToolCall(choice.message, call);
    choice.logprobs.insert(choice.logprobs.end(), delta.logprobs.begin(), delta.logprobs.end());
}

} // namespace diptych
