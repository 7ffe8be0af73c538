// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/extrasexperiment.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class ExtrasArmView;
}

class ChangeLogModel;

/// One of the three modes of an ExtrasExperiment: its header, how it ended, the answer, what the adapter changed.
class ExtrasArmView : public QWidget
{
    Q_OBJECT
public:
    explicit ExtrasArmView(QWidget *parent = nullptr);
    ~ExtrasArmView() override;

    void showArm(const ExtrasExperiment::Arm &arm);

private:
    std::unique_ptr<Ui::ExtrasArmView> m_ui;
    ChangeLogModel *m_changes;
};

} // namespace diptych
