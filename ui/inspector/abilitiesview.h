// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/price.h"
#include "runs/capabilityprobeplan.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class AbilitiesView;
}

class CapabilitiesModel;
class CapabilityBook;
class CapabilityProbe;

/// What a model can do, with evidence; lets it be asked and forgotten. As high as its rows, it does not scroll.
class AbilitiesView : public QWidget
{
    Q_OBJECT
public:
    AbilitiesView(Connections &connections, CapabilityBook &book, const PriceTable &prices, QWidget *parent = nullptr);
    ~AbilitiesView() override;

    /// `type`: decides what a probe asks. `declared`: what the endpoint says of it. A probe under way goes on when
    /// another model is shown.
    void showModel(const ModelRef &model, ModelType type, const Capabilities &declared);

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setUpList();
    void openPlan();
    void startProbe(const ModelRef &model, const ProbePlan &plan);
    void dropProbe(const QString &endpointId);
    void showProgress();
    void showEnd();
    void forgetCurrent();
    void showMenu(const QPoint &position);
    void updateList();
    void updateActions();

    Connections &m_connections;
    CapabilityBook &m_book;
    const PriceTable &m_prices;
    std::unique_ptr<Ui::AbilitiesView> m_ui;
    CapabilitiesModel *m_abilities;
    ModelRef m_model;
    ModelType m_type = ModelType::Unknown;
    ModelRef m_probedModel;
    QString m_asked; ///< the ability under way
    std::unique_ptr<CapabilityProbe> m_probe;
};

} // namespace diptych
