// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QMenu;

namespace diptych {

namespace Ui {
class CataloguePane;
}

class CatalogueModel;
class ModelFilter;
class SessionListModel;
class TraitChips;

/// The left side: models by endpoint, and the stored sessions.
class CataloguePane : public QWidget
{
    Q_OBJECT
public:
    CataloguePane(CatalogueModel &catalogue, SessionListModel &sessions, QWidget *parent = nullptr);
    ~CataloguePane() override;

    void selectSession(const QString &sessionId);
    /// Offers, in one line above the models, to import what the environment describes; `text` empty: nothing to offer.
    void setImportOffer(const QString &text);

Q_SIGNALS:
    void modelActivated(const diptych::ModelRef &model); ///< double click or Enter
    void modelSelected(const diptych::ModelRef &model);
    void addToComparisonRequested(const diptych::ModelRef &model); ///< Space, or the menu
    void endpointAddRequested();
    void endpointEditRequested(const QString &endpointId);
    void endpointRemoveRequested(const QString &endpointId);
    void endpointRefreshRequested(const QString &endpointId);
    /// The menu beside "Endpoint" is about to be shown: add what else can be done.
    void addMenuRequested(QMenu *menu);
    /// The same for the menu of an endpoint.
    void endpointMenuRequested(QMenu *menu, const QString &endpointId);
    void importOfferAccepted();
    void newSessionRequested();
    void sessionActivated(const QString &sessionId);
    void sessionRemoveRequested(const QString &sessionId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpModels();
    void setUpSessions(SessionListModel &sessions);
    void setUpAddMenu();
    void setUpChips();
    void offerTraits();
    void showUndecided();
    void search(const QString &text);
    void showModelMenu(const QPoint &position);
    void showSessionMenu(const QPoint &position);
    [[nodiscard]] ModelRef currentModel() const;

    std::unique_ptr<Ui::CataloguePane> m_ui;
    CatalogueModel &m_catalogue;
    SessionListModel &m_sessions;
    ModelFilter *m_filter;
    TraitChips *m_chips = nullptr;
    QTimer m_traitPause; ///< a probe changes many abilities one after the other
};

} // namespace diptych
