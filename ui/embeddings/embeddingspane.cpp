// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/embeddingspane.h"

#include "embeddings/itemspanel.h"
#include "embeddings/neighbourspanel.h"
#include "embeddings/spaceview.h"
#include "models/requestjson.h"
#include "theme/theme.h"
#include "ui_embeddingspane.h"
#include "widgets/banner.h"

#include <algorithm>

namespace diptych {

EmbeddingsPane::EmbeddingsPane(Connections &connections, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_ui(std::make_unique<Ui::EmbeddingsPane>())
    , m_banner(new Banner(this))
    , m_itemsPanel(new ItemsPanel(connections, this))
    , m_neighbours(new NeighboursPanel(this))
{
    m_ui->setupUi(this);
    m_ui->bannerLayout->addWidget(m_banner);
    m_ui->splitter->insertWidget(0, m_itemsPanel);
    m_ui->neighboursLayout->addWidget(m_neighbours);
    setUpPanels();
    setUpViews();
    setUpExport();
    connect(&connections, &Connections::endpointAboutToChange, this, &EmbeddingsPane::dropEndpoint);
    connect(&m_probe, &QueryProbe::replyStarted, this, [this](Reply *reply, const EmbeddingRequest &request) {
        Q_EMIT replyStarted(reply, m_connections.displayName(m_sides[0].model), requestJson(request));
    });
    connect(&m_probe, &QueryProbe::answered, this, &EmbeddingsPane::showQueryAnswer);
    connect(&m_probe, &QueryProbe::failed, this,
        [this](const Error &error) { showError(error, tr("The query could not be embedded"), false); });
    select(-1);
}

EmbeddingsPane::~EmbeddingsPane() = default;

void EmbeddingsPane::setUpPanels()
{
    m_ui->splitter->setStretchFactor(0, 0);
    m_ui->splitter->setStretchFactor(1, 1);
    m_ui->splitter->setStretchFactor(2, 0);
    m_ui->splitter->setSizes({240, 600, 240});
    m_neighbours->setQueryEnabled(false);
    connect(m_itemsPanel, &ItemsPanel::embedRequested, this, &EmbeddingsPane::embed);
    connect(m_itemsPanel, &ItemsPanel::stopRequested, this, &EmbeddingsPane::stop);
    connect(m_itemsPanel, &ItemsPanel::lineSelected, this, &EmbeddingsPane::selectLine);
    connect(m_itemsPanel, &ItemsPanel::itemsChanged, this, &EmbeddingsPane::markStale);
    connect(m_neighbours, &NeighboursPanel::itemSelected, this, &EmbeddingsPane::select);
    connect(m_neighbours, &NeighboursPanel::queryChanged, this, &EmbeddingsPane::askQuery);
    connect(m_banner, &Banner::actionTriggered, this, &EmbeddingsPane::resumeFailed);
}

void EmbeddingsPane::setUpViews()
{
    QFont large = m_ui->emptyTitle->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_ui->emptyTitle->setFont(large);
    makeCaption(m_ui->emptyText);
    m_ui->emptyIcon->setPixmap(themeIcon(QStringLiteral("embeddings")).pixmap(40, 40));
    connect(m_ui->trySampleButton, &QPushButton::clicked, this, [this] {
        m_itemsPanel->loadSample();
        embed();
    });
    for (std::size_t side = 0; side < m_sides.size(); ++side) {
        m_sides[side].view = new SpaceView(this);
        m_sides[side].view->setObjectName(side == 0 ? QStringLiteral("firstView") : QStringLiteral("secondView"));
        m_ui->viewsSplitter->addWidget(m_sides[side].view);
        connect(m_sides[side].view, &SpaceView::itemSelected, this, &EmbeddingsPane::select);
        connect(m_ui->mapButton, &QToolButton::toggled, m_sides[side].view, [view = m_sides[side].view](bool isMap) {
            view->setMode(isMap ? SpaceView::Mode::Map : SpaceView::Mode::Matrix);
        });
    }
    m_ui->centreStack->setCurrentWidget(m_ui->emptyPage);
}

void EmbeddingsPane::arrangeViews()
{
    // Side by side is better to compare, but not in a strip.
    const QSize room = m_ui->centreStack->size();
    const bool isStrip = room.width() < 480 && room.height() > room.width();
    const Qt::Orientation fitting = isStrip ? Qt::Vertical : Qt::Horizontal;
    if (fitting != m_ui->viewsSplitter->orientation())
        m_ui->viewsSplitter->setOrientation(fitting);
}

void EmbeddingsPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeViews();
}

void EmbeddingsPane::setItemsText(const QString &text)
{
    m_itemsPanel->setText(text);
}

bool EmbeddingsPane::chooseModel(int side, const ModelRef &ref)
{
    return m_itemsPanel->chooseModel(side, ref);
}

void EmbeddingsPane::embed()
{
    m_requested = m_itemsPanel->items();
    m_banner->dismiss();
    if (m_requested.empty() || !m_itemsPanel->model(0).isValid()) {
        m_banner->showMessage(Banner::Tone::Info, m_requested.empty() ? tr("No items yet") : tr("No model yet"),
            m_requested.empty() ? tr("Put one text per line on the left, or load the sample.")
                                : tr("Add an endpoint that has an embedding model."));
        return;
    }
    m_probe.drop();
    m_options = m_itemsPanel->options();
    EmbeddingRequest request = m_options;
    for (const EmbeddingItem &item : m_requested)
        request.input.append(item.text);
    for (std::size_t side = 0; side < m_sides.size(); ++side) {
        m_sides[side].model = m_itemsPanel->model(static_cast<int>(side));
        m_sides[side].job.reset();
    }
    if (m_sides[1].model == m_sides[0].model)
        m_sides[1].model = {};
    startSide(0, request);
    startSide(1, request);
    updateProgress();
}

void EmbeddingsPane::startSide(std::size_t side, const EmbeddingRequest &request)
{
    const ModelRef ref = m_sides[side].model;
    Provider *provider = m_connections.provider(ref.endpointId);
    if (!provider)
        return;
    EmbeddingRequest own = request;
    own.model = ref.model;
    m_sides[side].job = std::make_unique<SpaceJob>(*provider, own);
    SpaceJob *job = m_sides[side].job.get();
    connect(job, &SpaceJob::replyStarted, this, [this, ref](Reply *reply, const EmbeddingRequest &sent) {
        Q_EMIT replyStarted(reply, m_connections.displayName(ref), requestJson(sent));
    });
    connect(job, &SpaceJob::progressChanged, this, &EmbeddingsPane::updateProgress);
    connect(job, &SpaceJob::analysisStarted, this, &EmbeddingsPane::updateProgress);
    connect(job, &SpaceJob::finished, this, [this, side] { finishSide(side); });
}

void EmbeddingsPane::stop()
{
    for (Side &side : m_sides) {
        if (side.job && !side.job->isFinished())
            side.job.reset();
    }
    m_itemsPanel->showRunning(false);
    m_itemsPanel->showStatus(tr("Stopped."));
}

void EmbeddingsPane::resumeFailed()
{
    m_banner->dismiss();
    for (Side &side : m_sides) {
        if (side.job && side.job->error())
            side.job->resume();
    }
    updateProgress();
}

void EmbeddingsPane::updateProgress()
{
    int done = 0;
    int total = 0;
    bool isRunning = false;
    for (const Side &side : m_sides) {
        if (!side.job)
            continue;
        done += side.job->run().done();
        total += side.job->run().total();
        isRunning = isRunning || !side.job->isFinished();
    }
    m_itemsPanel->showRunning(isRunning);
    m_itemsPanel->showProgress(done, total);
    if (isRunning)
        m_itemsPanel->showStatus(
            done < total ? tr("Embedding: %1 of %2").arg(done).arg(total) : tr("Comparing the items …"));
}

void EmbeddingsPane::finishSide(std::size_t side)
{
    const SpaceJob &job = *m_sides[side].job;
    if (const auto &error = job.error(); error && error->kind != Error::Kind::Cancelled) {
        const QString kept = job.run().done() > 0
            ? tr(" %1 of %2 items are embedded and kept.").arg(job.run().done()).arg(job.run().total())
            : QString();
        Error shown = *error;
        shown.message += kept;
        showError(shown, tr("%1 did not embed the items").arg(m_connections.displayName(m_sides[side].model)), true);
    }
    updateProgress();
    if (std::any_of(m_sides.begin(), m_sides.end(), [](const Side &s) { return s.job && !s.job->isFinished(); }))
        return;
    m_itemsPanel->showStatus({});
    if (m_sides[0].job && m_sides[0].job->space())
        showResults();
}

void EmbeddingsPane::showError(const Error &error, const QString &title, bool canResume)
{
    const QString advice = whatToDo(error);
    m_banner->showMessage(
        Banner::Tone::Error, title, advice.isEmpty() ? error.message : error.message + QLatin1Char('\n') + advice);
    if (canResume)
        m_banner->addAction(QStringLiteral("retry"), tr("Try again"));
}

void EmbeddingsPane::dropEndpoint(const QString &endpointId)
{
    bool wasRunning = false;
    for (Side &side : m_sides) {
        if (side.model.endpointId != endpointId || !side.job)
            continue;
        wasRunning = wasRunning || !side.job->isFinished();
        side.job.reset(); // it must not ask the provider again
    }
    if (m_sides[0].model.endpointId == endpointId)
        m_probe.drop();
    if (wasRunning) {
        stop();
        m_itemsPanel->showStatus(tr("The endpoint changed. Embed again."));
    }
}

void EmbeddingsPane::markStale()
{
    if (m_items.empty() || m_itemsPanel->items() == m_items)
        m_itemsPanel->showStatus({});
    else
        m_itemsPanel->showStatus(tr("The items changed: the picture is of those before."));
}

void EmbeddingsPane::selectLine(int line)
{
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [line](const EmbeddingItem &item) { return item.line == line; });
    if (found != m_items.end() && m_itemsPanel->lineText(line) == found->text)
        select(static_cast<int>(found - m_items.begin()));
}

} // namespace diptych
