// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/routetable.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class RouteDialog;
}

class CatalogueModel;
class Connections;

/// Everything about one route. Changes nothing by itself: whoever opened it takes the route when it is accepted.
class RouteDialog : public QDialog
{
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    RouteDialog(Connections &connections, CatalogueModel &catalogue, QWidget *parent = nullptr);
    ~RouteDialog() override;

    void setRoute(const Route &route, const RouteCounters &counters);
    /// What the other routes are called.
    void setOtherNames(const QStringList &names);
    /// How many exchanges are kept for the route.
    void setRecordingCount(int count);
    void showPage(int page); ///< 0: where it goes, 1: what is added, 2: if it fails, 3: keeping
    [[nodiscard]] Route route() const;
    void accept() override;

Q_SIGNALS:
    void routeAccepted(const diptych::Route &route);
    /// What was spent no longer counts against the budget.
    void spentResetRequested(const QString &routeId);

private:
    void setUpChoices();
    void setUpModels(Connections &connections, CatalogueModel &catalogue);
    void followEdits();
    void updateState();
    void showSpent();
    [[nodiscard]] QString fault() const;
    [[nodiscard]] QString remark() const;

    std::unique_ptr<Ui::RouteDialog> m_ui;
    Route m_route; // as it came; what the form does not show is kept
    double m_spent = 0;
    bool m_resetsSpent = false;
    QStringList m_otherNames;
};

} // namespace diptych
