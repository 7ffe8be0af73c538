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
class TraitChips;

/// The left side: models by endpoint, and below them the pane of the stored sessions.
class CataloguePane : public QWidget
{
    Q_OBJECT
public:
    explicit CataloguePane(CatalogueModel &catalogue, QWidget *parent = nullptr);
    ~CataloguePane() override;

    /// Takes the pane that shows the stored sessions.
    void setSessions(QWidget *pane);
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

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpModels();
    void setUpAddMenu();
    void setUpChips();
    void offerTraits();
    void showUndecided();
    void search(const QString &text);
    void showModelMenu(const QPoint &position);
    [[nodiscard]] ModelRef currentModel() const;

    std::unique_ptr<Ui::CataloguePane> m_ui;
    CatalogueModel &m_catalogue;
    ModelFilter *m_filter;
    TraitChips *m_chips = nullptr;
    QTimer m_traitPause; ///< a probe changes many abilities one after the other
};

} // namespace diptych
