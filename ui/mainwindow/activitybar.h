// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace diptych {

class ActivityModel;
class ElidedLabel;

/// The line at the bottom of the window: what runs, the last error, and where the gateway listens.
class ActivityBar : public QWidget
{
    Q_OBJECT
public:
    explicit ActivityBar(ActivityModel &activity, QWidget *parent = nullptr);

    /// Where other programs find the gateway; `problem` says why they do not, although they should.
    void setGateway(bool isRunning, int port, const QString &problem = {});

Q_SIGNALS:
    void toggleRequested();
    void gatewayRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void paintGateway();

    ActivityModel &m_activity;
    QToolButton *m_toggle;
    ElidedLabel *m_summary;
    QToolButton *m_gateway;
    bool m_isGatewayRunning = false;
    bool m_hasGatewayProblem = false;
};

} // namespace diptych
