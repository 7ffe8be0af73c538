// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/toolcalls.h"

#include <QObject>

#include <map>
#include <set>
#include <tuple>

namespace diptych {

class Conversation;
class ToolLibrary;

/// Answers the calls of tools of a conversation: from the library where it says how, else it waits for a person. The
/// same call within a turn gets the same result in every pane.
class ToolDesk : public QObject
{
    Q_OBJECT
public:
    /// Rounds of one answer that are carried on without asking.
    static constexpr int roundLimit = 8;

    enum class Source {
        Waiting, ///< no result yet
        ByHand,
        Fixed,
        Table,
        Recorded, ///< what the same call got before in the session
        Shared, ///< what the same call got in this turn
        Earlier, ///< given before the session was opened
    };

    /// Both outlive the desk.
    ToolDesk(Conversation &conversation, ToolLibrary &library, QObject *parent = nullptr);

    /// The calls of a pane that have no result yet; empty while it is running.
    [[nodiscard]] std::vector<ToolCallEntry> waiting(const QString &paneId) const;
    [[nodiscard]] Source sourceOf(const ToolCallEntry &entry) const;
    /// The tools that the pane offers.
    [[nodiscard]] std::vector<Tool> toolsOf(const QString &paneId) const;
    /// The pane has all results but has used up its rounds; goOn() allows as many again.
    [[nodiscard]] bool isAtLimit(const QString &paneId) const;
    void goOn(const QString &paneId);
    /// Gives the result of a waiting call, and of the same call in other panes.
    void giveResult(const ToolCallEntry &entry, const QString &result);
    [[nodiscard]] const Conversation &conversation() const { return m_conversation; }

Q_SIGNALS:
    void changed(const QString &paneId); ///< of what waiting() and isAtLimit() say

private:
    using CallKey = std::tuple<qint64, QString, QString>; // turn, name, canonical arguments
    using PlaceKey = std::tuple<qint64, int, int>; // answer, round, order
    struct Given {
        QString result {};
        Source source = Source::ByHand;
    };

    void serve(const QString &paneId);
    void serveAll();
    [[nodiscard]] std::optional<Given> resultOf(const ToolCallEntry &entry) const;
    [[nodiscard]] std::vector<ToolCallEntry> openCalls(const QString &paneId) const;
    [[nodiscard]] int limitOf(const Answer &answer) const;

    Conversation &m_conversation;
    ToolLibrary &m_library;
    std::map<CallKey, QString> m_given {}; // by hand, in this run
    std::map<PlaceKey, Source> m_sources {};
    std::map<qint64, int> m_limits {}; // of answers that were told to go on
};

/// "by hand", "from the table", …
[[nodiscard]] QString toolSourceName(ToolDesk::Source source);

} // namespace diptych
