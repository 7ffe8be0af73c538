// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/routetable.h"
#include "api/shadowlog.h"
#include "gatewaypane/gatewaystate.h"
#include "store/gatewayconfig.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class GatewayPane;
}

class CatalogueModel;
class Connections;
class ModelPicker;
class RouteDialog;
class RouteTableModel;
class ShadowPage;
class SnippetPage;
class RecordingsPage;

/// The gateway of this machine: how it is reached, where requests go, what has passed. Routes are edited in the table
/// at once; everything else is wished for by signals and comes back through the setters.
class GatewayPane : public QWidget
{
    Q_OBJECT
public:
    struct Services {
        RouteTable &routes;
        ShadowLog &shadows;
        Connections &connections;
        CatalogueModel &catalogue;
    };

    /// What the services refer to must outlive the pane.
    explicit GatewayPane(Services services, QWidget *parent = nullptr);
    ~GatewayPane() override;

    void setState(const GatewayState &state);
    void setConfig(const GatewayConfig &config); ///< its routes are not looked at
    void setRecordings(const GatewayRecordings &recordings);
    /// Says what could not be read or kept.
    void showProblem(const Error &error);
    void showNotice(const QString &title, const QString &text);
    /// Says that a request got no answer; the last one stays.
    void showRefusal(const GatewayRefusal &refusal);
    void addRoute();
    void editRoute(const QString &routeId, int page = 0); ///< see RouteDialog::showPage()

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void keyRenewalRequested();
    void optionsChanged(const diptych::GatewayConfig &config);
    void compareRequested(const diptych::ShadowPair &pair);
    void recordingsWanted(); ///< setRecordings() should tell what is there now
    void folderRequested(const QString &folder);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpBar();
    void setUpRoutes();
    void setUpButtons();
    void setUpPages();
    void openDialog(const Route &route, int page);
    void makeDefaultRoute();
    void duplicateRoute();
    void askToRemove();
    void moveRoute(int step);
    void activate(const QModelIndex &index);
    void pickModel(int row);
    void arrangeColumns();
    void updateState();
    [[nodiscard]] QString currentId() const;
    void select(const QString &routeId);

    Services m_services;
    std::unique_ptr<Ui::GatewayPane> m_ui;
    RouteTableModel *m_model;
    ModelPicker *m_picker;
    QWidget *m_anchor; // where in the table the picker opens
    SnippetPage *m_snippets;
    ShadowPage *m_shadows;
    RecordingsPage *m_recordingsPage;
    GatewayRecordings m_recordings;
    QUrl m_baseUrl;
    QString m_picking; // the route whose model is being swapped
    int m_refused = 0;
};

} // namespace diptych
