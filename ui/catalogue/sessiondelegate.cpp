// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/sessiondelegate.h"

#include "models/sessionlistmodel.h"
#include "theme/theme.h"

#include <QPainter>

namespace diptych {

SessionDelegate::SessionDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void SessionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (isSelected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, themeColor(ThemeColor::AccentSoft, option.palette));

    const QRect area = option.rect.adjusted(spacing::tight, spacing::tight, -spacing::normal, -spacing::tight);
    const int line = option.fontMetrics.height();
    painter->setFont(option.font);
    painter->setPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(QRect(area.left(), area.top(), area.width(), line), Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    QFont small = option.font;
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter->setFont(small);
    painter->setPen(
        isSelected ? option.palette.color(QPalette::HighlightedText) : themeColor(ThemeColor::Muted, option.palette));
    painter->drawText(QRect(area.left(), area.top() + line, area.width(), line), Qt::AlignVCenter | Qt::AlignLeft,
        index.data(SessionListModel::DetailRole).toString());
    painter->restore();
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() * 2 + 2 * spacing::tight};
}

} // namespace diptych
