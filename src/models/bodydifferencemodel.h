// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QByteArray>

#include <optional>
#include <vector>

namespace diptych {

/// Several JSON bodies side by side, one row per member. Objects are opened, lists are one value. Rows that differ come
/// first.
class BodyDifferenceModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { DiffersRole = Qt::UserRole + 1 }; ///< bool, of a row

    using QAbstractTableModel::QAbstractTableModel;

    /// One column per body; an empty body was not sent.
    void setBodies(const QStringList &titles, const std::vector<QByteArray> &bodies);
    [[nodiscard]] int differingCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString path {};
        std::vector<std::optional<QString>> values {};
        bool differs = false;
    };
    QStringList m_titles;
    std::vector<bool> m_isSent;
    std::vector<Row> m_rows;
};

} // namespace diptych
