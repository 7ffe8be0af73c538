// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace diptych {

/// Rows of the model tree: endpoints as quiet headings with their state, models with an icon for their type.
class ModelDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ModelDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace diptych
