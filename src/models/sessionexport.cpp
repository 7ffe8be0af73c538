// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionexport.h"

#include "models/sessiondocument.h"
#include "store/bundlerows.h"
#include "store/database.h"
#include "store/sessionlibrary.h"
#include "store/sessionrows.h"
#include "store/transfer/sessionjson.h"

#include <QSaveFile>
#include <QtConcurrentRun>

namespace diptych {

namespace {

Error notWritten(const QString &file, const QString &reason)
{
    return {
        .kind = Error::Kind::Storage, .message = SessionExport::tr("%1 could not be written: %2").arg(file, reason)};
}

Result<QStringList> allSessions(const Database &database)
{
    QStringList ids;
    const Result<std::vector<SessionSummary>> all = rows::readSummaries(database, {});
    if (!all)
        return Failure(all.error());
    for (const SessionSummary &session : *all) {
        if (!session.trashedAt.isValid())
            ids.append(session.id);
    }
    return ids;
}

/// Hands over each session; `progress` says false when the rest is not wanted.
Result<int> eachSession(const Database &database, const QStringList &ids,
    const std::function<Result<void>(SessionBundle)> &take, const std::function<bool(int)> &progress)
{
    int count = 0;
    for (const QString &id : ids) {
        Result<SessionBundle> bundle = rows::readBundle(database, id);
        if (!bundle)
            return Failure(bundle.error());
        if (auto taken = take(*std::move(bundle)); !taken)
            return Failure(taken.error());
        if (!progress(++count))
            return Failure({.kind = Error::Kind::Cancelled});
    }
    return count;
}

} // namespace

SessionExport::SessionExport(SessionLibrary &library, PdfWriter pdfWriter, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_pdfWriter(std::move(pdfWriter))
{
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &SessionExport::progressChanged);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        const Outcome outcome = m_watcher.result();
        Q_EMIT finished(outcome.file, outcome.count, outcome.error);
    });
}

SessionExport::~SessionExport()
{
    m_watcher.disconnect(this);
    cancel();
    m_watcher.waitForFinished();
}

void SessionExport::start(const Job &job)
{
    if (m_watcher.isRunning())
        return;
    m_goesOn = std::make_shared<std::atomic_bool>(true);
    m_watcher.setFuture(QtConcurrent::run(&SessionExport::run, m_goesOn, m_library.databasePath(), job, m_pdfWriter));
}

void SessionExport::cancel()
{
    if (m_goesOn)
        m_goesOn->store(false);
}

void SessionExport::run(QPromise<Outcome> &promise, const std::shared_ptr<std::atomic_bool> &goesOn,
    const QString &databasePath, const Job &job, const PdfWriter &pdfWriter)
{
    promise.setProgressRange(0, 1000);
    const auto end = [&](const Result<int> &count) {
        Outcome outcome {.file = job.file, .count = count.value_or(0)};
        if (!count)
            outcome.error = count.error();
        promise.addResult(outcome);
    };
    const Result<std::unique_ptr<Database>> database = Database::open(databasePath);
    if (!database)
        return end(Failure(database.error()));
    const Result<QStringList> ids = job.sessionIds.isEmpty() ? allSessions(**database) : job.sessionIds;
    if (!ids)
        return end(Failure(ids.error()));
    const auto progress = [&](int count) {
        promise.setProgressValue(int(count * qint64(1000) / std::max(qsizetype(1), ids->size())));
        return goesOn->load();
    };

    QSaveFile file(job.file);
    const bool isPage = job.format == SessionFormat::Html || job.format == SessionFormat::Pdf;
    if (job.format != SessionFormat::Pdf && !file.open(QIODevice::WriteOnly))
        return end(Failure(notWritten(job.file, file.errorString())));
    std::vector<Session> sessions; // of a page
    bool isFirst = true;
    if (job.format == SessionFormat::Json)
        file.write(sessionJsonBegin());
    const Result<int> count = eachSession(
        **database, *ids,
        [&](SessionBundle bundle) -> Result<void> {
            if (isPage) {
                sessions.push_back(std::move(bundle.session));
            } else if (job.format == SessionFormat::Markdown) {
                file.write((isFirst ? QByteArray() : QByteArray("\n")) + sessionMarkdown(bundle.session).toUtf8());
            } else {
                file.write((isFirst ? QByteArray() : QByteArray(",\n")) + sessionJsonElement(bundle));
            }
            isFirst = false;
            return {};
        },
        progress);
    if (!count)
        return end(count); // the file was never there
    if (job.format == SessionFormat::Json)
        file.write(sessionJsonEnd());
    if (job.format == SessionFormat::Pdf) {
        const Result<void> written = pdfWriter ? pdfWriter(sessionsHtml(sessions), job.file)
                                               : Failure(notWritten(job.file, tr("PDF can not be made here.")));
        return end(written.map([&count] { return *count; }));
    }
    if (job.format == SessionFormat::Html)
        file.write(sessionsHtml(sessions).toUtf8());
    if (!file.commit())
        return end(Failure(notWritten(job.file, file.errorString())));
    end(count);
}

} // namespace diptych
