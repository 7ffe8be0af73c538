// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QPushButton;

namespace diptych {

class ElidedLabel;

/// A small chart of how undecided the model was along its answer; a click leads to the place.
class EntropyChart : public QWidget
{
    Q_OBJECT
public:
    explicit EntropyChart(QWidget *parent = nullptr);

    struct Bar {
        double place = 0; ///< in the answer, 0–1
        double bits = 0;
        bool operator==(const Bar &) const = default;
    };
    void setBars(std::vector<Bar> bars);
    /// The highest of the chart, in bits.
    static constexpr double top = 4;

Q_SIGNALS:
    void placeClicked(double place); ///< 0–1

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    std::vector<Bar> m_bars;
};

/// The line above a pane's answers that says what the overlay found in them.
class OverlayStrip : public QWidget
{
    Q_OBJECT
public:
    explicit OverlayStrip(QWidget *parent = nullptr);

    /// Empty hides the strip.
    void showText(const QString &text, const QString &details = {});
    /// A button beside the text; empty: none.
    void setOffer(const QString &text);
    void setEntropy(std::vector<EntropyChart::Bar> bars);
    /// Also without bars, so that the strips of all panes are of one height.
    void setChartVisible(bool isVisible);

Q_SIGNALS:
    void offerTaken();
    void placeClicked(double place);

private:
    ElidedLabel *m_text;
    QPushButton *m_offer;
    EntropyChart *m_entropy;
};

} // namespace diptych
