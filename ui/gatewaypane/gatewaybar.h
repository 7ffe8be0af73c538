// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gatewaypane/gatewaystate.h"
#include "store/gatewayconfig.h"

#include <QWidget>

#include <memory>

class QAction;
class QMessageBox;

namespace diptych {

namespace Ui {
class GatewayBar;
}

/// How the gateway is reached: on or off, addresses and key to be copied, port, and who may come in. Says what is
/// wished; does nothing itself.
class GatewayBar : public QWidget
{
    Q_OBJECT
public:
    explicit GatewayBar(QWidget *parent = nullptr);
    ~GatewayBar() override;

    void setState(const GatewayState &state);
    void setConfig(const GatewayConfig &config);

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void keyRenewalRequested();
    /// Other settings than those of setConfig(); its routes are those of then.
    void optionsChanged(const diptych::GatewayConfig &config);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintTones();
    void setUpMenu();
    void setUpAddresses();
    void showKey();
    void showAddresses();
    void changePort(int port);
    void takeFault(const QString &actionId);
    void changeReach(bool allowsOthers);
    void askToLetOthersIn();
    void askForANewKey();
    QMessageBox *ask(const QString &name, const QString &title, const QString &text, const QString &details);
    void copy(const QString &text) const;

    std::unique_ptr<Ui::GatewayBar> m_ui;
    QAction *m_othersAction;
    GatewayState m_state;
    GatewayConfig m_config;
};

} // namespace diptych
