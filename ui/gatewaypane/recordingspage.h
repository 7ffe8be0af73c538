// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/routetable.h"
#include "gatewaypane/gatewaystate.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class RecordingsPage;
}

/// Which routes record or replay, and how much is kept for them.
class RecordingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit RecordingsPage(RouteTable &routes, QWidget *parent = nullptr);
    ~RecordingsPage() override;

    void setRecordings(const GatewayRecordings &recordings);

Q_SIGNALS:
    void folderRequested(const QString &folder); ///< to be shown in the file manager
    void routeActivated(const QString &routeId); ///< its tape is to be set

private:
    void refresh();

    RouteTable &m_routes;
    std::unique_ptr<Ui::RecordingsPage> m_ui;
    GatewayRecordings m_recordings;
};

} // namespace diptych
