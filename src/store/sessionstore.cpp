// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "core/logging.h"
#include "store/answerjournal.h"
#include "store/database.h"
#include "store/filelock.h"
#include "store/recordingstore.h"
#include "store/schema.h"
#include "store/sessionlibrary.h"
#include "store/sessionrows.h"
#include "store/turnrows.h"
#include "store/votestore.h"

#include <QCoreApplication>
#include <QSqlQuery>
#include <QUuid>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds retryInterval {1'000};
// The window must not wait for another process's long write; the text stays in memory and is written a little later.
constexpr std::chrono::milliseconds journalBusyTimeout {100};
constexpr int silentFailures = 5;

QString lockName(const QString &databasePath, const QString &writer)
{
    return QStringLiteral("%1.writer-%2").arg(databasePath, writer);
}

bool isBusy(const Error &error)
{
    constexpr int sqliteBusy = 5;
    return error.providerCode.toInt() == sqliteBusy;
}

Result<void> interrupt(Database &database, const QString &writer)
{
    Result<std::vector<Answer>> answers = rows::readStreaming(database, writer);
    if (!answers)
        return Failure(answers.error());
    for (Answer &answer : *answers) {
        if (answer.state == Answer::State::Streaming)
            answer.state = Answer::State::Interrupted;
        if (auto finished = rows::finishAnswer(database, answer); !finished)
            return finished;
    }
    return {};
}

/// Turns the answers that a run which is gone left streaming into interrupted ones.
Result<void> recover(Database &database)
{
    QStringList writers;
    const Result<void> read =
        database.each(QStringLiteral("SELECT DISTINCT writer FROM answers WHERE state = 'streaming'"), {},
            [&writers](const QSqlQuery &row) { writers.append(row.value(0).toString()); });
    if (!read)
        return read;
    for (const QString &writer : std::as_const(writers)) {
        FileLock lock(lockName(database.path(), writer));
        // Held: another window or process is still receiving that answer.
        if (!lock.tryLock())
            continue;
        const Result<void> done = database.transaction([&database, &writer] { return interrupt(database, writer); });
        if (!done)
            return done;
    }
    return {};
}

} // namespace

class SessionStore::Private
{
public:
    explicit Private(std::unique_ptr<Database> openDatabase)
        : database(std::move(openDatabase))
        , writer(QUuid::createUuid().toString(QUuid::WithoutBraces))
        , writerLock(lockName(database->path(), writer))
        , recordings(*database)
        , votes(*database)
        , library(*database)
    {
    }

    /// Before such an answer can be seen by others: they would take it for abandoned.
    void markAlive(const Answer &answer)
    {
        if (answer.state == Answer::State::Streaming && !writerLock.tryLock())
            qCWarning(logStore) << "can not mark this run as alive:" << writerLock.path();
    }

    std::unique_ptr<Database> database;
    AnswerJournal journal;
    QTimer timer;
    QString writer;
    FileLock writerLock;
    RecordingStore recordings;
    VoteStore votes;
    SessionLibrary library;
    int failures = 0;
};

SessionStore::SessionStore(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
    d->timer.setSingleShot(true);
    d->timer.setTimerType(Qt::PreciseTimer);
    connect(&d->timer, &QTimer::timeout, this, &SessionStore::flushJournal);
}

SessionStore::~SessionStore()
{
    if (const auto flushed = d->journal.flush(*d->database); !flushed)
        qCWarning(logStore) << "unsaved text is lost:" << flushed.error().message;
}

Result<std::unique_ptr<SessionStore>> SessionStore::open(const QString &path)
{
    Result<std::unique_ptr<Database>> database = Database::open(path);
    if (!database)
        return Failure(database.error());
    Result<void> ready = prepareSchema(**database);
    // A file that can be read but not written is found out now, not with the first answer: changing no row at all
    // needs the right to change some.
    if (ready)
        ready = (*database)->runAll({QStringLiteral("DELETE FROM journal WHERE 0")});
    if (ready)
        ready = recover(**database);
    if (!ready)
        return Failure(ready.error());
    return std::unique_ptr<SessionStore>(new SessionStore(std::make_unique<Private>(*std::move(database))));
}

Result<std::vector<SessionSummary>> SessionStore::list() const
{
    return rows::readSummaries(*d->database, {});
}

Result<Session> SessionStore::load(const QString &sessionId, int maxTurns) const
{
    Result<Session> session = rows::readSession(*d->database, sessionId);
    if (!session)
        return session;
    const Result<qint64> leaf = rows::leafOf(*d->database, sessionId);
    if (!leaf)
        return Failure(leaf.error());
    Result<std::vector<Turn>> turns = rows::readPath(*d->database, *leaf, maxTurns);
    if (!turns)
        return Failure(turns.error());
    const Result<int> length = rows::pathLength(*d->database, *leaf);
    if (!length)
        return Failure(length.error());
    session->turns = *std::move(turns);
    session->earlierTurns = *length - int(session->turns.size());
    if (maxTurns < 0) {
        Result<std::vector<Turn>> others = rows::readOthers(*d->database, sessionId, *leaf);
        if (!others)
            return Failure(others.error());
        session->otherTurns = *std::move(others);
        d->journal.completeFromMemory(session->otherTurns);
    }
    d->journal.completeFromMemory(session->turns);
    return session;
}

Result<std::vector<Turn>> SessionStore::turnsBefore(qint64 beforeTurnId, int count) const
{
    const Result<qint64> parent = rows::parentOf(*d->database, beforeTurnId);
    if (!parent)
        return Failure(parent.error());
    Result<std::vector<Turn>> turns = rows::readPath(*d->database, *parent, count);
    if (turns)
        d->journal.completeFromMemory(*turns);
    return turns;
}

