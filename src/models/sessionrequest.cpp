// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionrequest.h"

#include "models/promptfill.h"
#include "models/sessiontree.h"

#include <algorithm>

namespace diptych {

QString systemPromptOf(const Session &session, const PaneState &pane)
{
    const QString prompt = pane.systemPrompt.value_or(session.systemPrompt);
    // Braces that are no variables with values are meant as they stand.
    return filledPrompt(prompt, session.variables).value_or(prompt);
}

ChatRequest requestUpTo(const Session &session, const PaneState &pane, std::size_t turnCount)
{
    ChatRequest request;
    apply(merged(session.settings, pane.overrides), request);
    request.model = pane.model.model;
    if (const QString system = systemPromptOf(session, pane); !system.isEmpty())
        request.messages.push_back(Message::fromText(Role::System, system));
    for (std::size_t index = 0; index < std::min(turnCount, session.turns.size()); ++index) {
        const Answer *answer = historyAnswer(session.turns[index], pane.id);
        if (!answer || answer->message.text().isEmpty())
            continue;
        request.messages.push_back(sentPrompt(session.turns[index].prompt));
        for (Message round : answer->toolRounds) {
            round.reasoning.clear();
            request.messages.push_back(std::move(round));
        }
        Message message = answer->message;
        message.reasoning.clear();
        message.toolCalls.clear(); // nobody answered them
        request.messages.push_back(std::move(message));
    }
    return request;
}

Message sentPrompt(const Message &prompt)
{
    const bool isText = std::all_of(prompt.content.begin(), prompt.content.end(),
        [](const ContentPart &part) { return std::holds_alternative<TextPart>(part); });
    const bool hasFiles = std::any_of(prompt.content.begin(), prompt.content.end(), [](const ContentPart &part) {
        const auto *text = std::get_if<TextPart>(&part);
        return text && !text->name.isEmpty();
    });
    if (!isText || !hasFiles)
        return prompt;
    Message sent = prompt;
    sent.content = {TextPart {.text = prompt.text()}};
    return sent;
}

qsizetype textLength(const ChatRequest &request)
{
    qsizetype characters = 0;
    for (const Message &message : request.messages)
        characters += message.text().size();
    return characters;
}

} // namespace diptych
