// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>

#include <functional>

namespace diptych {

/// An edit as the state before and after it. Edits of the same kind that follow each other are one: typing a name is
/// not undone letter by letter.
template <typename State>
class StateCommand : public QUndoCommand
{
public:
    using Show = std::function<void(const State &)>;

    /// `kind` below zero is never merged.
    StateCommand(const QString &text, State before, State after, int kind, Show show)
        : QUndoCommand(text)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_kind(kind)
        , m_show(std::move(show))
    {
    }
    void undo() override { m_show(m_before); }
    void redo() override
    {
        // The first time it is what the person sees already.
        if (m_isDone)
            m_show(m_after);
        m_isDone = true;
    }
    [[nodiscard]] int id() const override { return m_kind; }
    bool mergeWith(const QUndoCommand *other) override
    {
        m_after = static_cast<const StateCommand *>(other)->m_after;
        return true;
    }

private:
    State m_before;
    State m_after;
    int m_kind;
    Show m_show;
    bool m_isDone = false;
};

} // namespace diptych
