// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/neighbours.h"

#include <QAbstractListModel>
#include <QSet>
#include <QStringList>

#include <vector>

namespace diptych {

/// One text of a collection.
struct EmbeddingItem {
    QString text {};
    QString group {}; ///< heading it stands under; empty: none
    int line = 0; ///< where it stands in the text it was read from, from 0
    bool operator==(const EmbeddingItem &) const = default;
};

/// One item per line. Blank lines are skipped; a line that begins with "# " names the group of those that follow.
[[nodiscard]] std::vector<EmbeddingItem> parseEmbeddingItems(const QString &text);

/// The items closest to something, closest first. Without neighbours it is empty.
class EmbeddingItemsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ItemRole = Qt::UserRole, ///< index of the item
        ScoreRole, ///< cosine, double
        SharedRole, ///< bool: also among the neighbours under the other model
        GroupRole, ///< name of the group
    };

    explicit EmbeddingItemsModel(QObject *parent = nullptr);

    void setItems(std::vector<EmbeddingItem> items); ///< removes the neighbours
    void setNeighbours(std::vector<Neighbour> neighbours, const QSet<int> &shared = {});
    [[nodiscard]] int itemAt(int row) const; ///< -1 outside

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<EmbeddingItem> m_items;
    std::vector<Neighbour> m_neighbours;
    QSet<int> m_shared;
};

} // namespace diptych
