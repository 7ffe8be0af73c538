// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/sweepview.h"

#include "completion/completionedit.h"
#include "completion/outcomeview.h"
#include "completion/sweepdelegate.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych {

namespace {

constexpr int besideWidth = 760; // the detail stands beside the grid from here on
constexpr int narrowestCell = 120;
constexpr int lowestCell = 54;
constexpr int narrowestDetail = 200;

} // namespace

SweepView::SweepView(SweepModel &model, Connections &connections, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_connections(connections)
    , m_models(new QTabBar(this))
    , m_progressText(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_table(new QTableView(this))
    , m_detail(new OutcomeView(this))
{
    m_table->setObjectName(QStringLiteral("sweepTable"));
    m_table->setAccessibleName(tr("Results of the sweep"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new SweepDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setMinimumSectionSize(narrowestCell);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setMinimumSectionSize(lowestCell);
    m_table->verticalHeader()->setDefaultAlignment(Qt::AlignCenter);
    m_models->setObjectName(QStringLiteral("sweepModels"));
    m_models->setAccessibleName(tr("Model of the grid"));
    m_models->setDrawBase(false);
    m_models->setExpanding(false);
    m_models->setElideMode(Qt::ElideMiddle);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    m_progress->setAccessibleName(tr("Cells that are done"));
    makeCaption(m_progressText);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_detail->setMinimumWidth(narrowestDetail);
    auto *row = new QHBoxLayout;
    row->addWidget(m_models);
    row->addWidget(m_progressText);
    row->addWidget(m_progress, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addLayout(row);
    column->addWidget(m_splitter, 1);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &SweepView::showSweep);
    connect(
        &m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
            const QModelIndex cell = m_table->currentIndex();
            if (cell.row() >= first.row() && cell.row() <= last.row() && cell.column() >= first.column()
                && cell.column() <= last.column())
                m_detail->outcome() == m_model.outcome(cell) ? m_detail->refresh() : showCell();
        });
    connect(&m_model, &SweepModel::progressChanged, this, &SweepView::showProgress);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &SweepView::showCell);
    connect(m_models, &QTabBar::currentChanged, this, [this](int tab) {
        m_model.showModel(tab);
        showCell();
    });
    connect(m_detail, &OutcomeView::takeRequested, this, [this](int sample) {
        const CompletionOutcome *outcome = m_detail->outcome();
        if (!outcome)
            return;
        const auto &choices = outcome->response.choices;
        const auto choice = std::find_if(
            choices.begin(), choices.end(), [sample](const CompletionChoice &each) { return each.index == sample; });
        if (choice != choices.end())
            Q_EMIT takeRequested(*m_detail->job(), *choice);
    });
    m_detail->setOffersChanges(false);
    connect(m_detail, &OutcomeView::actionTriggered, this, [this](const QString &action) {
        const bool isChat = action == QLatin1String("chat");
        m_model.retry(m_table->currentIndex(), isChat ? CompletionRoute::Chat : m_detail->job()->route);
        showCell();
    });
    connect(m_detail, &OutcomeView::tokenPointed, this, &SweepView::tokenPointed);
    connect(m_detail, &OutcomeView::alternativesRequested, this, &SweepView::alternativesRequested);
    showSweep();
}

void SweepView::showSweep()
{
    {
        const QSignalBlocker blocker(m_models);
        while (m_models->count() > 0)
            m_models->removeTab(0);
        for (const ModelRef &model : m_model.sweep().models) {
            const int tab = m_models->addTab(m_connections.displayName(model).replace(u'&', QStringLiteral("&&")));
            m_models->setTabToolTip(tab, m_connections.displayName(model));
        }
    }
    m_models->setVisible(m_models->count() > 1);
    if (m_model.rowCount() > 0)
        m_table->setCurrentIndex(m_model.index(0, 0));
    showCell();
    showProgress();
}

void SweepView::showProgress()
{
    m_progress->setMaximum(qMax(m_model.total(), 1));
    m_progress->setValue(m_model.done());
    m_progress->setVisible(m_model.isRunning());
    QString text = tr("%1 of %2 done").arg(m_model.done()).arg(m_model.total());
    if (m_model.failures() > 0)
        text += u" · " + tr("%n failed", nullptr, m_model.failures());
    m_progressText->setText(text);
}

void SweepView::showCell()
{
    const QModelIndex cell = m_table->currentIndex();
    m_detail->setOutcome(m_model.job(cell), m_model.outcome(cell));
}

void SweepView::setHeat(bool isOn)
{
    m_detail->setHeat(isOn);
}

void SweepView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() >= besideWidth ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() == wanted && m_isArranged)
        return;
    m_isArranged = true;
    m_splitter->setOrientation(wanted);
    m_splitter->setSizes({3 * width(), 2 * width()});
}

} // namespace diptych
