// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contextgauge.h"

#include <QAbstractButton>

namespace diptych {

/// How full the context of the panes will be: the worst one in words and as a bar; all of them in the tooltip, which a
/// click shows, too.
class ContextGaugeView : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ContextGaugeView(QWidget *parent = nullptr);

    void setEstimates(std::vector<ContextEstimate> estimates);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<ContextEstimate> m_estimates;
};

} // namespace diptych
