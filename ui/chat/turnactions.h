// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

class QAction;

namespace diptych {

class Conversation;
struct Turn;

/// A prompt, or a pane's answer to it.
struct TurnPlace {
    QString paneId {}; ///< empty: of all panes, for a prompt that stands in a column of its own
    int turn = -1; ///< index into Session::turns
    bool isPrompt = false;
    bool operator==(const TurnPlace &) const = default;
};

/// What can be done with a turn: for the buttons beside it, and for its menu.
class TurnActions : public QObject
{
    Q_OBJECT
public:
    explicit TurnActions(Conversation &conversation, QObject *parent = nullptr);

    /// Actions that belong to `owner`; empty for a place that is not there. Those with the property "inBar" are worth a
    /// button.
    [[nodiscard]] std::vector<QAction *> make(const TurnPlace &place, QObject *owner);

    /// Asks the edited text in place of a prompt's; its attachments stay.
    void editPrompt(int turn, const QString &text);

Q_SIGNALS:
    void editRequested(const diptych::TurnPlace &place);
    void otherModelRequested(const QString &paneId, int turn);

private:
    void addPromptActions(const TurnPlace &place, QObject *owner, std::vector<QAction *> &actions);
    void addAnswerActions(const TurnPlace &place, QObject *owner, std::vector<QAction *> &actions);
    void addVersions(const Turn &turn, QObject *owner, std::vector<QAction *> &actions);

    Conversation &m_conversation;
};

} // namespace diptych
