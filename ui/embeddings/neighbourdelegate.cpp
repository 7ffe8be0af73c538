// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/neighbourdelegate.h"

#include "models/embeddingitemsmodel.h"
#include "theme/theme.h"

#include <algorithm>

namespace diptych {

namespace {

constexpr int barHeight = 3;

void paintBar(QPainter &painter, const QRect &area, double score, bool isShared, const QPalette &palette)
{
    const QColor color = themeColor(isShared ? ThemeColor::Accent : ThemeColor::Faint, palette);
    painter.fillRect(area, themeColor(ThemeColor::Border, palette));
    painter.fillRect(
        QRect(area.left(), area.top(), static_cast<int>(area.width() * std::clamp(score, 0.0, 1.0)), area.height()),
        color);
}

} // namespace

void NeighbourDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const QPalette &palette = option.palette;
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Selected))
        painter->fillRect(option.rect, themeColor(ThemeColor::AccentSoft, palette));
    const QRect inner = option.rect.adjusted(spacing::tight, 3, -spacing::tight, -3);
    const double score = index.data(EmbeddingItemsModel::ScoreRole).toDouble();
    const QString number = option.locale.toString(score, 'f', 2);
    const int numberWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("-0.00"));
    const QRect line(inner.left(), inner.top(), inner.width(), option.fontMetrics.height());
    painter->setFont(option.font);
    painter->setPen(themeColor(ThemeColor::Muted, palette));
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    const QRect textArea = line.adjusted(0, 0, -numberWidth - spacing::tight, 0);
    painter->setPen(palette.color(QPalette::Text));
    painter->drawText(textArea, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString().simplified(), Qt::ElideRight, textArea.width()));
    const QRect bar(inner.left(), inner.bottom() - barHeight + 1, inner.width(), barHeight);
    paintBar(*painter, bar, score, index.data(EmbeddingItemsModel::SharedRole).toBool(), palette);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(themeColor(ThemeColor::Accent, palette));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize NeighbourDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() + barHeight + 8};
}

} // namespace diptych
