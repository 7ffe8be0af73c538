// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/routetable.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

namespace diptych {

/// The routes of the gateway with what has passed through them. Names and check marks are edited in place and go into
/// the table at once. Follows the table; counters are shown again at most ten times a second.
class RouteTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NameColumn, ///< what clients call the model; checked while the route is in use
        ModelsColumn,
        RequestsColumn,
        RunningColumn,
        ErrorsColumn,
        FirstTokenColumn,
        TokensColumn,
        CostColumn,
        NotesColumn, ///< what the route does besides: strict, shadow, records …
        ColumnCount
    };
    enum Role {
        RouteIdRole = Qt::UserRole + 1, ///< QString
        FaultRole, ///< QString: why requests of this route can not be answered; empty when they can
        NotesRole, ///< QStringList: the notes one by one
    };

    /// Both must outlive the model.
    RouteTableModel(RouteTable &routes, const Connections &connections, QObject *parent = nullptr);

    [[nodiscard]] QString idAt(int row) const; ///< empty: no such row
    [[nodiscard]] int rowOf(const QString &routeId) const; ///< -1: none
    /// Another model for a route that has at most one: from its next request on. False where several share it.
    bool swapModel(const QString &routeId, const ModelRef &model);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// False for an empty name.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    /// A model that is dropped on a route is swapped in.
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

private:
    void takeRoutes();
    void takeCounters(const QString &routeId);
    void showCounters();
    void showEndpoints();
    [[nodiscard]] QString text(const Route &route, int column) const;
    [[nodiscard]] QString modelsText(const Route &route) const;
    [[nodiscard]] QString fault(const Route &route) const;
    [[nodiscard]] QString toolTip(const Route &route, int column) const;

    RouteTable &m_table;
    const Connections &m_connections;
    std::vector<Route> m_routes; // as they are shown
    QSet<QString> m_counted; // routes whose counters have changed since they were shown
    QTimer m_pause;
};

/// An amount in the currency of the prices, for people: "0.0021", "0.42", "12.50".
[[nodiscard]] QString amountText(double amount);
/// What a route does besides leading to a model, a word or two for each.
[[nodiscard]] QStringList routeNotes(const Route &route, const RouteCounters &counters);

} // namespace diptych
