// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tooldesk.h"

#include "models/conversation.h"
#include "models/toolanswers.h"
#include "models/toollibrary.h"

#include <algorithm>

namespace diptych {

namespace {

ToolDesk::Source sourceOfKind(ToolAnswer::Kind kind)
{
    return kind == ToolAnswer::Kind::Fixed ? ToolDesk::Source::Fixed : ToolDesk::Source::Table;
}

} // namespace

ToolDesk::ToolDesk(Conversation &conversation, ToolLibrary &library, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_library(library)
{
    // Queued: the conversation is still telling others that the answer has ended.
    connect(&m_conversation, &Conversation::answerFinished, this, &ToolDesk::serve, Qt::QueuedConnection);
    connect(&m_library, &ToolLibrary::changed, this, &ToolDesk::serveAll, Qt::QueuedConnection);
    const auto forget = [this] {
        m_given.clear();
        m_sources.clear();
        m_limits.clear();
    };
    connect(&m_conversation, &Conversation::sessionReplaced, this, forget);
    // What a tool got in a session that is opened again is still to be given where the program ended too early.
    connect(&m_conversation, &Conversation::sessionReplaced, this, &ToolDesk::serveAll, Qt::QueuedConnection);
}

std::vector<Tool> ToolDesk::toolsOf(const QString &paneId) const
{
    const PaneState *pane = m_conversation.pane(paneId);
    const RequestSettings &settings = m_conversation.session().settings;
    return (pane ? merged(settings, pane->overrides) : settings).tools.value_or(std::vector<Tool>());
}

std::vector<ToolCallEntry> ToolDesk::openCalls(const QString &paneId) const
{
    const Answer *answer = awaitingAnswer(m_conversation.session(), paneId);
    if (!answer || m_conversation.isRunning(paneId))
        return {};
    std::vector<ToolCallEntry> calls = toolCalls(m_conversation.session());
    std::erase_if(calls, [answer](const ToolCallEntry &entry) {
        return entry.answerId != answer->id || entry.round != toolRoundCount(*answer) + 1;
    });
    return calls;
}

std::vector<ToolCallEntry> ToolDesk::waiting(const QString &paneId) const
{
    std::vector<ToolCallEntry> calls = openCalls(paneId);
    std::erase_if(calls, [this](const ToolCallEntry &entry) { return resultOf(entry).has_value(); });
    return calls;
}

std::optional<ToolDesk::Given> ToolDesk::resultOf(const ToolCallEntry &entry) const
{
    const auto byHand = m_given.find({entry.turnId, entry.call.name, canonicalArguments(entry.call.arguments)});
    if (byHand != m_given.end())
        return Given {byHand->second, Source::ByHand};
    if (const auto shared = earlierResult(m_conversation.session(), entry.call, entry.turnId))
        return Given {*shared, Source::Shared};
    const LibraryTool *kept = m_library.collection().find(entry.call.name);
    if (!kept)
        return {};
    if (kept->answer.kind == ToolAnswer::Kind::Recorded) {
        const auto earlier = earlierResult(m_conversation.session(), entry.call);
        return earlier ? std::optional(Given {*earlier, Source::Recorded}) : std::nullopt;
    }
    if (const auto automatic = automaticResult(kept->answer, entry.call.arguments))
        return Given {*automatic, sourceOfKind(kept->answer.kind)};
    return {};
}

int ToolDesk::limitOf(const Answer &answer) const
{
    const auto allowed = m_limits.find(answer.id);
    return allowed == m_limits.end() ? roundLimit : allowed->second;
}

bool ToolDesk::isAtLimit(const QString &paneId) const
{
    const Answer *answer = awaitingAnswer(m_conversation.session(), paneId);
    return answer && !m_conversation.isRunning(paneId) && toolRoundCount(*answer) >= limitOf(*answer)
        && waiting(paneId).empty();
}

void ToolDesk::goOn(const QString &paneId)
{
    const Answer *answer = awaitingAnswer(m_conversation.session(), paneId);
    if (!answer)
        return;
    m_limits[answer->id] = toolRoundCount(*answer) + roundLimit;
    serve(paneId);
}

void ToolDesk::giveResult(const ToolCallEntry &entry, const QString &result)
{
    m_given[{entry.turnId, entry.call.name, canonicalArguments(entry.call.arguments)}] = result;
    serveAll();
}

void ToolDesk::serveAll()
{
    QStringList panes;
    for (const PaneState &pane : m_conversation.session().panes)
        panes.push_back(pane.id);
    for (const QString &paneId : std::as_const(panes))
        serve(paneId);
}

void ToolDesk::serve(const QString &paneId)
{
    const std::vector<ToolCallEntry> calls = openCalls(paneId);
    std::vector<Message> results;
    for (const ToolCallEntry &entry : calls) {
        const std::optional<Given> given = resultOf(entry);
        if (!given)
            break;
        m_sources[{entry.answerId, entry.round, entry.order}] = given->source;
        Message message = Message::fromText(Role::Tool, given->result);
        message.toolCallId = entry.call.id;
        results.push_back(std::move(message));
    }
    const Answer *answer = awaitingAnswer(m_conversation.session(), paneId);
    const bool isComplete = !calls.empty() && results.size() == calls.size();
    if (answer && isComplete && toolRoundCount(*answer) < limitOf(*answer))
        (void)m_conversation.setToolResults(paneId, results); // it awaits exactly these
    Q_EMIT changed(paneId);
}

ToolDesk::Source ToolDesk::sourceOf(const ToolCallEntry &entry) const
{
    const auto known = m_sources.find({entry.answerId, entry.round, entry.order});
    if (!entry.result)
        return Source::Waiting;
    return known == m_sources.end() ? Source::Earlier : known->second;
}

QString toolSourceName(ToolDesk::Source source)
{
    switch (source) {
    case ToolDesk::Source::Waiting:
        return ToolDesk::tr("waiting");
    case ToolDesk::Source::ByHand:
        return ToolDesk::tr("by hand");
    case ToolDesk::Source::Fixed:
        return ToolDesk::tr("fixed reply");
    case ToolDesk::Source::Table:
        return ToolDesk::tr("from the table");
    case ToolDesk::Source::Recorded:
        return ToolDesk::tr("recorded");
    case ToolDesk::Source::Shared:
        return ToolDesk::tr("same call in this turn");
    case ToolDesk::Source::Earlier:
        return ToolDesk::tr("given earlier");
    }
    return {};
}

} // namespace diptych