Result<void> SessionStore::save(const Session &session)
{
    Q_ASSERT(!session.id.isEmpty());
    const Result<void> saved =
        d->database->transaction([this, &session] { return rows::writeSession(*d->database, session); });
    if (saved)
        Q_EMIT sessionChanged(session.id);
    return saved;
}

Result<void> SessionStore::rename(const QString &sessionId, const QString &title)
{
    const auto renamed =
        d->database->run(QStringLiteral("UPDATE sessions SET title = ? WHERE id = ?"), {title, sessionId});
    if (!renamed)
        return Failure(renamed.error());
    Q_EMIT sessionChanged(sessionId);
    return {};
}

Result<qint64> SessionStore::addTurn(const QString &sessionId, const Turn &turn)
{
    for (const Answer &answer : turn.answers)
        d->markAlive(answer);
    qint64 turnId = 0;
    const Result<void> added = d->database->transaction([&]() -> Result<void> {
        const Result<qint64> inserted = rows::insertTurn(*d->database, sessionId, turn);
        if (!inserted)
            return Failure(inserted.error());
        turnId = *inserted;
        for (const Answer &answer : turn.answers) {
            if (auto answerId = rows::insertAnswer(*d->database, turnId, answer, d->writer); !answerId)
                return Failure(answerId.error());
        }
        const auto shown =
            d->database->run(QStringLiteral("UPDATE sessions SET leaf_turn = ? WHERE id = ?"), {turnId, sessionId});
        return shown ? rows::touch(*d->database, sessionId) : Result<void>(Failure(shown.error()));
    });
    if (!added)
        return Failure(added.error());
    Q_EMIT sessionChanged(sessionId);
    return turnId;
}

Result<void> SessionStore::showBranch(const QString &sessionId, qint64 leafTurnId)
{
    return d->database->run(QStringLiteral("UPDATE sessions SET leaf_turn = ? WHERE id = ?"), {leafTurnId, sessionId})
        .map([](qint64) {});
}

Result<void> SessionStore::adoptAnswer(qint64 turnId, qint64 answerId)
{
    return d->database->run(QStringLiteral("UPDATE turns SET adopted_answer = ? WHERE id = ?"), {answerId, turnId})
        .map([](qint64) {});
}

RecordingStore &SessionStore::recordings()
{
    return d->recordings;
}

VoteStore &SessionStore::votes()
{
    return d->votes;
}

Result<qint64> SessionStore::addAnswer(qint64 turnId, const Answer &answer)
{
    d->markAlive(answer);
    qint64 answerId = 0;
    QString sessionId;
    const Result<void> added = d->database->transaction([&]() -> Result<void> {
        const Result<QString> owner = rows::sessionOfTurn(*d->database, turnId);
        if (!owner)
            return Failure(owner.error());
        sessionId = *owner;
        const Result<qint64> inserted = rows::insertAnswer(*d->database, turnId, answer, d->writer);
        if (!inserted)
            return Failure(inserted.error());
        answerId = *inserted;
        return rows::touch(*d->database, sessionId);
    });
    if (!added)
        return Failure(added.error());
    Q_EMIT sessionChanged(sessionId);
    return answerId;
}

Result<void> SessionStore::resumeAnswer(const Answer &answer)
{
    d->markAlive(answer);
    return rows::resumeAnswer(*d->database, answer, d->writer);
}

Result<void> SessionStore::saveAnswer(const Answer &answer)
{
    QString sessionId;
    const Result<void> saved = d->database->transaction([&]() -> Result<void> {
        const Result<QString> owner = rows::sessionOfAnswer(*d->database, answer.id);
        if (!owner)
            return Failure(owner.error());
        sessionId = *owner;
        if (auto finished = rows::finishAnswer(*d->database, answer); !finished)
            return finished;
        return rows::touch(*d->database, sessionId);
    });
    if (!saved) {
        d->journal.keep(answer);
        d->timer.start(retryInterval);
        return saved;
    }
    d->journal.forget(answer.id);
    if (!sessionId.isEmpty())
        Q_EMIT sessionChanged(sessionId);
    return {};
}

Result<void> SessionStore::remove(const QString &sessionId)
{
    const auto removed = d->database->run(QStringLiteral("DELETE FROM sessions WHERE id = ?"), {sessionId});
    if (!removed)
        return Failure(removed.error());
    Q_EMIT sessionRemoved(sessionId);
    return {};
}

Result<std::vector<SessionMatch>> SessionStore::search(const QString &text, int limit) const
{
    return rows::search(*d->database, text, limit);
}

SessionLibrary &SessionStore::library()
{
    return d->library;
}

void SessionStore::journal(qint64 answerId, const QString &text, const QString &reasoning)
{
    d->journal.append(answerId, text, reasoning);
    if (!d->timer.isActive())
        d->timer.start(journalInterval);
}

void SessionStore::flushJournal()
{
    d->timer.stop();
    if (d->journal.isEmpty())
        return;
    d->database->setBusyTimeout(journalBusyTimeout);
    const Result<void> flushed = d->journal.flush(*d->database);
    d->database->setBusyTimeout(Database::defaultBusyTimeout);
    if (flushed) {
        d->failures = 0;
        return;
    }
    d->timer.start(retryInterval);
    // Said once until it works again; another writer's turn is not worth a word unless it takes long.
    const int worthSaying = isBusy(flushed.error()) ? silentFailures : 1;
    if (++d->failures == worthSaying)
        Q_EMIT failed(flushed.error());
}

} // namespace diptych
