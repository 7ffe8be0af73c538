// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/probabilitydelegate.h"

#include "theme/theme.h"

#include <QLocale>
#include <QPainter>

namespace diptych {

void ProbabilityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const double probability = index.data(ProbabilityRole).toDouble();
    const QRect area = cell.rect.adjusted(spacing::tight, 2, -spacing::tight, -2);
    painter->save();
    if (cell.state & QStyle::State_MouseOver)
        painter->fillRect(cell.rect, themeColor(ThemeColor::Code, cell.palette));
    QRect bar = area;
    bar.setWidth(qMax(1, static_cast<int>(area.width() * qBound(0.0, probability, 1.0))));
    QColor color = seriesColor(0, cell.palette);
    color.setAlphaF(0.3F);
    painter->fillRect(bar, color);
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(QPalette::Text));
    const QString percent = QLocale().toString(probability * 100, 'f', probability < 0.0995 ? 2 : 1) + u" %";
    const int wide = cell.fontMetrics.horizontalAdvance(percent);
    const QRect left = area.adjusted(spacing::tight, 0, -wide - spacing::normal, 0);
    painter->drawText(
        left, Qt::AlignLeft | Qt::AlignVCenter, cell.fontMetrics.elidedText(cell.text, Qt::ElideRight, left.width()));
    painter->setPen(themeColor(ThemeColor::Muted, cell.palette));
    painter->drawText(area.adjusted(0, 0, -spacing::tight, 0), Qt::AlignRight | Qt::AlignVCenter, percent);
    painter->restore();
}

QSize ProbabilityDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(option.fontMetrics.height() + spacing::normal);
    return size;
}

} // namespace diptych
