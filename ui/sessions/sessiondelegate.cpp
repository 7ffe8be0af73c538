// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessiondelegate.h"

#include "models/sessiontreemodel.h"
#include "store/sessionsearch.h"
#include "theme/theme.h"

#include <QPainter>

namespace diptych {

namespace {

/// Begins a little before the first mark: what was found must be seen in a narrow list.
QString fromFirstMark(const QString &text)
{
    constexpr qsizetype before = 12; // characters
    const qsizetype mark = text.indexOf(QChar(SessionMatch::markBegin));
    return mark > before ? QString(u'…' + text.mid(mark - before)) : text;
}

/// A line in which what stands between marks is bold; cut at the end of the area.
void drawMarked(QPainter *painter, const QRect &area, const QString &whole)
{
    const QString text = fromFirstMark(whole);
    QFont plain = painter->font();
    QFont bold = plain;
    bold.setBold(true);
    int x = area.left();
    bool isBold = false;
    qsizetype from = 0;
    while (from < text.size() && x < area.right()) {
        const QChar mark(isBold ? SessionMatch::markEnd : SessionMatch::markBegin);
        qsizetype to = text.indexOf(mark, from);
        if (to < 0)
            to = text.size();
        painter->setFont(isBold ? bold : plain);
        const QFontMetrics metrics(painter->font());
        const QString piece = metrics.elidedText(text.mid(from, to - from), Qt::ElideRight, area.right() - x);
        painter->drawText(
            QRect(x, area.top(), area.right() - x, area.height()), Qt::AlignVCenter | Qt::AlignLeft, piece);
        x += metrics.horizontalAdvance(piece);
        isBold = !isBold;
        from = to + 1;
    }
    painter->setFont(plain);
}

QString iconNameOf(const QModelIndex &index)
{
    const QVariant kind = index.data(SessionTreeModel::KindRole);
    if (!kind.isValid())
        return {};
    if (kind.toInt() == int(SessionTreeModel::Kind::Folder))
        return QStringLiteral("folder");
    return index.data(SessionTreeModel::PinnedRole).toBool() ? QStringLiteral("pin") : QString();
}

} // namespace

SessionDelegate::SessionDelegate(int detailRole, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_detailRole(detailRole)
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

    QRect area = option.rect.adjusted(spacing::tight, spacing::tight, -spacing::normal, -spacing::tight);
    const int line = option.fontMetrics.height();
    if (const QString icon = iconNameOf(index); !icon.isEmpty()) {
        const QRect place(area.right() - line + 1, area.top(), line, line);
        themeIcon(icon).paint(painter, place, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
        area.setRight(place.left() - spacing::tight);
    }
    painter->setFont(option.font);
    painter->setPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(QRect(area.left(), area.top(), area.width(), line), Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    QFont small = option.font;
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter->setFont(small);
    painter->setPen(
        isSelected ? option.palette.color(QPalette::HighlightedText) : themeColor(ThemeColor::Muted, option.palette));
    drawMarked(painter, QRect(area.left(), area.top() + line, area.width(), line), index.data(m_detailRole).toString());
    if (option.state.testFlag(QStyle::State_HasFocus) && !isSelected) {
        painter->setPen(themeColor(ThemeColor::Accent, option.palette));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() * 2 + 2 * spacing::tight};
}

} // namespace diptych
