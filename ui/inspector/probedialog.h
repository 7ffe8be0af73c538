// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "runs/capabilityprobeplan.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class ProbeDialog;
}

class ProbePlanModel;

/// Shows what a probe would ask, how much that is and what it costs, and lets it be trimmed.
class ProbeDialog : public QDialog
{
    Q_OBJECT
public:
    ProbeDialog(const QString &modelName, ProbePlan plan, const Charge &charge, QWidget *parent = nullptr);
    ~ProbeDialog() override;

    void accept() override;

Q_SIGNALS:
    void confirmed(const diptych::ProbePlan &plan);

private:
    void updateTotals();

    std::unique_ptr<Ui::ProbeDialog> m_ui;
    ProbePlanModel *m_model;
    Charge m_charge;
};

} // namespace diptych
