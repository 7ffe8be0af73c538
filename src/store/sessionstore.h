// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"
#include "store/sessionsearch.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace diptych {

class RecordingStore;
class SessionLibrary;
class VoteStore;

/// Sessions in one SQLite file (WAL). Several processes may have it open at once. Text that streams in is journalled:
/// whatever was handed to journal() more than 250 ms ago survives kill -9.
class SessionStore : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds journalInterval {200};

    /// Opens or creates the file, migrates older schema versions after making a backup beside it, and turns answers
    /// that another run left streaming into Interrupted ones with their journalled text.
    /// Errors: Storage (unreadable, damaged, read-only, full, newer than this program); the message names the file.
    [[nodiscard]] static Result<std::unique_ptr<SessionStore>> open(const QString &path);
    ~SessionStore() override;

    [[nodiscard]] Result<std::vector<SessionSummary>> list() const; ///< newest first
    /// The session with at most the last `maxTurns` turns of the branch that it shows; negative: all, and the turns of
    /// its other branches.
    [[nodiscard]] Result<Session> load(const QString &sessionId, int maxTurns = 200) const;
    /// Up to `count` turns that led to `beforeTurnId`, oldest first.
    [[nodiscard]] Result<std::vector<Turn>> turnsBefore(qint64 beforeTurnId, int count) const;

    /// Writes title, system prompt, settings and panes; turns are written by the calls below.
    /// Folder, pin and trash are written with a new session only.
    [[nodiscard]] Result<void> save(const Session &session);
    /// The new turn's id. The session shows the branch that ends with it from now on.
    [[nodiscard]] Result<qint64> addTurn(const QString &sessionId, const Turn &turn);
    /// The branch that the session shows when it is opened, by its last turn.
    [[nodiscard]] Result<void> showBranch(const QString &sessionId, qint64 leafTurnId);
    [[nodiscard]] Result<void> adoptAnswer(qint64 turnId, qint64 answerId); ///< see Turn::adoptedAnswerId
    [[nodiscard]] Result<qint64> addAnswer(qint64 turnId, const Answer &answer); ///< the new answer's id
    /// An answer that was finished streams again: after the results of tools.
    [[nodiscard]] Result<void> resumeAnswer(const Answer &answer);
    /// Writes the final state and clears its journal. When that fails it is kept in memory and tried again.
    [[nodiscard]] Result<void> saveAnswer(const Answer &answer);
    [[nodiscard]] Result<void> rename(const QString &sessionId, const QString &title);
    [[nodiscard]] Result<void> remove(const QString &sessionId);
    /// Titles and turns that contain all words of `text`, newest first; see rows::search().
    [[nodiscard]] Result<std::vector<SessionMatch>> search(const QString &text, int limit = 50) const;

    [[nodiscard]] SessionLibrary &library();
    [[nodiscard]] RecordingStore &recordings();
    [[nodiscard]] VoteStore &votes();

    /// Takes text of an answer that streams; written within journalInterval. Cheap: call it per delta.
    void journal(qint64 answerId, const QString &text, const QString &reasoning);
    void flushJournal();

Q_SIGNALS:
    void sessionChanged(const QString &sessionId);
    void sessionRemoved(const QString &sessionId);
    /// Writing failed (disk full …). Nothing is lost as long as the program runs; it tries again.
    void failed(const diptych::Error &error);

private:
    class Private;
    explicit SessionStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace diptych
