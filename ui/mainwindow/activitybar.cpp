// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/activitybar.h"

#include "models/activitymodel.h"
#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace diptych {

ActivityBar::ActivityBar(ActivityModel &activity, QWidget *parent)
    : QWidget(parent)
    , m_activity(activity)
    , m_toggle(new QToolButton(this))
    , m_summary(new ElidedLabel(this))
    , m_gateway(new QToolButton(this))
{
    m_toggle->setObjectName(QStringLiteral("activityToggle"));
    m_toggle->setAutoRaise(true);
    m_toggle->setIcon(themeIcon(QStringLiteral("activity")));
    m_toggle->setText(tr("Activity"));
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setToolTip(tr("Show or hide the list of requests"));
    m_summary->setObjectName(QStringLiteral("activitySummary"));
    m_gateway->setObjectName(QStringLiteral("gatewayButton"));
    m_gateway->setAutoRaise(true);
    makeCaption(m_summary);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::tight, 1, spacing::normal, 1);
    layout->setSpacing(spacing::normal);
    layout->addWidget(m_toggle);
    layout->addWidget(m_summary, 1);
    layout->addWidget(m_gateway);
    connect(m_toggle, &QToolButton::clicked, this, &ActivityBar::toggleRequested);
    connect(m_gateway, &QToolButton::clicked, this, &ActivityBar::gatewayRequested);
    connect(&m_activity, &ActivityModel::summaryChanged, this, &ActivityBar::refresh);
    setGateway(false, 0);
    refresh();
}

void ActivityBar::setGateway(bool isRunning, int port, const QString &problem)
{
    m_isGatewayRunning = isRunning;
    m_hasGatewayProblem = !problem.isEmpty();
    m_gateway->setText(isRunning  ? tr("gateway :%1 ●").arg(port)
            : m_hasGatewayProblem ? tr("gateway :%1 did not start").arg(port)
                                  : tr("gateway off"));
    m_gateway->setToolTip(m_hasGatewayProblem ? problem : tr("Show the Gateway page"));
    m_gateway->setAccessibleName(isRunning ? tr("Gateway, running on port %1").arg(port) : m_gateway->text());
    paintGateway();
}

void ActivityBar::paintGateway()
{
    const ThemeColor color = m_isGatewayRunning ? ThemeColor::Success
        : m_hasGatewayProblem                   ? ThemeColor::Danger
                                                : ThemeColor::Muted;
    QPalette colors = palette();
    colors.setColor(QPalette::ButtonText, themeColor(color, palette()));
    m_gateway->setPalette(colors);
}

void ActivityBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintGateway();
}

void ActivityBar::refresh()
{
    QStringList parts;
    const int running = m_activity.runningCount();
    parts.push_back(running == 0 ? tr("idle") : tr("%1 running").arg(running));
    if (const QString retry = m_activity.retryText(); !retry.isEmpty())
        parts.push_back(retry);
    if (const std::optional<Error> error = m_activity.lastError()) {
        parts.push_back(error->httpStatus > 0 ? tr("last error: %1 %2").arg(error->httpStatus).arg(error->message)
                                              : tr("last error: %1").arg(error->message));
    }
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

} // namespace diptych
