// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/spaceview.h"

#include "charts/heatmapchart.h"
#include "charts/scatterchart.h"
#include "theme/theme.h"
#include "ui_spaceview.h"
#include "widgets/elidedlabel.h"

#include <algorithm>

namespace diptych {

namespace {

/// What a trustworthiness means for a reader of the map. The steps are a rule of thumb.
QString trustInWords(double trust)
{
    if (trust >= 0.95)
        return SpaceView::tr("close on the map is close in the model");
    if (trust >= 0.85)
        return SpaceView::tr("mostly right; check single pairs in the list");
    if (trust >= 0.70)
        return SpaceView::tr("read the groups, not single neighbours");
    return SpaceView::tr("do not read closeness off this map");
}

} // namespace

SpaceView::SpaceView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SpaceView>())
    , m_title(new ElidedLabel(this))
    , m_facts(new ElidedLabel(this))
    , m_trust(new ElidedLabel(this))
    , m_map(new ScatterChart(this))
    , m_matrix(new HeatMapChart(this))
{
    m_ui->setupUi(this);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_trust->setObjectName(QStringLiteral("trustLabel"));
    m_facts->setObjectName(QStringLiteral("factsLabel"));
    makeCaption(m_facts);
    makeCaption(m_trust);
    for (ElidedLabel *label : {m_title, m_facts, m_trust})
        m_ui->headerLayout->addWidget(label);
    m_map->setObjectName(QStringLiteral("map"));
    m_map->setAccessibleName(tr("Map of the items"));
    m_matrix->setObjectName(QStringLiteral("matrix"));
    m_matrix->setAccessibleName(tr("Similarity matrix"));
    m_ui->mapLayout->addWidget(m_map);
    m_ui->matrixLayout->addWidget(m_matrix);
    connect(m_map, &ScatterChart::pointSelected, this, &SpaceView::itemSelected);
    connect(m_matrix, &HeatMapChart::rowSelected, this,
        [this](int row) { Q_EMIT itemSelected(row < 0 ? -1 : m_order[static_cast<std::size_t>(row)]); });
}

SpaceView::~SpaceView() = default;

void SpaceView::showSpace(const QString &title, const QString &facts, const std::vector<EmbeddingItem> &items,
    const EmbeddingSpace &space, const std::vector<Point2> &points, const std::vector<int> &order)
{
    m_title->setText(title);
    m_facts->setText(facts);
    m_order = order;
    showTrust(space);
    showMap(items, space, points);
    showMatrix(items, space);
    setMode(m_mode);
}

void SpaceView::showMap(
    const std::vector<EmbeddingItem> &items, const EmbeddingSpace &space, const std::vector<Point2> &points)
{
    std::vector<double> x;
    std::vector<double> y;
    std::vector<int> groups;
    QStringList labels;
    QStringList names;
    for (std::size_t i = 0; i < items.size(); ++i) {
        x.push_back(points[i].x);
        y.push_back(points[i].y);
        labels.append(items[i].text);
        if (!names.contains(items[i].group))
            names.append(items[i].group);
        groups.push_back(static_cast<int>(names.indexOf(items[i].group)));
    }
    m_map->setPoints(x, y, labels, groups);
    std::replace(names.begin(), names.end(), QString(), tr("no group"));
    m_map->setGroupNames(names);
    const auto percent = [this](double share) { return locale().toString(share * 100, 'f', 0); };
    if (points != space.plane.points) { // turned: the axes are no longer the components
        m_map->setAxisTitles(tr("turned to lie over the first map, %1 % of the variance")
                                 .arg(percent(space.plane.explained[0] + space.plane.explained[1])),
            {});
        return;
    }
    m_map->setAxisTitles(tr("first component, %1 % of the variance").arg(percent(space.plane.explained[0])),
        tr("second, %1 %").arg(percent(space.plane.explained[1])));
}

void SpaceView::showMatrix(const std::vector<EmbeddingItem> &items, const EmbeddingSpace &space)
{
    if (space.similarity.size == 0)
        return;
    QStringList labels;
    for (const int item : m_order)
        labels.append(items[static_cast<std::size_t>(item)].text);
    m_matrix->setMatrix(reordered(space.similarity, m_order).values, labels);
}

void SpaceView::showTrust(const EmbeddingSpace &space)
{
    if (!space.trust) {
        m_trust->setText(tr("Too few items to say how far to trust the map"));
        return;
    }
    m_trust->setText(
        tr("Trust in this map %1 — %2").arg(locale().toString(*space.trust, 'f', 2), trustInWords(*space.trust)));
    m_trust->setAccessibleDescription(
        tr("1: the %n nearest on the map are the nearest in the model; 0.5: a random map.", nullptr,
            space.trustNeighbours));
}

void SpaceView::setMode(Mode mode)
{
    m_mode = mode;
    m_trust->setVisible(mode == Mode::Map);
    if (mode == Mode::Map)
        m_ui->stack->setCurrentWidget(m_ui->mapPage);
    else
        m_ui->stack->setCurrentWidget(m_order.empty() ? m_ui->noMatrixPage : m_ui->matrixPage);
}

void SpaceView::setSelected(int item)
{
    m_map->setSelected(item);
    const auto row = std::find(m_order.begin(), m_order.end(), item);
    m_matrix->setSelectedRow(row == m_order.end() ? -1 : static_cast<int>(row - m_order.begin()));
}

void SpaceView::setHighlighted(const std::vector<int> &items)
{
    m_map->setHighlighted(items);
}

void SpaceView::setMarker(const std::optional<Point2> &place, const QString &label)
{
    m_map->setMarker(place ? std::optional(QPointF(place->x, place->y)) : std::nullopt, label);
}

bool SpaceView::savePng(const QString &path) const
{
    return m_mode == Mode::Map ? m_map->savePng(path) : m_matrix->savePng(path);
}

} // namespace diptych
