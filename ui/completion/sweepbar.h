// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/completionsweep.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace diptych {

/// What a sweep varies, what it will take, and the button that starts it.
class SweepBar : public QWidget
{
    Q_OBJECT
public:
    explicit SweepBar(QWidget *parent = nullptr);

    /// Sets what varies; false when a field can not be read, or nothing varies.
    [[nodiscard]] bool apply(CompletionSweep &sweep) const;
    [[nodiscard]] QString temperatureText() const;
    [[nodiscard]] QString topPText() const;
    void setTexts(const QString &temperature, const QString &topP);
    /// What is said beside the button; `canRun`: there is something to be asked.
    void showPlan(const QString &plan, bool canRun);
    /// `plan` is how far it is.
    void showRunning(bool isRunning);

Q_SIGNALS:
    void changed();
    void runRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showProblem();

    QLineEdit *m_temperature;
    QLineEdit *m_topP;
    QLabel *m_plan;
    QPushButton *m_run;
    bool m_isRunning = false;
    bool m_canRun = false;
};

} // namespace diptych
