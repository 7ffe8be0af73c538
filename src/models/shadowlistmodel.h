// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/shadowlog.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

#include <deque>

namespace diptych {

/// What two models answered to the same requests of clients, newest first. Follows the log; answers that grow are shown
/// again at most ten times a second.
class ShadowListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        NameColumn, ///< what the client asked for
        ServedColumn, ///< the model whose answer the client got
        ServedTimeColumn, ///< first token / whole answer
        ShadowColumn,
        ShadowTimeColumn,
        AgreementColumn, ///< how much of the text is the same
        ColumnCount
    };
    enum Role {
        PairIdRole = Qt::UserRole + 1, ///< quint64
        IsFinishedRole, ///< bool: both are
        HasErrorRole, ///< bool: one of them failed
    };

    /// Both must outlive the model.
    ShadowListModel(const ShadowLog &log, const Connections &connections, QObject *parent = nullptr);

    [[nodiscard]] const ShadowPair *pairAt(int row) const; ///< null: no such row

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void takeChange(quint64 id);
    void takeLeaving();
    void takeAll();
    void showChanges();
    [[nodiscard]] QString text(const ShadowPair &pair, int column) const;

    const ShadowLog &m_log;
    const Connections &m_connections;
    std::deque<quint64> m_ids; // newest first
    QSet<quint64> m_changed; // since they were shown
    QTimer m_pause;
};

/// The share of words that two texts have in common, 0–1; 1 for two empty ones. Counts every word as often as it
/// stands there; order does not matter.
[[nodiscard]] double sharedWords(const QString &left, const QString &right);

} // namespace diptych
