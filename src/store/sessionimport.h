// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFutureWatcher>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <memory>

namespace diptych {

class SessionLibrary;

/// What became of an import.
struct ImportSummary {
    QStringList sessionIds {}; ///< added, in the order of the files
    int knownCount = 0; ///< were there already
    QStringList problems {}; ///< one sentence each, with file and place
    int emptyCount = 0; ///< conversations without a question, left out
    bool isCancelled = false; ///< what had been added stays
};

/// Imports sessions from files on a thread and a database connection of its own. A session that is there already is
/// left alone; a newer state of one becomes a session of its own, so that nothing that was said here is lost.
class SessionImport : public QObject
{
    Q_OBJECT
public:
    /// The library must outlive the import.
    explicit SessionImport(SessionLibrary &library, QObject *parent = nullptr);
    ~SessionImport() override; ///< cancels, and waits for the session under way

    /// Does nothing while an import is under way. `folder`: where sessions go that name no folder themselves.
    void start(const QStringList &files, const QString &folder = {});
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void progressChanged(int permille);
    void finished(const diptych::ImportSummary &summary);

private:
    SessionLibrary &m_library;
    QFutureWatcher<ImportSummary> m_watcher;
    std::shared_ptr<std::atomic_bool> m_goesOn; ///< not the future's own: one that is cancelled drops its result
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ImportSummary)
