// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolcalls.h"

#include "api/schema/jsonschema.h"
#include "models/sessiontree.h"
#include "models/toolanswers.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ToolCalls", text);
}

/// The calls of one answer; `make` fills in where it stands.
std::vector<ToolCallEntry> callsOf(const Answer &answer, const ToolCallEntry &place)
{
    std::vector<ToolCallEntry> entries;
    int round = 0;
    std::size_t firstOfRound = 0;
    const auto addRound = [&](const Message &message) {
        ++round;
        firstOfRound = entries.size();
        int order = 0;
        for (const ToolCall &call : message.toolCalls) {
            ToolCallEntry entry = place;
            entry.round = round;
            entry.order = ++order;
            entry.call = call;
            entries.push_back(std::move(entry));
        }
    };
    for (const Message &message : answer.toolRounds) {
        if (message.role == Role::Assistant) {
            addRound(message);
            continue;
        }
        // Results follow their calls; ids may come again in later rounds.
        const auto called = std::find_if(entries.begin() + static_cast<std::ptrdiff_t>(firstOfRound), entries.end(),
            [&message](const ToolCallEntry &entry) {
                return entry.call.id == message.toolCallId && !entry.result.has_value();
            });
        if (called != entries.end())
            called->result = message.text();
    }
    if (!answer.message.toolCalls.empty())
        addRound(answer.message);
    return entries;
}

bool isSameCall(const ToolCall &a, const ToolCall &b)
{
    return a.name == b.name && canonicalArguments(a.arguments) == canonicalArguments(b.arguments);
}

} // namespace

std::vector<ToolCallEntry> toolCalls(const Session &session)
{
    std::vector<ToolCallEntry> entries;
    for (std::size_t turn = 0; turn < session.turns.size(); ++turn) {
        const Turn &asked = session.turns[turn];
        for (const PaneState &pane : session.panes) {
            const Answer *answer = answerOf(asked, pane.id);
            if (!answer)
                continue;
            const auto calls = callsOf(*answer,
                {.turnId = asked.id, .answerId = answer->id, .paneId = pane.id, .turn = static_cast<int>(turn)});
            entries.insert(entries.end(), calls.begin(), calls.end());
        }
    }
    return entries;
}

int toolRoundCount(const Answer &answer)
{
    return static_cast<int>(std::count_if(answer.toolRounds.begin(), answer.toolRounds.end(),
        [](const Message &message) { return message.role == Role::Assistant; }));
}

const Answer *awaitingAnswer(const Session &session, const QString &paneId, int *turn)
{
    for (std::size_t index = session.turns.size(); index-- > 0;) {
        const Answer *last = answerOf(session.turns[index], paneId);
        if (!last)
            continue;
        if (turn)
            *turn = static_cast<int>(index);
        return last->state == Answer::State::AwaitingTools ? last : nullptr;
    }
    return nullptr;
}

std::optional<QString> earlierResult(const Session &session, const ToolCall &call, std::optional<qint64> turnId)
{
    std::optional<QString> found;
    for (const std::vector<Turn> *turns : {&session.otherTurns, &session.turns}) {
        for (const Turn &turn : *turns) {
            if (turnId && turn.id != *turnId)
                continue;
            for (const Answer &answer : turn.answers) {
                for (const ToolCallEntry &entry : callsOf(answer, {})) {
                    if (entry.result && isSameCall(entry.call, call))
                        found = entry.result;
                }
            }
        }
    }
    return found;
}

QString toolCallFault(const ToolCall &call, const std::vector<Tool> &tools)
{
    const auto tool =
        std::find_if(tools.begin(), tools.end(), [&call](const Tool &each) { return each.name == call.name; });
    if (tool == tools.end())
        return translated("No tool of this name was offered.");
    const Result<JsonSchema> schema = JsonSchema::compile(tool->parameters);
    if (!schema)
        return translated("The tool's parameters are no schema: %1").arg(schema.error().message);
    const QString arguments = call.arguments.trimmed().isEmpty() ? QStringLiteral("{}") : call.arguments;
    const std::optional<SchemaFault> fault = schema->faultOf(arguments);
    return fault ? schemaFaultText(*fault) : QString();
}

} // namespace diptych
