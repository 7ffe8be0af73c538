// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/activitypane.h"

#include "models/activitymodel.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych {

ActivityPane::ActivityPane(ActivityModel &activity, QWidget *parent)
    : QWidget(parent)
    , m_view(new QTableView(this))
{
    m_view->setObjectName(QStringLiteral("activityView"));
    m_view->setAccessibleName(tr("Requests of this run"));
    m_view->setModel(&activity);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + spacing::normal);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(ActivityModel::LabelColumn, QHeaderView::Stretch);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT exchangeChosen(index.row());
    });
}

} // namespace diptych
