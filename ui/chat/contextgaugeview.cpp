// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/contextgaugeview.h"

#include "theme/theme.h"

#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QToolTip>

#include <algorithm>

namespace diptych {

namespace {

constexpr int barHeight = 3;
constexpr int leastWidth = 110;

ThemeColor colorOf(ContextEstimate::State state)
{
    switch (state) {
    case ContextEstimate::State::Overflows:
        return ThemeColor::Danger;
    case ContextEstimate::State::Tight:
        return ThemeColor::Warning;
    case ContextEstimate::State::Fits:
    case ContextEstimate::State::Unknown:
        break;
    }
    return ThemeColor::Muted;
}

} // namespace

ContextGaugeView::ContextGaugeView(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Tokens of the next request"));
    makeCaption(this);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this,
        [this] { QToolTip::showText(mapToGlobal(QPoint(0, 0)), toolTip(), this); });
    hide();
}

void ContextGaugeView::setEstimates(std::vector<ContextEstimate> estimates)
{
    m_estimates = std::move(estimates);
    const ContextEstimate *worst = worstOf(m_estimates);
    setVisible(worst != nullptr);
    if (!worst)
        return;
    setText(gaugeText(*worst));
    const QString details = gaugeDetails(m_estimates);
    setToolTip(details);
    setAccessibleName(tr("Tokens of the next request: %1").arg(text()));
    setAccessibleDescription(details);
    updateGeometry();
    update();
}

QSize ContextGaugeView::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2 * spacing::tight,
        fontMetrics().height() + 2 * barHeight + spacing::tight};
}

QSize ContextGaugeView::minimumSizeHint() const
{
    return {std::min(leastWidth, sizeHint().width()), sizeHint().height()};
}

void ContextGaugeView::paintEvent(QPaintEvent *)
{
    const ContextEstimate *worst = worstOf(m_estimates);
    if (!worst)
        return;
    QPainter painter(this);
    const QColor color = themeColor(colorOf(worst->state()), palette());
    const QRect words = rect().adjusted(spacing::tight, 0, -spacing::tight, -2 * barHeight);
    painter.setPen(color);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    if (worst->contextLength) {
        QRect bar(words.left(), rect().bottom() - barHeight, words.width(), barHeight);
        painter.fillRect(bar, themeColor(ThemeColor::Border, palette()));
        bar.setWidth(std::max(1, qRound(bar.width() * std::min(worst->fill(), 1.0))));
        painter.fillRect(bar, color);
    }
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

} // namespace diptych
