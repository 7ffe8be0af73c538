// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/abilitiesview.h"

#include "api/capabilitybook.h"
#include "api/modelcharge.h"
#include "inspector/abilitydelegate.h"
#include "inspector/probedialog.h"
#include "models/capabilitiesmodel.h"
#include "runs/capabilityprobe.h"
#include "theme/theme.h"
#include "ui_abilitiesview.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>

namespace diptych {

AbilitiesView::AbilitiesView(Connections &connections, CapabilityBook &book, const PriceTable &prices, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_book(book)
    , m_prices(prices)
    , m_ui(std::make_unique<Ui::AbilitiesView>())
    , m_abilities(new CapabilitiesModel(book, this))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->caption);
    makeCaption(m_ui->emptyLabel);
    makeCaption(m_ui->progressLabel);
    m_ui->forgetButton->setIcon(themeIcon(QStringLiteral("trash")));
    m_ui->stopButton->setIcon(themeIcon(QStringLiteral("stop")));
    setUpList();
    connect(m_ui->probeButton, &QToolButton::clicked, this, &AbilitiesView::openPlan);
    connect(m_ui->stopButton, &QToolButton::clicked, this, [this] {
        if (m_probe)
            m_probe->cancel();
    });
    connect(&m_connections, &Connections::endpointAboutToChange, this, &AbilitiesView::dropProbe);
    updateList();
    showProgress();
}

AbilitiesView::~AbilitiesView() = default;

void AbilitiesView::setUpList()
{
    m_ui->list->setModel(m_abilities);
    m_ui->list->viewport()->setAutoFillBackground(false);
    m_ui->list->setItemDelegate(new AbilityDelegate(m_ui->list));
    connect(m_abilities, &QAbstractItemModel::modelReset, this, &AbilitiesView::updateList);
    connect(m_ui->list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AbilitiesView::updateActions);
    connect(m_ui->list, &QListView::customContextMenuRequested, this, &AbilitiesView::showMenu);
    auto *menu = new QMenu(m_ui->forgetButton);
    QAction *one = menu->addAction(tr("Forget this"), this, &AbilitiesView::forgetCurrent);
    one->setObjectName(QStringLiteral("forgetAction"));
    QAction *all =
        menu->addAction(tr("Forget all that was seen and probed"), m_abilities, [this] { m_abilities->forgetAll(); });
    all->setObjectName(QStringLiteral("forgetAllAction"));
    m_ui->forgetButton->setMenu(menu);
    auto *erase = new QAction(tr("Forget"), m_ui->list);
    erase->setShortcut(QKeySequence::Delete);
    erase->setShortcutContext(Qt::WidgetShortcut);
    connect(erase, &QAction::triggered, this, &AbilitiesView::forgetCurrent);
    m_ui->list->addAction(erase);
}

void AbilitiesView::showModel(const ModelRef &model, ModelType type, const Capabilities &declared)
{
    m_model = model;
    m_type = type;
    m_abilities->setModel(model, declared);
    updateList();
    showProgress();
}

void AbilitiesView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateList();
}

void AbilitiesView::openPlan()
{
    const Endpoint *endpoint = m_connections.find(m_model.endpointId);
    if (!endpoint)
        return;
    const Charge charge = chargeOf(m_model, m_connections, m_prices);
    auto *dialog = new ProbeDialog(
        m_model.model.isEmpty() ? endpoint->name : m_model.model, probePlan(m_model.model, m_type), charge, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProbeDialog::confirmed, this,
        [this, model = m_model](const ProbePlan &plan) { startProbe(model, plan); });
    dialog->open();
}

