// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/neighbourspanel.h"

#include "embeddings/neighbourdelegate.h"
#include "theme/theme.h"
#include "ui_neighbourspanel.h"
#include "widgets/elidedlabel.h"

namespace diptych {

NeighboursPanel::NeighboursPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::NeighboursPanel>())
{
    m_ui->setupUi(this);
    setUpList(0, m_ui->firstList);
    setUpList(1, m_ui->secondList);
    m_ui->firstHeaderLayout->addWidget(m_headers[0]);
    m_ui->secondHeaderLayout->addWidget(m_headers[1]);
    m_ui->queryEdit->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    makeCaption(m_ui->overlapLabel);
    connect(m_ui->queryEdit, &QLineEdit::textChanged, this, &NeighboursPanel::queryChanged);
    setModels({}, {});
    showOverlap({});
}

NeighboursPanel::~NeighboursPanel() = default;

void NeighboursPanel::setUpList(int side, QListView *list)
{
    const auto index = static_cast<std::size_t>(side);
    m_models[index] = new EmbeddingItemsModel(this);
    m_headers[index] = new ElidedLabel(this);
    makeCaption(m_headers[index]);
    list->setModel(m_models[index]);
    list->setItemDelegate(new NeighbourDelegate(this));
    list->setMouseTracking(true);
    list->viewport()->setAutoFillBackground(false); // part of the panel, not a box in it
    connect(list, &QListView::activated, this,
        [this, index](const QModelIndex &row) { Q_EMIT itemSelected(m_models[index]->itemAt(row.row())); });
    connect(list, &QListView::clicked, this,
        [this, index](const QModelIndex &row) { Q_EMIT itemSelected(m_models[index]->itemAt(row.row())); });
}

QString NeighboursPanel::query() const
{
    return m_ui->queryEdit->text().trimmed();
}

void NeighboursPanel::clearQuery()
{
    const QSignalBlocker blocker(m_ui->queryEdit);
    m_ui->queryEdit->clear();
}

void NeighboursPanel::setQueryEnabled(bool isEnabled)
{
    m_ui->queryEdit->setEnabled(isEnabled);
}

void NeighboursPanel::setItems(const std::vector<EmbeddingItem> &items)
{
    for (EmbeddingItemsModel *model : m_models)
        model->setItems(items);
}

void NeighboursPanel::setModels(const QString &first, const QString &second)
{
    m_headers[0]->setText(first);
    m_headers[1]->setText(second);
    m_ui->firstHeader->setVisible(!second.isEmpty()); // one model needs no name here
    m_ui->secondHeader->setVisible(!second.isEmpty());
    m_ui->secondList->setVisible(!second.isEmpty());
}

void NeighboursPanel::showFocus(const QString &text)
{
    m_ui->focusLabel->setText(text);
}

void NeighboursPanel::showOverlap(const QString &text)
{
    m_ui->overlapLabel->setText(text);
    m_ui->overlapLabel->setVisible(!text.isEmpty());
}

void NeighboursPanel::showNeighbours(int side, const std::vector<Neighbour> &neighbours, const QSet<int> &shared)
{
    m_models.at(static_cast<std::size_t>(side))->setNeighbours(neighbours, shared);
}

} // namespace diptych
