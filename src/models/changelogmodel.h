// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace diptych {

/// What became of each field of a request on its way to the wire, one row per field.
class ChangeLogModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { KindColumn, ChangeColumn, ReasonColumn, ColumnCount };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< Change::Kind
        FieldRole, ///< QString, the common name; empty with Added
        WireRole, ///< QString, the name on the wire; empty with Dropped
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps the selection of views when nothing changed.
    void setChanges(const ChangeLog &changes);
    /// How many fields did not go out as they were asked for.
    [[nodiscard]] int changedCount() const;
    [[nodiscard]] int count(Change::Kind kind) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ChangeLog m_changes;
};

/// The lines of one kind, those that are not plain "sent", or all.
class ChangeFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Show { All, Changed, OneKind };

    using QSortFilterProxyModel::QSortFilterProxyModel;

    void show(Show what, Change::Kind kind = Change::Kind::Sent);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Show m_show = Show::All;
    Change::Kind m_kind = Change::Kind::Sent;
};

} // namespace diptych
