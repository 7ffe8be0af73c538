// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/embeddingitemsmodel.h"

#include <QWidget>

#include <array>
#include <memory>

class QListView;

namespace diptych {

namespace Ui {
class NeighboursPanel;
}

class ElidedLabel;

/// Right side of the embeddings pane: a query, and what is nearest to it or to the selected item under each model.
class NeighboursPanel : public QWidget
{
    Q_OBJECT
public:
    explicit NeighboursPanel(QWidget *parent = nullptr);
    ~NeighboursPanel() override;

    [[nodiscard]] QString query() const;
    void clearQuery(); ///< emits nothing
    void setQueryEnabled(bool isEnabled);
    void setItems(const std::vector<EmbeddingItem> &items);
    /// Names above the lists; the second list is hidden when its name is empty.
    void setModels(const QString &first, const QString &second);
    void showFocus(const QString &text); ///< what the neighbours are neighbours of, or what to do to see some
    void showOverlap(const QString &text);
    void showNeighbours(int side, const std::vector<Neighbour> &neighbours, const QSet<int> &shared);

Q_SIGNALS:
    void queryChanged(const QString &text);
    void itemSelected(int item);

private:
    void setUpList(int side, QListView *list);

    std::unique_ptr<Ui::NeighboursPanel> m_ui;
    std::array<EmbeddingItemsModel *, 2> m_models {};
    std::array<ElidedLabel *, 2> m_headers {};
};

} // namespace diptych
