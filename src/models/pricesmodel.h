// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/price.h"

#include <QAbstractTableModel>

namespace diptych {

/// Prices to be edited in place: a working copy of a table.
class PricesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Model, Where, Input, Output, CachedInput, Images, Currency, Source, Date, ColumnCount };

    /// Where a price may hold, for a choice.
    struct Place {
        QString key {}; ///< what the column Where takes and gives as Qt::EditRole
        QString name {};
        bool operator==(const Place &) const = default;
    };

    PricesModel(std::vector<Price> prices, const Connections &connections, QObject *parent = nullptr);

    /// Those with a model's name.
    [[nodiscard]] std::vector<Price> prices() const;
    [[nodiscard]] const std::vector<Place> &places() const { return m_places; }
    [[nodiscard]] QModelIndex add(const Price &price);
    void remove(int row);
    /// The row that holds for a model; -1: none.
    [[nodiscard]] int rowFor(const Endpoint &endpoint, const QString &model) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// False for what makes no sense: a rate that is no number or negative.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    [[nodiscard]] QVariant editData(const Price &price, int column) const;
    [[nodiscard]] QString placeName(const QString &key) const;

    std::vector<Price> m_prices;
    std::vector<Place> m_places;
};

} // namespace diptych
