// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestsession.h"

#include "models/conversation.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

RequestSettings settingsOf(const ChatRequest &request)
{
    RequestSettings settings {.sampling = request.sampling,
        .maxCompletionTokens = request.maxCompletionTokens,
        .logprobs = request.logprobs,
        .topLogprobs = request.topLogprobs,
        .reasoningEffort = request.reasoningEffort,
        .responseFormat = request.responseFormat,
        .toolChoice = request.toolChoice,
        .parallelToolCalls = request.parallelToolCalls,
        .extrasMode = request.extrasMode};
    if (!request.tools.empty())
        settings.tools = request.tools;
    if (!request.extras.isEmpty())
        settings.extras = request.extras;
    if (!request.stream)
        settings.stream = false;
    return settings;
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? QString(first % second) : QString(first % u"\n\n" % second);
}

bool isText(const Message &message)
{
    return std::all_of(message.content.begin(), message.content.end(),
        [](const ContentPart &part) { return std::holds_alternative<TextPart>(part); });
}

/// Makes turns of messages: questions in a row become one, and so do answers.
class TurnBuilder
{
public:
    TurnBuilder(RequestSession &made, const Connections &connections)
        : m_made(made)
        , m_connections(connections)
    {
    }

    void add(const Message &message)
    {
        switch (message.role) {
        case Role::System:
        case Role::Developer:
            m_made.session.systemPrompt = joined(m_made.session.systemPrompt, message.text());
            break;
        case Role::User:
            ask(message);
            break;
        case Role::Assistant:
            answer(message);
            break;
        case Role::Tool:
            ++m_made.leftOut;
            break;
        }
    }
    /// The answer of one pane to the last turn.
    Answer &addAnswer(const PaneState &pane, const Message &message)
    {
        return lastTurn().answers.emplace_back(Answer {.paneId = pane.id,
            .model = pane.model,
            .modelLabel = m_connections.displayName(pane.model),
            .state = Answer::State::Complete,
            .message = message});
    }
    [[nodiscard]] bool hasOpenQuestion() const
    {
        return !m_made.session.turns.empty() && m_made.session.turns.back().answers.empty();
    }

private:
    Turn &lastTurn() { return m_made.session.turns.back(); }
    void ask(const Message &message)
    {
        if (!hasOpenQuestion()) {
            m_made.session.turns.push_back({.at = QDateTime::currentDateTimeUtc(), .prompt = message});
            return;
        }
        Message &open = lastTurn().prompt;
        if (isText(open) && isText(message))
            open = Message::fromText(Role::User, joined(open.text(), message.text()));
        else
            open.content.insert(open.content.end(), message.content.begin(), message.content.end());
    }
    void answer(const Message &message)
    {
        const bool isWords = message.toolCalls.empty() && !message.text().isEmpty();
        if (!isWords || m_made.session.turns.empty()) { // a conversation here begins with a question
            ++m_made.leftOut;
            return;
        }
        if (hasOpenQuestion()) {
            for (const PaneState &pane : m_made.session.panes)
                addAnswer(pane, message);
            return;
        }
        for (Answer &known : lastTurn().answers)
            known.message = Message::fromText(Role::Assistant, joined(known.message.text(), message.text()));
    }

    RequestSession &m_made;
    const Connections &m_connections;
};

RequestSession begin(const std::vector<ModelRef> &models, const ChatRequest &request)
{
    RequestSession made;
    made.session.createdAt = made.session.updatedAt = QDateTime::currentDateTimeUtc();
    made.session.settings = settingsOf(request);
    for (const ModelRef &model : models)
        made.session.panes.push_back({.id = QStringLiteral("p%1").arg(made.session.panes.size() + 1), .model = model});
    return made;
}

void setTitle(RequestSession &made)
{
    if (!made.session.turns.empty())
        made.session.title = Conversation::titleFrom(made.session.turns.front().prompt);
}

void takeAnswer(Answer &answer, const ShadowAnswer &given)
{
    if (!given.response.choices.empty())
        answer.finishReason = given.response.choices.front().finishReason;
    answer.error = given.error;
    answer.state = !given.isFinished                  ? Answer::State::Interrupted
        : !given.error                                ? Answer::State::Complete
        : given.error->kind == Error::Kind::Cancelled ? Answer::State::Stopped
                                                      : Answer::State::Failed;
    answer.metrics.phases.firstToken = given.firstToken;
    answer.metrics.phases.finished = given.duration;
    if (given.response.usage)
        answer.metrics.usage = *given.response.usage;
}

Message messageOf(const ShadowAnswer &given)
{
    return given.response.choices.empty() ? Message {.role = Role::Assistant} : given.response.choices.front().message;
}

} // namespace

RequestSession sessionFromRequest(
    const ChatRequest &request, const std::vector<ModelRef> &models, const Connections &connections)
{
    RequestSession made = begin(models, request);
    TurnBuilder turns(made, connections);
    for (const Message &message : request.messages)
        turns.add(message);
    setTitle(made);
    if (turns.hasOpenQuestion() && isText(made.session.turns.back().prompt)) {
        made.prompt = made.session.turns.back().prompt.text();
        made.session.turns.pop_back();
    }
    return made;
}

RequestSession sessionFromShadow(const ShadowPair &pair, const Connections &connections)
{
    RequestSession made = begin({pair.served.model, pair.shadow.model}, pair.request);
    TurnBuilder turns(made, connections);
    for (const Message &message : pair.request.messages)
        turns.add(message);
    setTitle(made);
    // What the answers are to may be something that is left out, such as the result of a tool.
    if (!turns.hasOpenQuestion())
        made.session.turns.push_back(
            {.prompt = Message::fromText(Role::User, QCoreApplication::translate("RequestSession", "(left out)"))});
    made.session.turns.back().at = pair.at;
    takeAnswer(turns.addAnswer(made.session.panes.front(), messageOf(pair.served)), pair.served);
    takeAnswer(turns.addAnswer(made.session.panes.back(), messageOf(pair.shadow)), pair.shadow);
    return made;
}

} // namespace diptych
