// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionexport.h"
#include "runs/completionsweep.h"

#include <QAbstractTableModel>
#include <QJsonObject>

#include <memory>

namespace diptych {

/// The grid of a sweep: a row for each temperature, a column for each top_p, for one of its models at a time.
class SweepModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        StateRole = Qt::UserRole + 1, ///< CompletionOutcome::State
        MetricsRole, ///< QString, one line
        NoticesRole, ///< QStringList
        DistinctRole, ///< QString, "3 of 5 distinct"; empty for one sample
    };

    explicit SweepModel(Connections &connections, QObject *parent = nullptr);
    ~SweepModel() override;

    void setCapabilityBook(const CapabilityBook *book) { m_book = book; } ///< may be null; outlives the model
    void setPrices(const PriceTable *prices) { m_prices = prices; } ///< may be null; outlives the model

    /// Takes the place of the sweep before; that one is stopped.
    void start(const CompletionSweep &sweep);
    void stop();
    void stop(const QModelIndex &cell);
    void retry(const QModelIndex &cell, CompletionRoute route); ///< once it is over
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] bool isEmpty() const { return !m_run; } ///< no sweep was started
    [[nodiscard]] int done() const; ///< cells that are over, of all models
    [[nodiscard]] int total() const;
    [[nodiscard]] int failures() const;

    [[nodiscard]] const CompletionSweep &sweep() const { return m_sweep; }
    [[nodiscard]] int shownModel() const { return m_shown; } ///< index into the sweep's models
    void showModel(int model);
    [[nodiscard]] const CompletionJob *job(const QModelIndex &cell) const; ///< null for an invalid cell
    [[nodiscard]] const CompletionOutcome *outcome(const QModelIndex &cell) const;
    [[nodiscard]] std::vector<CompletionResult> results() const; ///< of all cells and models

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// Display: the text of the first sample, or the error.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void progressChanged(); ///< a cell is over, or all are
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);

private:
    [[nodiscard]] int jobOf(const QModelIndex &cell) const; ///< -1: none
    [[nodiscard]] QString metricsOf(int job) const;
    void refresh(int job);

    Connections &m_connections;
    const CapabilityBook *m_book = nullptr;
    const PriceTable *m_prices = nullptr;
    CompletionSweep m_sweep;
    std::unique_ptr<CompletionRun> m_run; // null: no sweep yet
    int m_shown = 0;
};

} // namespace diptych
