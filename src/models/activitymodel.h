// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "api/replayfile.h"

#include <QAbstractTableModel>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QPointer>
#include <QSortFilterProxyModel>
#include <QTimer>

#include <deque>
#include <memory>

namespace diptych {

/// The operations under way and the last finished ones, newest first. Follows replies that others own. Of finished ones
/// it keeps the exchange, the change log and the error; bodies of the oldest are let go when they take too much memory.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StateColumn, LabelColumn, StatusColumn, FirstTokenColumn, DurationColumn, BytesColumn, ColumnCount };
    enum class State {
        Running,
        Waiting, ///< for a retry
        Succeeded,
        Failed,
        Cancelled,
        Discarded, ///< the asker dropped the reply before its end; nothing of it is known
    };
    Q_ENUM(State)
    enum Role {
        StateRole = Qt::UserRole + 1, ///< State
        ErrorMessageRole, ///< QString; empty without an error
        AttemptRole, ///< int, from 1
    };
    /// What setNeedle() of ActivityFilter looks into, besides the label and the error: URL, request and answer.
    [[nodiscard]] bool contains(int row, const QByteArray &lowerCaseNeedle) const;

    explicit ActivityModel(QObject *parent = nullptr);
    ~ActivityModel() override;

    /// Call it right after the reply was made, before anything that deletes the reply in its `finished()`.
    /// `commonRequest` is kept for the Wire tab and for files; empty: not known.
    void add(Reply *reply, const QString &label, const QJsonObject &commonRequest = {});
    /// Adds an exchange that is over and that no reply stands for, e.g. one that a server of ours refused.
    void addFinished(const QString &label, const RecordedExchange &recorded);
    void cancel(int row);
    void retryNow(int row);
    void clearFinished();

    [[nodiscard]] int runningCount() const; ///< waiting ones included
    [[nodiscard]] std::optional<Error> lastError() const; ///< of the latest that failed; a cancelled one is no error
    /// "1 retry in 2 s", "3 retries, next in 2 s", or empty.
    [[nodiscard]] QString retryText() const;

    [[nodiscard]] Reply *replyAt(int row) const; ///< null when finished
    [[nodiscard]] const Exchange *exchangeAt(int row) const; ///< of the last attempt; null when discarded
    [[nodiscard]] const std::vector<Exchange> &earlierAttemptsAt(int row) const;
    [[nodiscard]] const ChangeLog &changeLogAt(int row) const;
    [[nodiscard]] std::optional<Error> errorAt(int row) const;
    [[nodiscard]] const QJsonObject &commonRequestAt(int row) const;
    /// Everything that is known of a row, attempts included, as a copy; no attempts when it was discarded.
    [[nodiscard]] RecordedExchange recordedAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr int maxFinished = 200;
    static constexpr qint64 maxKeptBytes = 64 * 1024 * 1024; ///< of all finished bodies together

Q_SIGNALS:
    /// Counts, last error or the countdown changed; at most a few times a second while something runs.
    void summaryChanged();
    void failed(const QString &label, const diptych::Error &error);

private:
    struct Entry;
    [[nodiscard]] const Entry &at(int row) const { return *m_entries[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const Entry *entry) const;
    [[nodiscard]] QVariant text(const Entry &entry, int column) const;
    void follow(Reply *reply, Entry *entry);
    void close(Entry *entry, State state);
    void notify(const Entry *entry);
    void tick();
    void trim();

    std::deque<std::unique_ptr<Entry>> m_entries;
    QTimer m_tick;
};

/// The rows with a text in their label, error, URL or bodies, and of one state.
class ActivityFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Show { All, Running, Failed };

    explicit ActivityFilter(ActivityModel &activity, QObject *parent = nullptr);

    void setNeedle(const QString &needle);
    void show(Show what);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ActivityModel &m_activity;
    QString m_needle;
    Show m_show = Show::All;
};

/// One or two words for people.
[[nodiscard]] QString activityStateName(ActivityModel::State state);

} // namespace diptych
