// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/abilitydelegate.h"

#include "models/capabilitiesmodel.h"
#include "theme/theme.h"

#include <QPainter>

namespace diptych {

namespace {

constexpr int markSize = 14;

QFont smaller(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.9);
    return small;
}

/// The shapes differ too, so that nothing hangs on the colour alone.
void drawMark(QPainter *painter, const QRect &area, CapabilityState::State state, const QPalette &palette)
{
    QRectF circle = QRectF(area).adjusted(2, 2, -2, -2);
    painter->setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case CapabilityState::State::Supported: {
        painter->setPen(QPen(themeColor(ThemeColor::Success, palette), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(QPolygonF({{circle.left(), circle.center().y() + 1},
            {circle.left() + circle.width() * 0.38, circle.bottom() - 1}, {circle.right(), circle.top() + 1}}));
        break;
    }
    case CapabilityState::State::Refused:
        painter->setPen(QPen(themeColor(ThemeColor::Danger, palette), 2, Qt::SolidLine, Qt::RoundCap));
        circle.adjust(1, 1, -1, -1);
        painter->drawLine(circle.topLeft(), circle.bottomRight());
        painter->drawLine(circle.topRight(), circle.bottomLeft());
        break;
    case CapabilityState::State::Unknown:
        painter->setPen(themeColor(ThemeColor::Muted, palette));
        painter->drawText(area, Qt::AlignCenter, QStringLiteral("?"));
        break;
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void AbilityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected)
        painter->fillRect(option.rect, themeColor(ThemeColor::AccentSoft, option.palette));
    const QFont small = smaller(option.font);
    const QFontMetrics smallMetrics(small);
    const int line = option.fontMetrics.height();
    const QRect area = option.rect.adjusted(spacing::tight, spacing::tight, -spacing::tight, 0);
    const auto state = static_cast<CapabilityState::State>(index.data(CapabilitiesModel::StateRole).toInt());
    drawMark(
        painter, QRect(area.left(), area.top() + (line - markSize) / 2, markSize, markSize), state, option.palette);

    const QColor muted = themeColor(ThemeColor::Muted, option.palette);
    const QString origin = index.data(CapabilitiesModel::OriginRole).toString();
    const int originWidth = smallMetrics.horizontalAdvance(origin);
    QRect first(area.left() + markSize + spacing::normal, area.top(), 0, line);
    first.setRight(area.right() - originWidth - spacing::normal);
    painter->setPen(option.palette.color(QPalette::Text));
    painter->setFont(option.font);
    painter->drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, first.width()));
    painter->setPen(muted);
    painter->setFont(small);
    painter->drawText(QRect(area.right() - originWidth, area.top(), originWidth + 1, line),
        Qt::AlignVCenter | Qt::AlignRight, origin);
    const QRect second(first.left(), first.bottom() + 1, area.right() - first.left(), smallMetrics.height());
    painter->drawText(second, Qt::AlignVCenter | Qt::AlignLeft,
        smallMetrics.elidedText(
            index.data(CapabilitiesModel::EvidenceRole).toString().simplified(), Qt::ElideRight, second.width()));
    painter->restore();
}

QSize AbilityDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool hasEvidence = !index.data(CapabilitiesModel::EvidenceRole).toString().isEmpty();
    const int evidence = hasEvidence ? QFontMetrics(smaller(option.font)).height() : 0;
    return {0, option.fontMetrics.height() + evidence + spacing::normal};
}

} // namespace diptych
