// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/extrasexperiment.h"

#include <QDialog>

#include <array>
#include <memory>

namespace diptych {

namespace Ui {
class ExtrasExperimentView;
}

class BodyDifferenceModel;
class ExtrasArmView;

/// Asks a model one question with each mode for extra parameters and shows answers, headers and bodies side by side.
/// Deletes itself when closed, which ends what is running; to be shown with open().
class ExtrasExperimentView : public QDialog
{
    Q_OBJECT
public:
    /// Asks at once when the request has a question; else a small one is proposed and waits for a click.
    ExtrasExperimentView(
        Connections &connections, const ModelRef &model, const ChatRequest &request, QWidget *parent = nullptr);
    ~ExtrasExperimentView() override;

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label);

private:
    void setUpTable();
    void toggle();
    void run();
    void showArm(int arm);
    void showBodies();
    void showState();

    std::unique_ptr<Ui::ExtrasExperimentView> m_ui;
    Connections &m_connections;
    ModelRef m_model;
    ChatRequest m_request;
    BodyDifferenceModel *m_bodies;
    std::array<ExtrasArmView *, 3> m_arms {};
    ExtrasExperiment m_experiment;
};

} // namespace diptych
