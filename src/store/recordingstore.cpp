// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/recordingstore.h"

#include "api/replayfile.h"
#include "core/logging.h"
#include "store/database.h"
#include "store/sessioncodec.h"

#include <QFutureWatcher>
#include <QSqlQuery>
#include <QtConcurrentRun>

namespace diptych {

RecordingStore::RecordingStore(Database &database)
    : m_database(database)
{
}

RecordingStore::~RecordingStore()
{
    flush();
}

RecordingStore::Packed RecordingStore::pack(const Recording &recording)
{
    return {
        .steps = encodeSteps(recording.steps), .exchange = qCompress(toReplayFile({.attempts = {recording.exchange}}))};
}

void RecordingStore::keep(qint64 answerId, const Recording &recording)
{
    if (m_packing.contains(answerId))
        write(answerId); // of an earlier request of the same answer
    auto *watcher = new QFutureWatcher<Packed>(this);
    m_packing.emplace(answerId, watcher);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, answerId, watcher] {
        const auto found = m_packing.find(answerId);
        if (found != m_packing.end() && found->second == watcher)
            write(answerId);
    });
    watcher->setFuture(QtConcurrent::run(&RecordingStore::pack, recording));
}

void RecordingStore::flush()
{
    while (!m_packing.empty())
        write(m_packing.begin()->first);
}

void RecordingStore::write(qint64 answerId)
{
    const auto found = m_packing.find(answerId);
    QFutureWatcher<Packed> *watcher = found->second;
    m_packing.erase(found);
    const Packed packed = watcher->result();
    watcher->deleteLater();
    // An answer whose session was removed meanwhile has nothing to be recorded for.
    const Result<qint64> written =
        m_database.run(QStringLiteral("INSERT OR REPLACE INTO recordings(answer_id, steps, exchange) "
                                      "SELECT id, ?, ? FROM answers WHERE id = ?"),
            {packed.steps, packed.exchange, answerId});
    if (!written)
        qCWarning(logStore) << "a recording was not kept:" << written.error().message;
}

Result<Recording> RecordingStore::load(qint64 answerId)
{
    if (m_packing.contains(answerId))
        write(answerId);
    Packed packed;
    const Result<void> read =
        m_database.each(QStringLiteral("SELECT steps, exchange FROM recordings WHERE answer_id = ?"), {answerId},
            [&packed](const QSqlQuery &row) {
                packed = {.steps = row.value(0).toByteArray(), .exchange = row.value(1).toByteArray()};
            });
    if (!read)
        return Failure(read.error());
    if (packed.steps.isEmpty())
        return Failure({.kind = Error::Kind::Storage, .message = tr("There is no recording of this answer.")});
    Result<std::vector<Recording::Step>> steps = decodeSteps(packed.steps);
    if (!steps)
        return Failure(steps.error());
    // Replaying does not need the exchange: where it can not be read, the times of the text are still good.
    const Result<RecordedExchange> recorded = fromReplayFile(qUncompress(packed.exchange));
    return Recording {.steps = *std::move(steps), .exchange = recorded ? recorded->attempts.back() : Exchange {}};
}

} // namespace diptych
