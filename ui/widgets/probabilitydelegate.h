// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace diptych {

/// A text with its probability as a bar behind it and as a number.
class ProbabilityDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum Role { ProbabilityRole = Qt::UserRole + 1 }; ///< double, 0–1

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace diptych
