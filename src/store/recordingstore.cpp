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

PackedRecording packRecording(const Recording &recording)
{
    PackedRecording packed {.steps = encodeSteps(recording.steps)};
    if (recording.exchange != Exchange())
        packed.exchange = qCompress(toReplayFile({.attempts = {recording.exchange}}));
    return packed;
}

namespace rows {

Result<void> writeRecording(Database &database, qint64 answerId, const PackedRecording &packed)
{
    // An answer whose session was removed meanwhile has nothing to be recorded for.
    return database
        .run(QStringLiteral("INSERT OR REPLACE INTO recordings(answer_id, steps, exchange) "
                            "SELECT id, ?, ? FROM answers WHERE id = ?"),
            {packed.steps, packed.exchange.isNull() ? QByteArray("") : packed.exchange, answerId})
        .map([](qint64) {});
}

Result<Recording> readRecording(const Database &database, qint64 answerId)
{
    PackedRecording packed;
    const Result<void> read =
        database.each(QStringLiteral("SELECT steps, exchange FROM recordings WHERE answer_id = ?"), {answerId},
            [&packed](const QSqlQuery &row) {
                packed = {.steps = row.value(0).toByteArray(), .exchange = row.value(1).toByteArray()};
            });
    if (!read)
        return Failure(read.error());
    if (packed.steps.isEmpty())
        return Failure(
            {.kind = Error::Kind::Storage, .message = RecordingStore::tr("There is no recording of this answer.")});
    Result<std::vector<Recording::Step>> steps = decodeSteps(packed.steps);
    if (!steps)
        return Failure(steps.error());
    if (packed.exchange.isEmpty())
        return Recording {.steps = *std::move(steps)};
    Result<RecordedExchange> recorded = fromReplayFile(qUncompress(packed.exchange));
    if (!recorded)
        return Failure(recorded.error());
    return Recording {.steps = *std::move(steps), .exchange = recorded->attempts.back()};
}

} // namespace rows

RecordingStore::RecordingStore(Database &database)
    : m_database(database)
{
}

RecordingStore::~RecordingStore()
{
    flush();
}

void RecordingStore::keep(qint64 answerId, const Recording &recording)
{
    if (m_packing.contains(answerId))
        write(answerId); // of an earlier request of the same answer
    auto *watcher = new QFutureWatcher<PackedRecording>(this);
    m_packing.emplace(answerId, watcher);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, answerId, watcher] {
        const auto found = m_packing.find(answerId);
        if (found != m_packing.end() && found->second == watcher)
            write(answerId);
    });
    watcher->setFuture(QtConcurrent::run(&packRecording, recording));
}

void RecordingStore::flush()
{
    while (!m_packing.empty())
        write(m_packing.begin()->first);
}

void RecordingStore::write(qint64 answerId)
{
    const auto found = m_packing.find(answerId);
    QFutureWatcher<PackedRecording> *watcher = found->second;
    m_packing.erase(found);
    const PackedRecording packed = watcher->result();
    watcher->deleteLater();
    if (const Result<void> written = rows::writeRecording(m_database, answerId, packed); !written)
        qCWarning(logStore) << "a recording was not kept:" << written.error().message;
}

Result<Recording> RecordingStore::load(qint64 answerId)
{
    if (m_packing.contains(answerId))
        write(answerId);
    return rows::readRecording(m_database, answerId);
}

} // namespace diptych
