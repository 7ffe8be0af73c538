// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/repair.h"
#include "store/session.h"

#include <QObject>

#include <map>
#include <memory>

namespace diptych {

class SessionStore;

/// A session under way: its panes, its turns, and the replies that are still coming. Panes of the window show it, they
/// do not change it themselves. Everything is written to the store as it happens.
class Conversation : public QObject
{
    Q_OBJECT
public:
    /// `store` may be null: nothing is kept then. Both must outlive the conversation.
    Conversation(Connections &connections, SessionStore *store, QObject *parent = nullptr);
    ~Conversation() override;

    [[nodiscard]] const Session &session() const { return m_session; }

    /// Replaces what is shown by an empty session with these models.
    void startNew(const std::vector<ModelRef> &models);
    /// Opens a stored session. Errors: Storage; what was open stays open then.
    [[nodiscard]] Result<void> open(const QString &sessionId);
    /// Shows a conversation that came from elsewhere, under an id of its own; stored at once when it has turns.
    void adopt(Session session);
    /// What a session is called that begins with this prompt.
    [[nodiscard]] static QString titleFrom(const Message &prompt);

    QString addPane(const ModelRef &model); ///< the new pane's id
    void removePane(const QString &paneId);
    /// Swaps the model; the conversation so far stays. An answer under way is stopped.
    void setPaneModel(const QString &paneId, const ModelRef &model);
    void setPaneSynced(const QString &paneId, bool isSynced);
    void setPaneOverrides(const QString &paneId, const RequestSettings &overrides);
    void setSettings(const RequestSettings &settings);
    void setSystemPrompt(const QString &text);
    void setTitle(const QString &title);
    [[nodiscard]] const PaneState *pane(const QString &paneId) const; ///< null when unknown

    /// Sends a prompt to the given panes; empty: to every synced pane.
    void ask(const Message &prompt, const QStringList &paneIds = {});
    /// Asks the pane's last turn again; the earlier answer is kept in the session.
    void regenerate(const QString &paneId);
    void stop(const QString &paneId);
    void stopAll();
    [[nodiscard]] bool isRunning(const QString &paneId) const;
    [[nodiscard]] int runningCount() const { return static_cast<int>(m_running.size()); }
    /// The reply under way; null when the pane is idle.
    [[nodiscard]] ChatReply *reply(const QString &paneId) const;
    /// What that reply was asked; null when the pane is idle.
    [[nodiscard]] const ChatRequest *requestUnderWay(const QString &paneId) const;

    /// What the pane would send next; `prompt` empty: its history only.
    [[nodiscard]] ChatRequest requestFor(const QString &paneId, const std::optional<Message> &prompt) const;
    /// Where the settings of a pane's requests come from.
    [[nodiscard]] RequestOrigin originOf(const QString &paneId) const;
    /// The answer of a pane to a turn that counts (its last one); null when there is none.
    [[nodiscard]] static const Answer *answerOf(const Turn &turn, const QString &paneId);

Q_SIGNALS:
    void sessionReplaced(); ///< another session is shown from now on
    void paneAdded(const QString &paneId);
    void paneRemoved(const QString &paneId);
    void paneChanged(const QString &paneId);
    void settingsChanged();
    void titleChanged(const QString &title);
    void turnAdded(int turn); ///< index into session().turns
    /// The reply is valid inside the slot and until answerFinished.
    void answerStarted(const QString &paneId, int turn, diptych::ChatReply *reply);
    void deltaReceived(const QString &paneId, const diptych::ChatDelta &delta);
    void answerFinished(const QString &paneId, int turn);
    void runningChanged(int count);
    void storageFailed(const diptych::Error &error);

private:
    struct Running {
        std::unique_ptr<ChatReply> reply;
        std::size_t turn = 0;
        std::size_t answer = 0;
        ChatRequest request {};
        qsizetype promptLength = 0; ///< characters, for estimates
    };
    PaneState *mutablePane(const QString &paneId);
    void start(const QString &paneId, std::size_t turn);
    ChatRequest requestUpTo(const PaneState &pane, std::size_t turnCount) const;
    void takeDelta(const QString &paneId, const ChatDelta &delta);
    void finish(const QString &paneId);
    void failAtOnce(const QString &paneId, std::size_t turn, const Error &error);
    void dropReplies(const QString &endpointId);
    void saveSession();
    void saveTurn(Turn &turn);
    void report(const Error &error);
    QString freshPaneId() const;

    Connections &m_connections;
    SessionStore *m_store;
    Session m_session;
    bool m_isStored = false;
    std::map<QString, Running> m_running;
};

} // namespace diptych
