// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/price.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class PriceDialog;
}

class PricesModel;

/// What models cost, written down by the user, with source and date. Changes the table only when accepted.
class PriceDialog : public QDialog
{
    Q_OBJECT
public:
    PriceDialog(PriceTable &prices, const Connections &connections, QWidget *parent = nullptr);
    ~PriceDialog() override;

    /// Selects the entry that holds for the model, or begins a new one.
    void showModel(const ModelRef &model);
    void accept() override;

private:
    void addPrice(const Price &price);
    void removeSelected();
    void updateState();

    PriceTable &m_prices;
    const Connections &m_connections;
    std::unique_ptr<Ui::PriceDialog> m_ui;
    PricesModel *m_model;
};

} // namespace diptych