void AbilitiesView::startProbe(const ModelRef &model, const ProbePlan &plan)
{
    Provider *provider = m_connections.provider(model.endpointId);
    if (!provider)
        return;
    m_probedModel = model;
    m_asked.clear();
    m_ui->banner->hide();
    m_probe = std::make_unique<CapabilityProbe>(*provider, model, plan, &m_book);
    connect(m_probe.get(), &CapabilityProbe::replyStarted, this, [this](Reply *reply, const QString &ability) {
        m_asked = ability;
        showProgress();
        Q_EMIT replyStarted(
            reply, tr("Probe %1: %2").arg(m_connections.displayName(m_probedModel), abilityTitle(ability)));
    });
    connect(m_probe.get(), &CapabilityProbe::finished, this, &AbilitiesView::showEnd);
    showProgress();
}

void AbilitiesView::dropProbe(const QString &endpointId)
{
    if (!m_probe || endpointId != m_probedModel.endpointId)
        return;
    m_probe.reset();
    showProgress();
}

void AbilitiesView::showProgress()
{
    const bool isRunning = m_probe && !m_probe->isFinished();
    m_ui->progress->setVisible(isRunning);
    m_ui->probeButton->setEnabled(!isRunning && m_model.isValid());
    if (!isRunning)
        return;
    m_ui->progressBar->setRange(0, m_probe->total());
    m_ui->progressBar->setValue(m_probe->done());
    const QString what = m_probedModel == m_model
        ? abilityTitle(m_asked)
        : QStringLiteral("%1: %2").arg(m_probedModel.model, abilityTitle(m_asked));
    m_ui->progressLabel->setText(tr("%1 (%2 of %3)").arg(what).arg(m_probe->done() + 1).arg(m_probe->total()));
}

void AbilitiesView::showEnd()
{
    showProgress();
    const std::optional<Error> error = m_probe->error();
    if (!error || error->kind == Error::Kind::Cancelled)
        return;
    m_ui->banner->showMessage(Banner::Tone::Warning,
        tr("Ended after %1 of %2 questions").arg(m_probe->done()).arg(m_probe->total()),
        error->message.isEmpty() ? kindName(error->kind) : error->message);
}

void AbilitiesView::forgetCurrent()
{
    m_abilities->forget(m_ui->list->currentIndex());
}

void AbilitiesView::showMenu(const QPoint &position)
{
    const QModelIndex index = m_ui->list->indexAt(position);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themeIcon(QStringLiteral("copy")), tr("Copy evidence"), this,
        [text = index.data(CapabilitiesModel::EvidenceRole).toString()] {
            QGuiApplication::clipboard()->setText(text);
        });
    QAction *forget =
        menu->addAction(themeIcon(QStringLiteral("trash")), tr("Forget this"), this, &AbilitiesView::forgetCurrent);
    forget->setEnabled(index.data(CapabilitiesModel::CanForgetRole).toBool());
    menu->popup(m_ui->list->viewport()->mapToGlobal(position));
}

void AbilitiesView::updateList()
{
    int height = 2 * m_ui->list->frameWidth();
    for (int row = 0; row < m_abilities->rowCount(); ++row)
        height += m_ui->list->sizeHintForRow(row);
    m_ui->list->setFixedHeight(height);
    const bool isEmpty = m_abilities->rowCount() == 0;
    m_ui->list->setVisible(!isEmpty);
    m_ui->emptyLabel->setVisible(isEmpty);
    const QString summary = m_abilities->summary();
    m_ui->caption->setText(
        summary.isEmpty() ? tr("Capabilities") : QStringLiteral("%1 · %2").arg(tr("Capabilities"), summary));
    updateActions();
}

void AbilitiesView::updateActions()
{
    const QModelIndex current = m_ui->list->currentIndex();
    const auto action = [this](const QString &name) { return m_ui->forgetButton->menu()->findChild<QAction *>(name); };
    action(QStringLiteral("forgetAction"))->setEnabled(current.data(CapabilitiesModel::CanForgetRole).toBool());
    action(QStringLiteral("forgetAllAction"))->setEnabled(m_abilities->canForgetAny());
    m_ui->forgetButton->setVisible(m_abilities->canForgetAny());
}

} // namespace diptych
