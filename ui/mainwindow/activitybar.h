// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
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

    void setGateway(const QString &address); ///< empty: not running

Q_SIGNALS:
    void toggleRequested();

private:
    void refresh();

    ActivityModel &m_activity;
    QToolButton *m_toggle;
    ElidedLabel *m_summary;
    QLabel *m_gateway;
};

} // namespace diptych
