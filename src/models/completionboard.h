// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionexport.h"
#include "runs/completionrun.h"

#include <QJsonObject>
#include <QObject>

#include <memory>
#include <vector>

namespace diptych {

/// The models that continue the same text, and what each of them wrote last. A column keeps its answers until it is
/// asked again; one that is removed can be brought back with them.
class CompletionBoard : public QObject
{
    Q_OBJECT
public:
    struct Column {
        int id = 0; ///< never used twice
        ModelRef model {};
        CompletionRoute route = CompletionRoute::Automatic;
        bool operator==(const Column &) const = default;
    };

    /// `connections` outlives the board.
    explicit CompletionBoard(Connections &connections, QObject *parent = nullptr);
    ~CompletionBoard() override;

    /// What is known to be refused is then asked for in another way at once. May be null; outlives the board.
    void setCapabilityBook(const CapabilityBook *book) { m_book = book; }
    [[nodiscard]] const CapabilityBook *capabilityBook() const { return m_book; }

    [[nodiscard]] std::vector<Column> columns() const; ///< from left to right
    [[nodiscard]] std::optional<Column> column(int id) const;
    int add(const ModelRef &model, CompletionRoute route = CompletionRoute::Automatic); ///< its id
    /// Stops and removes a column; the last one that was removed can be brought back.
    void remove(int id);
    [[nodiscard]] bool canRestore() const { return m_removed != nullptr; }
    void restore();
    /// Stops the column. Its answers stay until it is asked again.
    void setModel(int id, const ModelRef &model);
    void setRoute(int id, CompletionRoute route);

    /// Asks all columns, or one. `request` is without a model. What was under way is stopped.
    void ask(const CompletionRequest &request, bool isSplit = false);
    void ask(int id, const CompletionRequest &request, bool isSplit = false);
    void stop(int id);
    void stop();
    void retryNow(int id);
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] bool isRunning(int id) const;
    /// What was asked and what came; null before the first question.
    [[nodiscard]] const CompletionJob *job(int id) const;
    [[nodiscard]] const CompletionOutcome *outcome(int id) const;
    [[nodiscard]] std::vector<CompletionResult> results() const; ///< of the columns that were asked

Q_SIGNALS:
    void columnsChanged(); ///< added, removed or brought back
    void columnChanged(int id); ///< another model or route
    void asked(int id);
    void deltaReceived(int id, const diptych::CompletionDelta &delta);
    void outcomeChanged(int id);
    void retryScheduled(int id, const diptych::Error &error, int attempt, std::chrono::milliseconds delay);
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);

private:
    struct Entry {
        Column column {};
        std::unique_ptr<CompletionRun> run {}; ///< of one job; null: never asked
    };
    [[nodiscard]] Entry *find(int id) const;

    Connections &m_connections;
    const CapabilityBook *m_book = nullptr;
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::unique_ptr<Entry> m_removed;
    std::size_t m_removedFrom = 0;
    int m_lastId = 0;
};

} // namespace diptych
