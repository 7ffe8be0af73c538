// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tokenspans.h"

#include <QWidget>

namespace diptych {

/// A bar for each token, as high as the choice at its place was open: bits of entropy, or of surprise where no
/// alternatives were told. Hidden while nothing is known.
class EntropyStrip : public QWidget
{
    Q_OBJECT
public:
    explicit EntropyStrip(QWidget *parent = nullptr);

    void setSpans(const std::vector<TokenSpans::Span> &spans);
    /// Marks the token that covers this place in the text.
    void setCurrent(qsizetype position);
    void setOn(bool isOn);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void positionChosen(int position); ///< in the text

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    struct Bar {
        qsizetype start = 0;
        double bits = 0;
        QString hint {};
    };
    [[nodiscard]] int barAt(int x) const; ///< -1: none
    void showState();

    std::vector<Bar> m_bars;
    qsizetype m_current = -1;
    bool m_isOn = false;
};

} // namespace diptych
