// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace diptych {

class SessionLibrary;

enum class SessionFormat {
    Json, ///< complete, can be imported again
    Markdown,
    Html,
    Pdf,
};

/// Writes sessions into one file, on a thread and a database connection of its own. The file appears when it is
/// complete.
class SessionExport : public QObject
{
    Q_OBJECT
public:
    /// Writes HTML as PDF; called on another thread.
    using PdfWriter = std::function<Result<void>(const QString &html, const QString &file)>;

    /// The library must outlive the export. Without a writer, PDF fails.
    explicit SessionExport(SessionLibrary &library, PdfWriter pdfWriter = {}, QObject *parent = nullptr);
    ~SessionExport() override; ///< cancels, and waits for the session under way

    struct Job {
        QStringList sessionIds {}; ///< empty: all that are not in the trash
        SessionFormat format = SessionFormat::Json;
        QString file {};
    };
    /// Does nothing while an export is under way.
    void start(const Job &job);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void progressChanged(int permille);
    /// Errors: Storage, Cancelled.
    void finished(const QString &file, int count, const std::optional<diptych::Error> &error);

private:
    struct Outcome {
        QString file {};
        int count = 0;
        std::optional<Error> error {};
    };
    static void run(QPromise<Outcome> &promise, const std::shared_ptr<std::atomic_bool> &goesOn,
        const QString &databasePath, const Job &job, const PdfWriter &pdfWriter);

    SessionLibrary &m_library;
    PdfWriter m_pdfWriter;
    QFutureWatcher<Outcome> m_watcher;
    std::shared_ptr<std::atomic_bool> m_goesOn;
};

} // namespace diptych
