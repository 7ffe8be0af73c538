// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metricfacts.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QScrollArea;
class QToolButton;

namespace diptych {

class HistogramChart;

/// Everything that is known of one answer's time, speed, tokens and cost, and who counted it: a card that pops up
/// below the line of numbers of a pane. Escape closes it.
class MetricsCard : public QFrame
{
    Q_OBJECT
public:
    explicit MetricsCard(QWidget *parent = nullptr);

    /// `title`: whose answer it is.
    void setAnswer(const QString &title, const Answer &answer, const std::optional<Cost> &cost);
    /// Opens below `anchor`, inside the screen.
    void popup(QWidget *anchor);

Q_SIGNALS:
    void compareRequested(); ///< the numbers of all answers side by side

private:
    void showFacts(const std::vector<MetricFact> &facts);
    void showGaps(const GapDistribution &gaps);
    void fit(const QRect &area); ///< of the screen

    QLabel *m_title;
    QLabel *m_empty;
    QScrollArea *m_scroll;
    QWidget *m_body = nullptr;
    QLabel *m_gapTitle;
    HistogramChart *m_gaps;
    QToolButton *m_compare;
    QString m_text; ///< to be copied
};

} // namespace diptych
