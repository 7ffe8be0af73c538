// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prices/pricedialog.h"
#include "ui_pricedialog.h"

#include "models/pricesmodel.h"
#include "prices/placedelegate.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QPushButton>

namespace diptych {

PriceDialog::PriceDialog(PriceTable &prices, const Connections &connections, QWidget *parent)
    : QDialog(parent)
    , m_prices(prices)
    , m_connections(connections)
    , m_ui(std::make_unique<Ui::PriceDialog>())
    , m_model(new PricesModel(prices.prices(), connections, this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->hintLabel);
    makeCaption(m_ui->emptyLabel);
    m_ui->addButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->removeButton->setIcon(themeIcon(QStringLiteral("trash")));
    QTableView *view = m_ui->priceView;
    view->setModel(m_model);
    view->setItemDelegateForColumn(PricesModel::Where, new PlaceDelegate(*m_model, view));
    view->verticalHeader()->hide();
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionResizeMode(PricesModel::Source, QHeaderView::Stretch);
    const QFontMetrics metrics = view->fontMetrics();
    const int letter = metrics.averageCharWidth();
    view->setColumnWidth(PricesModel::Model, letter * 24);
    view->setColumnWidth(PricesModel::Where, letter * 18);
    for (const int column :
        {PricesModel::Input, PricesModel::Output, PricesModel::CachedInput, PricesModel::Images, PricesModel::Currency})
        view->setColumnWidth(column, letter * 11);
    view->setColumnWidth(PricesModel::Date, letter * 16);
    connect(m_ui->addButton, &QToolButton::clicked, this, [this] { addPrice({.date = QDate::currentDate()}); });
    connect(m_ui->removeButton, &QToolButton::clicked, this, &PriceDialog::removeSelected);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PriceDialog::updateState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &PriceDialog::updateState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &PriceDialog::updateState);
    updateState();
}

PriceDialog::~PriceDialog() = default;

void PriceDialog::showModel(const ModelRef &model)
{
    const Endpoint *endpoint = m_connections.find(model.endpointId);
    if (!endpoint)
        return;
    const int row = m_model->rowFor(*endpoint, model.model);
    if (row >= 0)
        m_ui->priceView->setCurrentIndex(m_model->index(row, PricesModel::Input));
    else
        addPrice({.endpointId = endpoint->id,
            .model = model.model.isEmpty() ? QStringLiteral("*") : model.model,
            .date = QDate::currentDate()});
}

void PriceDialog::accept()
{
    // An editor that is still open gives what is in it to the model when its row is left.
    m_ui->priceView->setCurrentIndex({});
    m_prices.setPrices(m_model->prices());
    QDialog::accept();
}

void PriceDialog::addPrice(const Price &price)
{
    const QModelIndex added = m_model->add(price);
    const int column = price.model.isEmpty() ? PricesModel::Model : PricesModel::Input;
    m_ui->priceView->setCurrentIndex(added.siblingAtColumn(column));
    m_ui->priceView->edit(added.siblingAtColumn(column));
}

void PriceDialog::removeSelected()
{
    m_model->remove(m_ui->priceView->currentIndex().row());
}

void PriceDialog::updateState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_ui->removeButton->setEnabled(m_ui->priceView->currentIndex().isValid());
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->priceView->setVisible(!isEmpty);
}

} // namespace diptych
