// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/agreement.h"
#include "analysis/procrustes.h"
#include "api/connections.h"
#include "embeddings/backgroundwork.h"
#include "embeddings/queryprobe.h"
#include "embeddings/spacejob.h"
#include "models/embeddingitemsmodel.h"

#include <QWidget>

#include <array>
#include <memory>

namespace diptych {

namespace Ui {
class EmbeddingsPane;
}

class Banner;
class ItemsPanel;
class NeighboursPanel;
class SpaceView;

/// Texts under one or two embedding models: maps, similarities, neighbours. Selecting an item anywhere selects it
/// everywhere.
class EmbeddingsPane : public QWidget
{
    Q_OBJECT
public:
    explicit EmbeddingsPane(Connections &connections, QWidget *parent = nullptr);
    ~EmbeddingsPane() override;

    void setItemsText(const QString &text); ///< one item per line, "# " lines name groups
    /// Side 0 is the model, side 1 the one to compare it with; an invalid ref there means none. False: not offered.
    bool chooseModel(int side, const ModelRef &ref);
    void embed(); ///< embeds the items with the chosen models
    void stop();
    [[nodiscard]] int selectedItem() const { return m_selected; } ///< -1: none
    void select(int item);
    /// Of the first model, as CSV; empty before anything is embedded.
    [[nodiscard]] QString similarities() const;

Q_SIGNALS:
    /// A request was made; valid until the reply finishes.
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Side {
        ModelRef model {};
        std::unique_ptr<SpaceJob> job {};
        std::shared_ptr<const EmbeddingSpace> space {};
        std::vector<Neighbour> neighbours {};
        SpaceView *view = nullptr;
        QString facts {};
    };
    static constexpr int neighbourCount = 10;

    void setUpPanels();
    void setUpViews();
    void setUpExport();
    void arrangeViews();
    void startSide(std::size_t side, const EmbeddingRequest &request);
    void resumeFailed();
    void updateProgress();
    void finishSide(std::size_t side);
    void showResults();
    void compare();
    void showItemNeighbours();
    void showNeighbours();
    void showOverlap();
    void selectLine(int line);
    void markStale();
    void askQuery();
    void showQueryAnswer(const std::vector<float> &vector);
    void showError(const Error &error, const QString &title, bool canResume);
    void dropEndpoint(const QString &endpointId);
    void saveSimilarities();
    void savePicture();

    Connections &m_connections;
    std::unique_ptr<Ui::EmbeddingsPane> m_ui;
    Banner *m_banner;
    ItemsPanel *m_itemsPanel;
    NeighboursPanel *m_neighbours;
    std::vector<EmbeddingItem> m_requested; ///< under way
    std::vector<EmbeddingItem> m_items; ///< shown
    EmbeddingRequest m_options; ///< what the shown items were embedded with
    std::array<Side, 2> m_sides;
    BackgroundWork<std::optional<Agreement>> m_comparison;
    std::optional<Agreement> m_agreement;
    QueryProbe m_probe;
    int m_selected = -1;
};

} // namespace diptych
