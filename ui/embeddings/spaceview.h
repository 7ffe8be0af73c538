// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/embeddingspace.h"
#include "models/embeddingitemsmodel.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class SpaceView;
}

class ElidedLabel;
class HeatMapChart;
class ScatterChart;

/// The embeddings of one model: a line about them, and the map or the matrix.
class SpaceView : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { Map, Matrix };

    explicit SpaceView(QWidget *parent = nullptr);
    ~SpaceView() override;

    /// `facts`: dimensions, tokens, time. `points`: where the items stand (the space's own or an aligned layout).
    /// `order`: of the rows of the matrix.
    void showSpace(const QString &title, const QString &facts, const std::vector<EmbeddingItem> &items,
        const EmbeddingSpace &space, const std::vector<Point2> &points, const std::vector<int> &order);
    void setMode(Mode mode);
    void setSelected(int item); ///< -1: none
    void setHighlighted(const std::vector<int> &items);
    void setMarker(const std::optional<Point2> &place, const QString &label = {});
    [[nodiscard]] bool savePng(const QString &path) const; ///< of what is shown
    [[nodiscard]] ScatterChart *map() const { return m_map; }
    [[nodiscard]] HeatMapChart *matrix() const { return m_matrix; }

Q_SIGNALS:
    void itemSelected(int item);

private:
    void showMap(
        const std::vector<EmbeddingItem> &items, const EmbeddingSpace &space, const std::vector<Point2> &points);
    void showMatrix(const std::vector<EmbeddingItem> &items, const EmbeddingSpace &space);
    void showTrust(const EmbeddingSpace &space);

    std::unique_ptr<Ui::SpaceView> m_ui;
    ElidedLabel *m_title;
    ElidedLabel *m_facts;
    ElidedLabel *m_trust;
    ScatterChart *m_map;
    HeatMapChart *m_matrix;
    std::vector<int> m_order; ///< item per row of the matrix
    Mode m_mode = Mode::Map;
};

} // namespace diptych
