// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prices/placedelegate.h"

#include "models/pricesmodel.h"

#include <QComboBox>

namespace diptych {

PlaceDelegate::PlaceDelegate(const PricesModel &prices, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_prices(prices)
{
}

QWidget *PlaceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(PricesModel::tr("Where the price holds"));
    for (const PricesModel::Place &place : m_prices.places())
        box->addItem(place.name, place.key);
    return box;
}

void PlaceDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (!box)
        return;
    const QVariant key = index.data(Qt::EditRole);
    // The price of an endpoint that is gone stays what it is unless another place is chosen.
    if (box->findData(key) < 0)
        box->addItem(index.data().toString(), key);
    box->setCurrentIndex(box->findData(key));
}

void PlaceDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        model->setData(index, box->currentData(), Qt::EditRole);
}

} // namespace diptych
