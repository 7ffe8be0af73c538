// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/sweepdelegate.h"

#include "models/sweepmodel.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTextLayout>

namespace diptych {

namespace {

constexpr int fewestLines = 3;
constexpr int longestShown = 2'000; // characters that are laid out at all

/// Draws as many lines as fit; the last one ends in an ellipsis when there is more.
void drawLines(QPainter *painter, const QRect &area, const QString &text, const QFont &font)
{
    // One paragraph: a line break would waste the little room there is.
    QString shown = text.left(longestShown);
    shown.replace(u'\n', QChar(0x21B5));
    QTextLayout layout(shown, font);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    layout.beginLayout();
    const QFontMetrics metrics(font);
    int y = 0;
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        const QPoint at(area.left(), area.top() + y);
        y += metrics.lineSpacing();
        const bool isLast = y + metrics.lineSpacing() > area.height();
        const bool hasMore = line.textStart() + line.textLength() < shown.size();
        if (isLast && hasMore) {
            painter->setFont(font);
            painter->drawText(at + QPoint(0, metrics.ascent()),
                metrics.elidedText(shown.mid(line.textStart()), Qt::ElideRight, area.width()));
            break;
        }
        line.draw(painter, at);
        if (isLast)
            break;
    }
    layout.endLayout();
}

} // namespace

void SweepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto state = static_cast<CompletionOutcome::State>(index.data(SweepModel::StateRole).toInt());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isFailed = state == CompletionOutcome::State::Failed;
    const bool isBridged = !index.data(SweepModel::NoticesRole).toStringList().isEmpty();
    const QPalette &palette = option.palette;
    painter->save();
    painter->setClipRect(option.rect);
    QColor background = palette.color(QPalette::Base);
    if (isFailed)
        background = themeColor(ThemeColor::DangerSoft, palette);
    if (isSelected)
        background = themeColor(ThemeColor::AccentSoft, palette);
    painter->fillRect(option.rect, background);
    if (isSelected) {
        painter->setPen(QPen(themeColor(ThemeColor::Accent, palette), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    const QRect area = option.rect.adjusted(spacing::normal, spacing::tight, -spacing::normal, -spacing::tight);
    QFont small = option.font;
    small.setPointSizeF(option.font.pointSizeF() * 0.85);
    const QFontMetrics smallMetrics(small);
    QStringList caption;
    if (const QString distinct = index.data(SweepModel::DistinctRole).toString(); !distinct.isEmpty())
        caption.append(distinct);
    if (isBridged)
        caption.append(tr("changed on the way"));
    caption.append(index.data(SweepModel::MetricsRole).toString());
    painter->setFont(small);
    painter->setPen(isFailed ? themeColor(ThemeColor::Danger, palette) : themeColor(ThemeColor::Muted, palette));
    painter->drawText(area.left(), area.top() + smallMetrics.ascent(),
        smallMetrics.elidedText(caption.join(QStringLiteral(" · ")), Qt::ElideRight, area.width()));
    painter->setPen(isFailed ? themeColor(ThemeColor::Danger, palette) : palette.color(QPalette::Text));
    drawLines(painter, area.adjusted(0, smallMetrics.lineSpacing() + 2, 0, 0),
        index.data(Qt::DisplayRole).toString().trimmed(), option.font);
    painter->restore();
}

QSize SweepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {140, (fewestLines + 1) * option.fontMetrics.lineSpacing() + 3 * spacing::tight};
}

} // namespace diptych
