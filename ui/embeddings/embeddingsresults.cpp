// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the pane shows once items are embedded: maps, neighbours, query, export.
#include "embeddings/embeddingspane.h"

#include "embeddings/itemspanel.h"
#include "embeddings/neighbourspanel.h"
#include "embeddings/similaritycsv.h"
#include "embeddings/spaceview.h"
#include "models/formatting.h"
#include "theme/theme.h"
#include "ui_embeddingspane.h"
#include "widgets/banner.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

#include <algorithm>

namespace diptych {

namespace {

constexpr int highlightedNeighbours = 5;

QSet<int> sharedItems(const std::vector<Neighbour> &first, const std::vector<Neighbour> &second)
{
    QSet<int> shared;
    for (const Neighbour &neighbour : first) {
        if (std::any_of(second.begin(), second.end(),
                [&neighbour](const Neighbour &other) { return other.index == neighbour.index; }))
            shared.insert(neighbour.index);
    }
    return shared;
}

std::vector<int> closest(const std::vector<Neighbour> &neighbours)
{
    std::vector<int> items;
    for (std::size_t i = 0; i < neighbours.size() && i < highlightedNeighbours; ++i)
        items.push_back(neighbours[i].index);
    return items;
}

QString factsAbout(const EmbeddingRun &run, const QLocale &locale)
{
    const std::optional<Usage> &usage = run.response().usage;
    const auto tokens = usage ? (usage->promptTokens ? usage->promptTokens : usage->totalTokens) : std::nullopt;
    return QStringList {
        EmbeddingsPane::tr("%1 dimensions").arg(locale.toString(run.response().dimensions)),
        tokens ? EmbeddingsPane::tr("%1 tokens").arg(locale.toString(*tokens))
               : EmbeddingsPane::tr("tokens not reported"),
        formatDuration(std::chrono::microseconds(run.elapsed())),
    }
        .join(QStringLiteral(" · "));
}

QFileDialog *saveDialog(QWidget *parent, const QString &title, const QString &suffix)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

} // namespace

void EmbeddingsPane::showResults()
{
    m_items = m_requested;
    m_agreement.reset();
    m_comparison.cancel();
    for (Side &side : m_sides) {
        side.space = side.job ? side.job->space() : nullptr;
        side.facts = side.space ? factsAbout(side.job->run(), locale()) : QString();
        side.neighbours.clear();
        side.view->setVisible(side.space != nullptr);
        if (!side.space)
            continue;
        std::vector<Point2> points = side.space->plane.points;
        // The second map is laid over the first, or every difference in turn and mirror would look like one in meaning.
        const bool isSecond = &side != m_sides.data();
        if (const auto aligned = align(points, m_sides[0].space->plane.points); aligned && isSecond)
            points = aligned->points;
        side.view->showSpace(
            m_connections.displayName(side.model), side.facts, m_items, *side.space, points, m_sides[0].space->order);
    }
    arrangeViews();
    m_ui->viewsSplitter->setSizes({1'000, 1'000}); // equal shares
    m_neighbours->setItems(m_items);
    m_neighbours->setModels(m_sides[0].model.model, m_sides[1].space ? m_sides[1].model.model : QString());
    m_neighbours->setQueryEnabled(true);
    m_ui->centreStack->setCurrentWidget(m_ui->resultPage);
    select(-1);
    compare();
    if (!m_neighbours->query().isEmpty())
        askQuery();
}

void EmbeddingsPane::compare()
{
    const auto first = m_sides[0].space;
    const auto second = m_sides[1].space;
    if (!first || !second)
        return;
    m_comparison.start(
        isSmallWork(first->rows().count(), first->width + second->width),
        [first, second](const std::stop_token &token) {
            return neighbourAgreement(first->rows(), second->rows(), neighbourCount, token);
        },
        [this](const std::optional<Agreement> &agreement) {
            m_agreement = agreement;
            showOverlap();
        });
}

void EmbeddingsPane::select(int item)
{
    m_selected = item >= 0 && item < static_cast<int>(m_items.size()) ? item : -1;
    for (Side &side : m_sides)
        side.view->setSelected(side.space ? m_selected : -1);
    const EmbeddingItem chosen = m_selected < 0 ? EmbeddingItem {} : m_items[static_cast<std::size_t>(m_selected)];
    const bool isThere = m_selected >= 0 && m_itemsPanel->lineText(chosen.line) == chosen.text;
    m_itemsPanel->markLine(isThere ? chosen.line : -1);
    showItemNeighbours();
}

void EmbeddingsPane::showItemNeighbours()
{
    for (Side &side : m_sides) {
        side.neighbours.clear();
        if (side.space && m_selected >= 0)
            side.neighbours =
                nearest(side.space->rows(), side.space->rows().row(m_selected), neighbourCount, m_selected);
    }
    if (m_selected >= 0)
        m_neighbours->showFocus(tr("Nearest to “%1”").arg(m_items[static_cast<std::size_t>(m_selected)].text));
    else if (m_items.empty())
        m_neighbours->showFocus(tr("The neighbours of the selected item appear here."));
    else
        m_neighbours->showFocus(tr("Select an item on the map or in the list, or type a query."));
    showNeighbours();
}

void EmbeddingsPane::showNeighbours()
{
    const bool isCompared = !m_sides[1].neighbours.empty();
    const QSet<int> shared =
        sharedItems(m_sides[0].neighbours, isCompared ? m_sides[1].neighbours : m_sides[0].neighbours);
    for (std::size_t side = 0; side < m_sides.size(); ++side) {
        m_neighbours->showNeighbours(static_cast<int>(side), m_sides[side].neighbours, shared);
        if (m_sides[side].space)
            m_sides[side].view->setHighlighted(closest(m_sides[side].neighbours));
    }
    showOverlap();
}

void EmbeddingsPane::showOverlap()
{
    if (!m_agreement) {
        m_neighbours->showOverlap({});
        return;
    }
    const auto percent = [this](double share) { return locale().toString(share * 100, 'f', 0); };
    QString text = tr("The models share %1 % of the %2 nearest; by chance it would be %3 %.")
                       .arg(percent(m_agreement->mean))
                       .arg(m_agreement->k)
                       .arg(percent(m_agreement->chance));
    if (m_selected >= 0) {
        text += QLatin1Char('\n')
            + tr("This item: %1 %.").arg(percent(m_agreement->overlap[static_cast<std::size_t>(m_selected)]));
        const auto shifts = rankShifts(m_sides[0].space->rows(), m_sides[1].space->rows(), m_selected);
        if (!shifts.empty() && shifts.front().firstRank != shifts.front().secondRank) {
            text += QLatin1Char(' ')
                + tr("Moved most: “%1”, place %2 to %3.")
                      .arg(m_items[static_cast<std::size_t>(shifts.front().index)].text)
                      .arg(shifts.front().firstRank)
                      .arg(shifts.front().secondRank);
        }
    }
    m_neighbours->showOverlap(text);
}

void EmbeddingsPane::askQuery()
{
    const QString text = m_neighbours->query();
    Provider *provider = m_connections.provider(m_sides[0].model.endpointId);
    if (text.isEmpty() || !m_sides[0].space || !provider) {
        m_probe.drop();
        m_sides[0].view->setMarker({});
        showItemNeighbours();
        return;
    }
    EmbeddingRequest request = m_options;
    request.model = m_sides[0].model.model;
    request.input = {text};
    if (request.inputType == EmbeddingInputType::Document)
        request.inputType = EmbeddingInputType::Query;
    m_probe.ask(*provider, request);
}

void EmbeddingsPane::showQueryAnswer(const std::vector<float> &vector)
{
    const auto space = m_sides[0].space;
    if (!space || static_cast<int>(vector.size()) != space->width || !isFinite(vector))
        return;
    select(-1);
    const std::vector<float> unit = normalised({vector, space->width});
    m_sides[0].neighbours = nearest(space->rows(), unit, neighbourCount);
    m_sides[0].view->setMarker(project(space->plane, unit), m_neighbours->query());
    m_neighbours->showFocus(tr("Nearest to “%1”").arg(m_neighbours->query()));
    showNeighbours();
}

void EmbeddingsPane::setUpExport()
{
    auto *menu = new QMenu(this);
    QAction *copy = menu->addAction(themeIcon(QStringLiteral("copy")), tr("Copy similarities as CSV"));
    QAction *save = menu->addAction(themeIcon(QStringLiteral("download")), tr("Save similarities …"));
    QAction *picture = menu->addAction(themeIcon(QStringLiteral("image")), tr("Save picture …"));
    connect(menu, &QMenu::aboutToShow, this, [this, copy, save] {
        const bool hasMatrix = m_sides[0].space && m_sides[0].space->similarity.size > 0;
        copy->setEnabled(hasMatrix);
        save->setEnabled(hasMatrix);
    });
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(similarities()); });
    connect(save, &QAction::triggered, this, &EmbeddingsPane::saveSimilarities);
    connect(picture, &QAction::triggered, this, &EmbeddingsPane::savePicture);
    m_ui->exportButton->setMenu(menu);
    m_ui->exportButton->setIcon(themeIcon(QStringLiteral("download")));
    m_ui->exportButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

QString EmbeddingsPane::similarities() const
{
    if (!m_sides[0].space)
        return {};
    QStringList labels;
    for (int item = 0; item < m_sides[0].space->similarity.size; ++item)
        labels.append(m_items[static_cast<std::size_t>(item)].text);
    return QString::fromUtf8(similarityCsv(m_sides[0].space->similarity, labels));
}

void EmbeddingsPane::saveSimilarities()
{
    QFileDialog *dialog = saveDialog(this, tr("Save similarities"), QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(similarities().toUtf8()) < 0 || !file.commit())
            m_banner->showMessage(Banner::Tone::Error, tr("The file was not saved"), file.errorString());
    });
}

void EmbeddingsPane::savePicture()
{
    QFileDialog *dialog = saveDialog(this, tr("Save picture"), QStringLiteral("png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!m_sides[0].view->savePng(path))
            m_banner->showMessage(Banner::Tone::Error, tr("The file was not saved"), path);
    });
}

} // namespace diptych
