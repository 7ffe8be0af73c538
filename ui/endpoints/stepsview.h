// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connectionsteps.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace diptych {

/// The steps of a trial connection, one line each: mark, name, what happened, how long it took.
class StepsView : public QWidget
{
    Q_OBJECT
public:
    explicit StepsView(QWidget *parent = nullptr);

    /// Hidden when there are none.
    void setSteps(std::vector<ConnectionStep> steps);
    [[nodiscard]] const std::vector<ConnectionStep> &steps() const { return m_steps; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void showSteps();
    void addRow(int row, const ConnectionStep &step);
    void drawIcons();

    QGridLayout *m_grid;
    std::vector<ConnectionStep> m_steps;
    std::vector<QLabel *> m_icons;
};

} // namespace diptych
