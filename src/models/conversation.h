// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/repair.h"
#include "models/answerruns.h"
#include "models/sessiontree.h"

#include <QObject>

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

    // Panes and settings.
    QString addPane(const ModelRef &model); ///< the new pane's id
    /// Puts a pane back that was removed, with its id, at its place.
    void restorePane(const PaneState &pane, int position);
    void removePane(const QString &paneId);
    void movePane(const QString &paneId, int position);
    /// Swaps the model; the conversation so far stays. An answer under way is stopped.
    void setPaneModel(const QString &paneId, const ModelRef &model);
    void setPaneSynced(const QString &paneId, bool isSynced);
    void setPaneOverrides(const QString &paneId, const RequestSettings &overrides);
    /// Unset: the session's.
    void setPaneSystemPrompt(const QString &paneId, const std::optional<QString> &text);
    void setSettings(const RequestSettings &settings);
    void setSystemPrompt(const QString &text);
    void setTitle(const QString &title);
    void setVariables(const QJsonObject &values); ///< see Session::variables
    void setView(const QJsonObject &view); ///< see Session::view; nothing is signalled
    [[nodiscard]] const PaneState *pane(const QString &paneId) const; ///< null when unknown

    // Questions. A turn is an index into session().turns.
    /// Sends a prompt to the given panes; empty: to every synced pane. They start in one go, in an order that rotates
    /// from turn to turn.
    void ask(const Message &prompt, const QStringList &paneIds = {});
    /// Asks the pane the turn again, with its model or with another one this once; the earlier answer is kept in the
    /// session. Negative: the last turn that the pane answered.
    void regenerate(const QString &paneId, int turn = -1, const ModelRef &model = {});
    /// Lets the model go on from the pane's answer to the turn, or from `given` in its place. The earlier answer is
    /// kept.
    void continueAnswer(const QString &paneId, int turn, const QString &given = {});
    /// Gives the results of the tools that the pane's last answer called (messages of the role tool), and asks for what
    /// follows. Errors: InvalidRequest (it awaits none, or a call has no result among them).
    [[nodiscard]] Result<void> setToolResults(const QString &paneId, const std::vector<Message> &results);
    /// Takes up further answers to a turn that were asked for elsewhere; those with an id are stored already.
    void addAnswers(int turn, const std::vector<Answer> &answers);

    // Branches.
    /// Asks an edited prompt in place of the turn's: a new branch, which is shown; the old one stays. The panes that
    /// had answered the turn are asked.
    void editTurn(int turn, const Message &prompt);
    /// Shows the branch through this turn that was continued last. Answers under way are stopped.
    void showBranch(qint64 turnId);
    /// Shows the conversation up to this turn only; the next prompt begins a new branch. -1: from the beginning.
    void rewindTo(int turn);
    /// All panes go on from this answer; 0: each from its own again.
    void adoptAnswer(int turn, qint64 answerId);

    void stop(const QString &paneId);
    void stopAll();
    [[nodiscard]] bool isRunning(const QString &paneId) const;
    [[nodiscard]] int runningCount() const { return m_runs.count(); }
    /// The reply under way; null when the pane is idle.
    [[nodiscard]] ChatReply *reply(const QString &paneId) const { return m_runs.reply(paneId); }
    /// What that reply was asked; null when the pane is idle.
    [[nodiscard]] const ChatRequest *requestUnderWay(const QString &paneId) const { return m_runs.request(paneId); }
    /// The answer under way as it was when it was started: its model, and the text that the model continues; null when
    /// the pane is idle.
    [[nodiscard]] const Answer *answerUnderWay(const QString &paneId) const { return m_runs.answer(paneId); }

    /// What the pane would send next; `prompt` empty: its history only.
    [[nodiscard]] ChatRequest requestFor(const QString &paneId, const std::optional<Message> &prompt) const;
    /// Where the settings of a pane's requests come from.
    [[nodiscard]] RequestOrigin originOf(const QString &paneId) const;
    /// Null in a run that keeps nothing.
    [[nodiscard]] SessionStore *store() const { return m_store; }

Q_SIGNALS:
    void sessionReplaced(); ///< another session is shown from now on
    void paneAdded(const QString &paneId);
    void paneRemoved(const QString &paneId);
    void paneMoved(const QString &paneId);
    void paneChanged(const QString &paneId);
    void settingsChanged();
    void titleChanged(const QString &title);
    void turnAdded(int turn); ///< index into session().turns
    void turnChanged(int turn); ///< answers were added from elsewhere, or another answer is adopted
    void branchShown(); ///< session().turns is another branch from now on
    /// The reply is valid inside the slot and until answerFinished.
    void answerStarted(const QString &paneId, int turn, diptych::ChatReply *reply);
    void deltaReceived(const QString &paneId, const diptych::ChatDelta &delta);
    void answerFinished(const QString &paneId, int turn);
    void runningChanged(int count);
    void storageFailed(const diptych::Error &error);

private:
    PaneState *mutablePane(const QString &paneId);
    Turn *shownTurn(int turn);
    void addTurn(Turn turn, const QStringList &paneIds);
    void start(
        const PaneState &pane, std::size_t turn, const ModelRef &model, const QString &given = {}, int startOrder = 0);
    void send(const ChatRequest &request, const Answer &answer, std::size_t turn);
    void takeFinished(const Answer &answer);
    void storeAnswer(const Turn &turn, Answer &answer);
    void dropReplies(const QString &endpointId);
    void saveSession();
    void saveTurn(Turn &turn);
    void showPathTo(qint64 leafTurnId);
    QString freshPaneId() const;

    Connections &m_connections;
    SessionStore *m_store;
    Session m_session;
    AnswerRuns m_runs;
    bool m_isStored = false;
    qint64 m_lastTemporaryId = 0; ///< ids of what is not stored are negative
};

} // namespace diptych
