// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionimport.h"

#include "store/bundlerows.h"
#include "store/database.h"
#include "store/sessionlibrary.h"
#include "store/transfer/importedtree.h"
#include "store/transfer/sessionfiles.h"

#include <QtConcurrentRun>

namespace diptych {

namespace {

constexpr int whole = 1000; // permille

/// The work on the other thread.
class Import
{
public:
    Import(QPromise<ImportSummary> &promise, Database &database, const std::atomic_bool &goesOn, const QString &folder)
        : m_promise(promise)
        , m_goesOn(goesOn)
        , m_database(database)
        , m_folder(folder)
    {
    }

    void run(const QStringList &files)
    {
        m_promise.setProgressRange(0, whole);
        for (qsizetype index = 0; index < files.size() && !m_summary.isCancelled; ++index)
            read(files, index);
        m_promise.addResult(m_summary);
    }

private:
    void read(const QStringList &files, qsizetype index)
    {
        const SessionFileReader reader {
            .take = [this](SessionBundle bundle) { return add(std::move(bundle)); },
            .problem = [this](const QString &text) { m_summary.problems.append(text); },
            .progress =
                [&, this](qint64 done, qint64 total) {
                    const double part = total > 0 ? double(done) / double(total) : 0;
                    m_promise.setProgressValue(int((double(index) + part) * whole / double(files.size())));
                    return m_goesOn.load();
                },
        };
        const Result<void> read = readSessionFile(files.at(index), reader);
        if (read)
            return;
        m_summary.isCancelled = read.error().kind == Error::Kind::Cancelled;
        if (!m_summary.isCancelled)
            m_summary.problems.append(read.error().message);
    }

    Result<void> add(SessionBundle bundle)
    {
        Session &session = bundle.session;
        if (session.turns.empty() && session.otherTurns.empty()) {
            ++m_summary.emptyCount; // begun and never used
            return {};
        }
        const Result<bool> isKnown = know(session);
        if (!isKnown)
            return Failure(isKnown.error());
        if (*isKnown) {
            ++m_summary.knownCount;
            return {};
        }
        complete(session);
        // One transaction each: the window's own writes come in between.
        const Result<void> written = m_database.transaction([&] { return rows::insertBundle(m_database, bundle); });
        if (written)
            m_summary.sessionIds.append(session.id);
        return written;
    }

    /// Whether it is there, also as a newer state that was imported before. Gives a newer state an id of its own.
    Result<bool> know(Session &session)
    {
        const Result<QVariant> stored =
            m_database.value(QStringLiteral("SELECT updated_at FROM sessions WHERE id = ?"), {session.id});
        if (!stored)
            return Failure(stored.error());
        if (!stored->isValid())
            return false;
        const qint64 updatedAt = session.updatedAt.isValid() ? session.updatedAt.toMSecsSinceEpoch() : 0;
        if (updatedAt <= stored->toLongLong())
            return true;
        session.id = importedId(session.id, QString::number(updatedAt));
        return rows::hasSession(m_database, session.id);
    }

    void complete(Session &session) const
    {
        if (session.folder.isEmpty())
            session.folder = m_folder;
        session.trashedAt = {};
        if (!session.createdAt.isValid())
            session.createdAt = session.updatedAt.isValid() ? session.updatedAt : QDateTime::currentDateTimeUtc();
        if (!session.updatedAt.isValid())
            session.updatedAt = session.createdAt;
    }

    QPromise<ImportSummary> &m_promise;
    const std::atomic_bool &m_goesOn;
    Database &m_database;
    QString m_folder;
    ImportSummary m_summary;
};

void importFiles(QPromise<ImportSummary> &promise, const std::shared_ptr<std::atomic_bool> &goesOn,
    const QString &databasePath, const QStringList &files, const QString &folder)
{
    const Result<std::unique_ptr<Database>> database = Database::open(databasePath);
    if (!database) {
        promise.addResult(ImportSummary {.problems = {database.error().message}});
        return;
    }
    Import(promise, **database, *goesOn, folder).run(files);
}

} // namespace

SessionImport::SessionImport(SessionLibrary &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &SessionImport::progressChanged);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        const ImportSummary summary = m_watcher.result();
        m_library.noteAdded(summary.sessionIds);
        Q_EMIT finished(summary);
    });
}

SessionImport::~SessionImport()
{
    m_watcher.disconnect(this);
    cancel();
    m_watcher.waitForFinished();
}

void SessionImport::start(const QStringList &files, const QString &folder)
{
    if (m_watcher.isRunning() || files.isEmpty())
        return;
    m_goesOn = std::make_shared<std::atomic_bool>(true);
    m_watcher.setFuture(QtConcurrent::run(&importFiles, m_goesOn, m_library.databasePath(), files, folder));
}

void SessionImport::cancel()
{
    if (m_goesOn)
        m_goesOn->store(false);
}

} // namespace diptych
