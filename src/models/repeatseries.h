// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "store/session.h"

#include <QElapsedTimer>
#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace diptych {

class ChatReply;
class Connections;
class Conversation;
class RepeatRun;

/// Asks panes their last question again and again, and puts the answers into the session as repeats of the one that
/// counts. They are journalled while they stream, like every answer.
class RepeatSeries : public QObject
{
    Q_OBJECT
public:
    static constexpr int least = 2; ///< answers of a series
    static constexpr int most = 50;

    /// Both must outlive it.
    RepeatSeries(Conversation &conversation, Connections &connections, QObject *parent = nullptr);
    ~RepeatSeries() override;

    /// Brings the pane's answers to its last turn up to `count`, `parallel` at once. The answer that is there is the
    /// first, if it was asked in this run of the program with the same request; else it is asked again. No effect while
    /// the pane is repeating, or when it has no turn.
    void start(const QString &paneId, int count, int parallel);
    void cancel(const QString &paneId);
    [[nodiscard]] bool isRunning(const QString &paneId) const { return m_running.contains(paneId); }
    /// Answers wanted by the run under way; 0: there is none.
    [[nodiscard]] int wanted(const QString &paneId) const;
    /// The turn that a pane repeats: the last one that it answered; -1: none.
    [[nodiscard]] int turnOf(const QString &paneId) const;
    /// The seed with which the pane's series was asked; outer unset: not known (it was opened from the store).
    [[nodiscard]] std::optional<std::optional<qint64>> seedOf(const QString &paneId) const;
    /// Why the last run of the pane stopped early; unset: it did not.
    [[nodiscard]] std::optional<Error> error(const QString &paneId) const;

Q_SIGNALS:
    void changed(const QString &paneId); ///< started, an answer more, or ended
    /// For lists of what is under way.
    void replyStarted(const QString &paneId, diptych::ChatReply *reply, const diptych::ChatRequest &request);
    void storageFailed(const diptych::Error &error);

private:
    /// What was asked for the answer that counts.
    struct Asked {
        qint64 turnId = 0;
        ChatRequest request {};
    };
    struct Running {
        std::unique_ptr<RepeatRun> run {}; ///< null: the first answer is still coming
        qint64 turnId = 0;
        int wanted = 0;
        int parallel = 1;
        int firstRepeat = 2;
        ModelRef model {};
        std::vector<Answer> answers {}; ///< of the run, by index
    };
    void remember(const QString &paneId, int turn);
    void takeFirst(const QString &paneId);
    void repeat(const QString &paneId);
    void begin(const QString &paneId, int index, ChatReply *reply);
    void take(const QString &paneId, int index);
    void finish(const QString &paneId);
    [[nodiscard]] ChatRequest requestOf(const QString &paneId, int turn) const;

    Conversation &m_conversation;
    Connections &m_connections;
    std::map<QString, Running> m_running;
    std::map<QString, Asked> m_asked;
    std::map<QString, Error> m_errors;
};

} // namespace diptych
