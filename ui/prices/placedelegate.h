// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace diptych {

class PricesModel;

/// Chooses where a price holds.
class PlaceDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit PlaceDelegate(const PricesModel &prices, QObject *parent = nullptr);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

private:
    const PricesModel &m_prices;
};

} // namespace diptych
