// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/shadowpage.h"

#include "gatewaypane/tablelook.h"
#include "models/shadowlistmodel.h"
#include "theme/theme.h"
#include "ui_shadowpage.h"

#include <QHeaderView>

namespace diptych {

ShadowPage::ShadowPage(ShadowLog &log, const Connections &connections, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ShadowPage>())
    , m_log(log)
    , m_model(new ShadowListModel(log, connections, this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->emptyLabel);
    m_ui->clearButton->setIcon(themeIcon(QStringLiteral("trash")));
    m_ui->compareButton->setIcon(themeIcon(QStringLiteral("chat")));
    setUpTable();
    connect(m_ui->compareButton, &QToolButton::clicked, this, &ShadowPage::compare);
    connect(m_ui->clearButton, &QToolButton::clicked, this, [this] { m_log.clear(); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ShadowPage::updateState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ShadowPage::updateState);
    updateState();
}

ShadowPage::~ShadowPage() = default;

void ShadowPage::setUpTable()
{
    QTableView *view = m_ui->shadowView;
    view->setModel(m_model);
    makeList(*view);
    const int letter = view->fontMetrics().averageCharWidth();
    view->setColumnWidth(ShadowListModel::TimeColumn, letter * 10);
    view->setColumnWidth(ShadowListModel::NameColumn, letter * 14);
    view->setColumnWidth(ShadowListModel::ServedColumn, letter * 24);
    view->setColumnWidth(ShadowListModel::ShadowColumn, letter * 24);
    view->setColumnWidth(ShadowListModel::ServedTimeColumn, letter * 18);
    view->setColumnWidth(ShadowListModel::ShadowTimeColumn, letter * 18);
    view->horizontalHeader()->setStretchLastSection(true);
    connect(view, &QTableView::activated, this, &ShadowPage::compare);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ShadowPage::updateState);
}

void ShadowPage::compare()
{
    if (const ShadowPair *pair = m_model->pairAt(m_ui->shadowView->currentIndex().row()))
        Q_EMIT compareRequested(*pair);
}

void ShadowPage::updateState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_ui->compareButton->setEnabled(!m_ui->shadowView->selectionModel()->selectedRows().isEmpty());
    m_ui->clearButton->setEnabled(!isEmpty);
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->shadowView->setVisible(!isEmpty);
}

} // namespace diptych
