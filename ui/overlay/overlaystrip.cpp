// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/overlaystrip.h"

#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr int chartHeight = 22;
constexpr int barWidth = 2;

} // namespace

EntropyChart::EntropyChart(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(chartHeight);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Entropy along the answer"));
    setToolTip(
        tr("How undecided the model was along its answer: entropy of each token in bits, at least; the line is one "
           "bit. Click to go there."));
}

void EntropyChart::setBars(std::vector<Bar> bars)
{
    if (bars == m_bars)
        return;
    m_bars = std::move(bars);
    update();
}

void EntropyChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ThemeColor::Code, palette()));
    // Of the tokens that share a column, the least decided one is drawn.
    std::vector<double> columns(static_cast<std::size_t>(std::max(1, width() / barWidth)), 0);
    for (const Bar &bar : m_bars) {
        const auto column = static_cast<std::size_t>(bar.place * static_cast<double>(columns.size()));
        double &highest = columns[std::min(column, columns.size() - 1)];
        highest = std::max(highest, bar.bits);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int high = static_cast<int>(std::lround(std::min(1.0, columns[i] / top) * (height() - 2)));
        const ThemeColor color = columns[i] < 1 ? ThemeColor::Muted : ThemeColor::Warning;
        painter.fillRect(static_cast<int>(i) * barWidth, height() - high, barWidth, high, themeColor(color, palette()));
    }
    painter.setPen(themeColor(ThemeColor::Border, palette()));
    const int line = height() - static_cast<int>(std::lround((height() - 2) / top));
    painter.drawLine(0, line, width(), line);
}

void EntropyChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && width() > 0)
        Q_EMIT placeClicked(std::clamp(event->position().x() / width(), 0.0, 1.0));
}

OverlayStrip::OverlayStrip(QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(this))
    , m_offer(new QPushButton(this))
    , m_entropy(new EntropyChart(this))
{
    setObjectName(QStringLiteral("overlayStrip"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::normal, 2, spacing::normal, 2);
    column->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_offer);
    // With the button or without it: turns start at the same height in all panes.
    m_text->setMinimumHeight(m_offer->sizeHint().height());
    column->addLayout(row);
    column->addWidget(m_entropy);
    makeCaption(m_text);
    m_text->setObjectName(QStringLiteral("overlayText"));
    m_offer->setObjectName(QStringLiteral("overlayOffer"));
    m_offer->hide();
    m_entropy->hide();
    hide();
    connect(m_offer, &QPushButton::clicked, this, &OverlayStrip::offerTaken);
    connect(m_entropy, &EntropyChart::placeClicked, this, &OverlayStrip::placeClicked);
}

void OverlayStrip::showText(const QString &text, const QString &details)
{
    m_text->setText(text);
    m_text->setToolTip(details.isEmpty() ? text : details);
    m_text->setAccessibleName(text);
    setVisible(!text.isEmpty());
}

void OverlayStrip::setOffer(const QString &text)
{
    m_offer->setText(text);
    m_offer->setVisible(!text.isEmpty());
}

void OverlayStrip::setEntropy(std::vector<EntropyChart::Bar> bars)
{
    m_entropy->setBars(std::move(bars));
}

void OverlayStrip::setChartVisible(bool isVisible)
{
    m_entropy->setVisible(isVisible);
}

} // namespace diptych
