// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/commanddelegate.h"

#include "palette/commandmodel.h"
#include "theme/theme.h"

#include <QPainter>

namespace diptych {

namespace {

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

} // namespace

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isHeader = index.data(CommandModel::IsHeaderRole).toBool();
    const int line = option.fontMetrics.height();
    return {100, isHeader ? line + spacing::normal + spacing::tight : line + spacing::wide};
}

void CommandDelegate::paintHeader(QPainter &painter, const QStyleOptionViewItem &option, const QString &text) const
{
    QFont font = smaller(option.font);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(themeColor(ThemeColor::Muted, option.palette));
    painter.drawText(
        option.rect.adjusted(spacing::wide, spacing::tight, -spacing::wide, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

int CommandDelegate::paintKeys(QPainter &painter, const QStyleOptionViewItem &option, const QString &keys)
{
    const int right = option.rect.right() - spacing::wide;
    if (keys.isEmpty())
        return right;
    painter.setFont(smaller(option.font));
    const int width = painter.fontMetrics().horizontalAdvance(keys);
    const int height = painter.fontMetrics().height() + 2;
    const QRect box(
        right - width - 2 * spacing::tight, option.rect.center().y() - height / 2, width + 2 * spacing::tight, height);
    painter.setPen(themeColor(ThemeColor::Border, option.palette));
    painter.setBrush(themeColor(ThemeColor::Panel, option.palette));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(themeColor(ThemeColor::Muted, option.palette));
    painter.drawText(box, Qt::AlignCenter, keys);
    return box.left() - spacing::normal;
}

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QString title = index.data(Qt::DisplayRole).toString();
    if (index.data(CommandModel::IsHeaderRole).toBool()) {
        paintHeader(*painter, option, title);
        painter->restore();
        return;
    }
    const bool isEnabled = index.data(CommandModel::IsUsableRole).toBool();
    const bool isMarked = option.state.testFlag(QStyle::State_Selected);
    if (isMarked || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(themeColor(isMarked ? ThemeColor::AccentSoft : ThemeColor::Panel, option.palette));
        painter->drawRoundedRect(option.rect.adjusted(spacing::tight, 0, -spacing::tight, 0), 4, 4);
    }
    QRect room = option.rect.adjusted(spacing::wide, 0, 0, 0);
    room.setRight(paintKeys(*painter, option, index.data(CommandModel::KeysRole).toString()));
    painter->setFont(option.font);
    painter->setPen(
        isEnabled ? option.palette.color(QPalette::Text) : option.palette.color(QPalette::Disabled, QPalette::Text));
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width());
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
    room.setLeft(room.left() + painter->fontMetrics().horizontalAdvance(shown) + spacing::wide);
    QString beside = index.data(CommandModel::PlaceRole).toString();
    if (const QString reason = index.data(CommandModel::ReasonRole).toString(); !reason.isEmpty())
        beside = beside.isEmpty() ? reason : QStringLiteral("%1 · %2").arg(beside, reason);
    painter->setFont(smaller(option.font));
    painter->setPen(themeColor(ThemeColor::Muted, option.palette));
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(beside, Qt::ElideRight, room.width()));
    painter->restore();
}

} // namespace diptych
