// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/conversationundo.h"

#include "models/conversation.h"
#include "theme/theme.h"

#include <QAction>
#include <QUndoCommand>

#include <algorithm>

namespace diptych {

namespace {

constexpr qint64 typingPause = 2'000; ///< milliseconds: keys that follow each other faster are one edit

/// What an edit was, for its name and to put keys that follow each other together.
struct Edit {
    QString text {};
    int typing = -1; ///< edits with the same number follow each other as one; -1: always one of its own
};

qsizetype placeOf(const std::vector<PaneState> &panes, const QString &id)
{
    const auto found = std::find_if(panes.begin(), panes.end(), [&id](const PaneState &pane) { return pane.id == id; });
    return found == panes.end() ? -1 : found - panes.begin();
}

Edit paneEdit(const PaneState &before, const PaneState &after, int number)
{
    constexpr int kindsPerPane = 2;
    constexpr int firstPaneKind = 10;
    const int kind = firstPaneKind + kindsPerPane * number;
    if (before.model != after.model)
        return {ConversationUndo::tr("swap the model of pane %1").arg(number)};
    if (before.isSynced != after.isSynced)
        return {after.isSynced ? ConversationUndo::tr("link pane %1").arg(number)
                               : ConversationUndo::tr("unlink pane %1").arg(number)};
    if (before.systemPrompt != after.systemPrompt)
        return {ConversationUndo::tr("system prompt of pane %1").arg(number), kind};
    return {ConversationUndo::tr("settings of pane %1").arg(number), kind + 1};
}

std::optional<Edit> panesEdit(const std::vector<PaneState> &before, const std::vector<PaneState> &after)
{
    for (std::size_t index = 0; index < before.size(); ++index) {
        if (placeOf(after, before[index].id) < 0)
            return Edit {ConversationUndo::tr("remove pane %1").arg(index + 1)};
    }
    for (std::size_t index = 0; index < after.size(); ++index) {
        const qsizetype old = placeOf(before, after[index].id);
        if (old < 0)
            return Edit {ConversationUndo::tr("add pane %1").arg(index + 1)};
        if (before[static_cast<std::size_t>(old)] != after[index])
            return paneEdit(before[static_cast<std::size_t>(old)], after[index], static_cast<int>(index) + 1);
    }
    if (before != after)
        return Edit {ConversationUndo::tr("move a pane")};
    return {};
}

Edit editBetween(const EditableState &before, const EditableState &after)
{
    if (std::optional<Edit> panes = panesEdit(before.panes, after.panes))
        return *panes;
    if (before.leaf != after.leaf)
        return {ConversationUndo::tr("change of branch")};
    if (before.adopted != after.adopted)
        return {ConversationUndo::tr("continue all with one answer")};
    if (before.systemPrompt != after.systemPrompt)
        return {ConversationUndo::tr("system prompt"), 1};
    if (before.settings != after.settings)
        return {ConversationUndo::tr("settings"), 2};
    if (before.variables != after.variables)
        return {ConversationUndo::tr("variables"), 3};
    return {ConversationUndo::tr("title"), 4};
}

class StateCommand : public QUndoCommand
{
public:
    StateCommand(ConversationUndo &undo, EditableState before, EditableState after, const Edit &edit, bool followsOn)
        : QUndoCommand(edit.text)
        , m_undo(undo)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_typing(edit.typing)
        , m_followsOn(followsOn)
    {
    }

    [[nodiscard]] int id() const override { return m_typing; }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const StateCommand *>(other); // the same id: of this class
        if (!next->m_followsOn)
            return false;
        m_after = next->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

    void undo() override { m_undo.apply(m_after, m_before); }

    void redo() override
    {
        if (m_isDone)
            m_undo.apply(m_before, m_after);
        m_isDone = true; // the first time it has been done already
    }

