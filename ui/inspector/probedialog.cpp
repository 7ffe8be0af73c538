// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/probedialog.h"

#include "models/probeplanmodel.h"
#include "theme/theme.h"
#include "ui_probedialog.h"

#include <QHeaderView>
#include <QPushButton>

namespace diptych {

ProbeDialog::ProbeDialog(const QString &modelName, ProbePlan plan, const Charge &charge, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ProbeDialog>())
    , m_model(new ProbePlanModel(std::move(plan), this))
    , m_charge(charge)
{
    m_ui->setupUi(this);
    makeCaption(m_ui->hintLabel);
    QFont bold = font();
    bold.setBold(true);
    m_ui->nameLabel->setFont(bold);
    m_ui->nameLabel->setText(tr("What can %1 do?").arg(modelName));
    QTreeView *view = m_ui->planView;
    view->setModel(m_model);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(ProbePlanModel::Ability, QHeaderView::ResizeToContents);
    view->header()->setSectionResizeMode(ProbePlanModel::Question, QHeaderView::Stretch);
    view->header()->setSectionResizeMode(ProbePlanModel::Requests, QHeaderView::ResizeToContents);
    view->header()->setSectionResizeMode(ProbePlanModel::Tokens, QHeaderView::ResizeToContents);
    m_ui->buttons->button(QDialogButtonBox::Ok)->setText(tr("Ask"));
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ProbeDialog::updateTotals);
    connect(m_ui->allButton, &QPushButton::clicked, m_model, [this] { m_model->selectAll(true); });
    connect(m_ui->noneButton, &QPushButton::clicked, m_model, [this] { m_model->selectAll(false); });
    updateTotals();
}

ProbeDialog::~ProbeDialog() = default;

void ProbeDialog::accept()
{
    Q_EMIT confirmed(m_model->plan());
    QDialog::accept();
}

void ProbeDialog::updateTotals()
{
    m_ui->totalsLabel->setText(m_model->totalsText(m_charge));
    m_ui->buttons->button(QDialogButtonBox::Ok)->setEnabled(totalsOf(m_model->plan()).requests > 0);
}

} // namespace diptych
