// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "store/session.h"

#include <QElapsedTimer>
#include <QObject>

#include <map>
#include <memory>

namespace diptych {

class Connections;
class SessionStore;

/// The answers of a conversation that are coming in, at most one for each pane. They are journalled while they stream
/// and written when they end, with the times at which they arrived.
class AnswerRuns : public QObject
{
    Q_OBJECT
public:
    /// `store` may be null: nothing is kept then.
    AnswerRuns(Connections &connections, SessionStore *store, QObject *parent = nullptr);
    ~AnswerRuns() override;

    /// Sends the request for an answer whose id, pane and model are set. What its message holds already was given to
    /// the model, which continues it. False: the endpoint is not there.
    [[nodiscard]] bool start(const ChatRequest &request, const Answer &answer);
    void stop(const QString &paneId);
    void stopAll();

    [[nodiscard]] bool isRunning(const QString &paneId) const { return m_running.contains(paneId); }
    [[nodiscard]] int count() const { return static_cast<int>(m_running.size()); }
    [[nodiscard]] ChatReply *reply(const QString &paneId) const; ///< null when the pane is idle
    [[nodiscard]] const ChatRequest *request(const QString &paneId) const; ///< null when the pane is idle
    /// The answer as it was when it was started; null when the pane is idle.
    [[nodiscard]] const Answer *answer(const QString &paneId) const;

Q_SIGNALS:
    void deltaReceived(const QString &paneId, const diptych::ChatDelta &delta);
    /// It is written already; the reply is still there.
    void finished(const diptych::Answer &answer);
    void storageFailed(const diptych::Error &error);

private:
    struct Running {
        std::unique_ptr<ChatReply> reply;
        ChatRequest request {};
        Answer answer {};
        std::vector<Recording::Step> steps {};
        QElapsedTimer clock {};
    };
    void takeDelta(const QString &paneId, const ChatDelta &delta);
    void finish(const QString &paneId);
    void save(const Running &running);

    Connections &m_connections;
    SessionStore *m_store;
    std::map<QString, Running> m_running;
};

} // namespace diptych
