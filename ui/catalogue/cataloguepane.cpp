// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/cataloguepane.h"
#include "ui_cataloguepane.h"

#include "catalogue/modeldelegate.h"
#include "catalogue/modelfilter.h"
#include "catalogue/traitchips.h"
#include "models/cataloguemodel.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QMenu>

namespace diptych {

CataloguePane::CataloguePane(CatalogueModel &catalogue, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::CataloguePane>())
    , m_catalogue(catalogue)
    , m_filter(new ModelFilter(this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->modelsCaption);
    m_ui->addEndpointButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->searchEdit->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_ui->importOfferButton->setIcon(themeIcon(QStringLiteral("key")));
    m_ui->importOfferButton->hide();
    setUpAddMenu();
    setUpModels();
    setUpChips();
}

CataloguePane::~CataloguePane() = default;

void CataloguePane::setUpAddMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("addMenu"));
    m_ui->addEndpointButton->setMenu(menu);
    m_ui->addEndpointButton->setPopupMode(QToolButton::MenuButtonPopup);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addAction(
            themeIcon(QStringLiteral("add")), tr("Add endpoint…"), this, [this] { Q_EMIT endpointAddRequested(); });
        Q_EMIT addMenuRequested(menu);
    });
    connect(m_ui->importOfferButton, &QToolButton::clicked, this, &CataloguePane::importOfferAccepted);
}

void CataloguePane::setImportOffer(const QString &text)
{
    m_ui->importOfferButton->setText(text);
    m_ui->importOfferButton->setVisible(!text.isEmpty());
}

void CataloguePane::setUpModels()
{
    m_filter->setSourceModel(&m_catalogue);
    QTreeView *view = m_ui->modelView;
    view->setModel(m_filter);
    view->setItemDelegate(new ModelDelegate(view));
    view->setIndentation(spacing::wide);
    view->setMouseTracking(true);
    view->installEventFilter(this);
    view->expandAll();
    connect(m_filter, &QAbstractItemModel::rowsInserted, view, &QTreeView::expandAll);
    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, &CataloguePane::search);
    connect(m_ui->addEndpointButton, &QToolButton::clicked, this, &CataloguePane::endpointAddRequested);
    connect(view, &QTreeView::customContextMenuRequested, this, &CataloguePane::showModelMenu);
    connect(view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const ModelRef model = m_catalogue.modelAt(m_filter->mapToSource(index)); model.isValid())
            Q_EMIT modelActivated(model);
    });
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (const ModelRef model = m_catalogue.modelAt(m_filter->mapToSource(index)); model.isValid())
            Q_EMIT modelSelected(model);
    });
}

void CataloguePane::setSessions(QWidget *pane)
{
    m_ui->splitter->addWidget(pane);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->splitter->setSizes({300, 240}); // the same relation to begin with, whatever the panes would like
}

void CataloguePane::setUpChips()
{
    m_chips = new TraitChips(this);
    m_ui->chipsLayout->addWidget(m_chips);
    QWidget *before = m_ui->searchEdit;
    for (QAbstractButton *chip : m_chips->findChildren<QAbstractButton *>()) {
        setTabOrder(before, chip);
        before = chip;
    }
    makeCaption(m_ui->undecidedLabel);
    m_traitPause.setSingleShot(true);
    m_traitPause.setInterval(0);
    connect(&m_traitPause, &QTimer::timeout, this, &CataloguePane::offerTraits);
    const auto offerSoon = [this] { m_traitPause.start(); };
    connect(&m_catalogue, &QAbstractItemModel::rowsInserted, this, offerSoon);
    connect(&m_catalogue, &QAbstractItemModel::rowsRemoved, this, offerSoon);
    connect(&m_catalogue, &QAbstractItemModel::dataChanged, this, offerSoon);
    connect(m_chips, &TraitChips::chosenChanged, this, [this](ModelTraits traits) {
        m_filter->setTraits(traits);
        m_ui->modelView->expandAll();
        showUndecided();
    });
    offerTraits();
}

void CataloguePane::offerTraits()
{
    ModelTraits traits;
    for (int row = 0; row < m_catalogue.rowCount(); ++row) {
        const QModelIndex endpoint = m_catalogue.index(row, 0);
        for (int child = 0; child < m_catalogue.rowCount(endpoint); ++child)
            traits |= ModelTraits(m_catalogue.index(child, 0, endpoint).data(CatalogueModel::TraitsRole).toInt());
    }
    m_chips->offer(traits);
    // A hidden endpoint does not come back by itself when one of its models fits now.
    if (m_filter->traits())
        m_filter->setTraits(m_filter->traits());
    showUndecided();
}

void CataloguePane::showUndecided()
{
    const int count = m_filter->undecidedCount();
    m_ui->undecidedLabel->setText(
        count == 1 ? tr("Not known of 1 more model.") : tr("Not known of %1 more models.").arg(count));
    m_ui->undecidedLabel->setVisible(count > 0);
}

void CataloguePane::search(const QString &text)
{
    m_filter->setSearch(text);
    m_ui->modelView->expandAll();
    showUndecided();
}

ModelRef CataloguePane::currentModel() const
{
    return m_catalogue.modelAt(m_filter->mapToSource(m_ui->modelView->currentIndex()));
}

bool CataloguePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->modelView && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        if (const ModelRef model = currentModel(); model.isValid()) {
            Q_EMIT addToComparisonRequested(model);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CataloguePane::showModelMenu(const QPoint &position)
{
    const QModelIndex index = m_filter->mapToSource(m_ui->modelView->indexAt(position));
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString endpointId = index.data(CatalogueModel::EndpointIdRole).toString();
    if (const ModelRef model = m_catalogue.modelAt(index); model.isValid()) {
        menu->addAction(themeIcon(QStringLiteral("add")), tr("Add to comparison"), this,
            [this, model] { Q_EMIT addToComparisonRequested(model); });
        menu->addAction(themeIcon(QStringLiteral("swap")), tr("Use in the current pane"), this,
            [this, model] { Q_EMIT modelActivated(model); });
        menu->addSeparator();
    }
    menu->addAction(themeIcon(QStringLiteral("refresh")), tr("Fetch model list again"), this,
        [this, endpointId] { Q_EMIT endpointRefreshRequested(endpointId); });
    menu->addAction(themeIcon(QStringLiteral("settings")), tr("Edit endpoint…"), this,
        [this, endpointId] { Q_EMIT endpointEditRequested(endpointId); });
    Q_EMIT endpointMenuRequested(menu, endpointId);
    menu->addAction(themeIcon(QStringLiteral("trash")), tr("Remove endpoint…"), this,
        [this, endpointId] { Q_EMIT endpointRemoveRequested(endpointId); });
    menu->popup(m_ui->modelView->viewport()->mapToGlobal(position));
}

} // namespace diptych