    /// The branch that the edit led to has grown by its first prompt.
    void growBranch(qint64 leaf)
    {
        if (m_before.leaf != m_after.leaf)
            m_after.leaf = leaf;
    }

private:
    ConversationUndo &m_undo;
    EditableState m_before;
    EditableState m_after;
    int m_typing;
    bool m_followsOn;
    bool m_isDone = false;
};

} // namespace

ConversationUndo::ConversationUndo(Conversation &conversation, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
{
    constexpr int longest = 200;
    m_stack.setUndoLimit(longest);
    connect(&m_conversation, &Conversation::sessionReplaced, this, &ConversationUndo::startAnew);
    connect(&m_conversation, &Conversation::turnAdded, this, &ConversationUndo::noteTurn);
    const auto note = [this] { noteEdit(); };
    connect(&m_conversation, &Conversation::paneAdded, this, note);
    connect(&m_conversation, &Conversation::paneRemoved, this, note);
    connect(&m_conversation, &Conversation::paneMoved, this, note);
    connect(&m_conversation, &Conversation::paneChanged, this, note);
    connect(&m_conversation, &Conversation::settingsChanged, this, note);
    connect(&m_conversation, &Conversation::titleChanged, this, note);
    connect(&m_conversation, &Conversation::turnChanged, this, note);
    connect(&m_conversation, &Conversation::branchShown, this, note);
    startAnew();
}

ConversationUndo::~ConversationUndo() = default;

QAction *ConversationUndo::createUndoAction(QObject *parent)
{
    QAction *action = m_stack.createUndoAction(parent, tr("Undo:"));
    action->setIcon(themeIcon(QStringLiteral("undo")));
    action->setShortcuts(QKeySequence::Undo);
    return action;
}

QAction *ConversationUndo::createRedoAction(QObject *parent)
{
    QAction *action = m_stack.createRedoAction(parent, tr("Redo:"));
    action->setIcon(themeIcon(QStringLiteral("redo")));
    action->setShortcuts({QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
    return action;
}

void ConversationUndo::startAnew()
{
    m_stack.clear();
    m_known = current();
}

EditableState ConversationUndo::current() const
{
    const Session &session = m_conversation.session();
    EditableState state {.panes = session.panes,
        .settings = session.settings,
        .systemPrompt = session.systemPrompt,
        .title = session.title,
        .variables = session.variables,
        .leaf = session.turns.empty() ? 0 : session.turns.back().id};
    for (const std::vector<Turn> *turns : {&session.turns, &session.otherTurns}) {
        for (const Turn &turn : *turns) {
            if (turn.adoptedAnswerId != 0)
                state.adopted.emplace(turn.id, turn.adoptedAnswerId);
        }
    }
    return state;
}

void ConversationUndo::noteEdit()
{
    if (m_isApplying)
        return;
    EditableState now = current();
    // The first prompt names a session by itself; that is no edit.
    if (m_known.title.isEmpty())
        m_known.title = now.title;
    if (now == m_known)
        return;
    const bool followsOn = m_sinceEdit.isValid() && m_sinceEdit.elapsed() < typingPause;
    m_sinceEdit.start();
    const EditableState before = std::exchange(m_known, now);
    m_stack.push(new StateCommand(*this, before, now, editBetween(before, now), followsOn));
}

void ConversationUndo::noteTurn()
{
    m_known.leaf = current().leaf;
    // An edited prompt shows the branch up to it first and asks then: both are one edit.
    if (m_stack.index() == m_stack.count() && m_stack.index() > 0) {
        const QUndoCommand *last = m_stack.command(m_stack.index() - 1);
        const_cast<StateCommand *>(static_cast<const StateCommand *>(last))->growBranch(m_known.leaf);
    }
}

void ConversationUndo::apply(const EditableState &from, const EditableState &to)
{
    m_isApplying = true;
    if (from.panes != to.panes)
        applyPanes(to.panes);
    if (from.settings != to.settings)
        m_conversation.setSettings(to.settings);
    if (from.systemPrompt != to.systemPrompt)
        m_conversation.setSystemPrompt(to.systemPrompt);
    if (from.title != to.title)
        m_conversation.setTitle(to.title);
    if (from.variables != to.variables)
        m_conversation.setVariables(to.variables);
    if (from.leaf != to.leaf)
        applyLeaf(to.leaf);
    if (from.adopted != to.adopted)
        applyAdopted(from.adopted, to.adopted);
    m_known = current();
    m_isApplying = false;
    m_sinceEdit.invalidate(); // what is typed next is an edit of its own
}

void ConversationUndo::applyPanes(const std::vector<PaneState> &panes)
{
    const std::vector<PaneState> now = m_conversation.session().panes;
    for (const PaneState &pane : now) {
        if (placeOf(panes, pane.id) < 0)
            m_conversation.removePane(pane.id);
    }
    for (std::size_t index = 0; index < panes.size(); ++index) {
        const PaneState &pane = panes[index];
        const int place = static_cast<int>(index);
        if (!m_conversation.pane(pane.id)) {
            m_conversation.restorePane(pane, place);
            continue;
        }
        m_conversation.setPaneModel(pane.id, pane.model);
        m_conversation.setPaneSynced(pane.id, pane.isSynced);
        m_conversation.setPaneOverrides(pane.id, pane.overrides);
        m_conversation.setPaneSystemPrompt(pane.id, pane.systemPrompt);
        if (placeOf(m_conversation.session().panes, pane.id) != place)
            m_conversation.movePane(pane.id, place);
    }
}

void ConversationUndo::applyAdopted(const std::map<qint64, qint64> &from, const std::map<qint64, qint64> &to)
{
    const auto adopt = [this](qint64 turnId, qint64 answerId) {
        if (const int turn = shownIndex(m_conversation.session(), turnId); turn >= 0)
            m_conversation.adoptAnswer(turn, answerId);
    };
    for (const auto &[turnId, answerId] : from) {
        if (!to.contains(turnId))
            adopt(turnId, 0);
    }
    for (const auto &[turnId, answerId] : to)
        adopt(turnId, answerId);
}

void ConversationUndo::applyLeaf(qint64 turnId)
{
    if (turnId == 0) {
        m_conversation.rewindTo(-1);
        return;
    }
    m_conversation.showBranch(turnId);
    const Session &session = m_conversation.session();
    if (!session.turns.empty() && session.turns.back().id != turnId)
        m_conversation.rewindTo(shownIndex(session, turnId));
}

} // namespace diptych
