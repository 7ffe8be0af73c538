// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/repeatstrip.h"

#include "models/conversation.h"
#include "models/repeatreport.h"
#include "models/repeatseries.h"
#include "theme/theme.h"
#include "widgets/pressfilter.h"

#include <QEvent>
#include <QGuiApplication>

namespace diptych {

RepeatStrip::RepeatStrip(
    const Conversation &conversation, const RepeatSeries &series, const QString &paneId, QWidget *parent)
    : ElidedLabel(parent)
    , m_conversation(conversation)
    , m_series(series)
    , m_paneId(paneId)
{
    setObjectName(QStringLiteral("repeatStrip"));
    setContentsMargins(spacing::normal, 2, spacing::normal, 2);
    setAutoFillBackground(true);
    connect(new PressFilter(this), &PressFilter::pressed, this, &RepeatStrip::openRequested);
    const auto update = [this](const QString &changedId) {
        if (changedId == m_paneId)
            showState();
    };
    connect(&m_series, &RepeatSeries::changed, this, update);
    connect(&m_conversation, &Conversation::answerStarted, this, update);
    connect(&m_conversation, &Conversation::answerFinished, this, update);
    connect(&m_conversation, &Conversation::turnChanged, this, &RepeatStrip::showState);
    connect(&m_conversation, &Conversation::branchShown, this, &RepeatStrip::showState);
    paint();
    showState();
}

void RepeatStrip::showState()
{
    const int turn = m_series.turnOf(m_paneId);
    std::vector<const Answer *> series;
    if (turn >= 0)
        series = seriesOf(m_conversation.session().turns[static_cast<std::size_t>(turn)], m_paneId);
    const bool isRunning = m_series.isRunning(m_paneId);
    setVisible(series.size() > 1 || isRunning);
    if (isRunning)
        setText(tr("Repeating: %1 of %2 …").arg(series.size()).arg(m_series.wanted(m_paneId)));
    else if (series.size() > 1)
        setText(tr("Repeats: %1").arg(summaryOf(reportOf(series, ReportDepth::Summary))));
}

void RepeatStrip::paint()
{
    // Only what differs: setting a palette is a change of the palette, too.
    const QColor soft = themeColor(ThemeColor::AccentSoft, QGuiApplication::palette());
    if (palette().color(QPalette::Window) == soft)
        return;
    QPalette own;
    own.setColor(QPalette::Window, soft);
    setPalette(own);
}

void RepeatStrip::changeEvent(QEvent *event)
{
    ElidedLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

} // namespace diptych
