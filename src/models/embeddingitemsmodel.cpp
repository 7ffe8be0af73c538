// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/embeddingitemsmodel.h"

namespace diptych {

std::vector<EmbeddingItem> parseEmbeddingItems(const QString &text)
{
    std::vector<EmbeddingItem> items;
    QString group;
    int line = -1;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString &raw : lines) {
        ++line;
        const QString item = raw.trimmed();
        if (item.isEmpty())
            continue;
        if (item.startsWith(QLatin1String("# ")))
            group = item.mid(2).trimmed();
        else
            items.push_back({item, group, line});
    }
    return items;
}

EmbeddingItemsModel::EmbeddingItemsModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void EmbeddingItemsModel::setItems(std::vector<EmbeddingItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    m_neighbours.clear();
    m_shared.clear();
    endResetModel();
}

void EmbeddingItemsModel::setNeighbours(std::vector<Neighbour> neighbours, const QSet<int> &shared)
{
    beginResetModel();
    m_neighbours = std::move(neighbours);
    std::erase_if(m_neighbours, [this](const Neighbour &neighbour) {
        return neighbour.index < 0 || neighbour.index >= static_cast<int>(m_items.size());
    });
    m_shared = shared;
    endResetModel();
}

int EmbeddingItemsModel::itemAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_neighbours[static_cast<std::size_t>(row)].index : -1;
}

int EmbeddingItemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_neighbours.size());
}

QVariant EmbeddingItemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Neighbour &neighbour = m_neighbours[static_cast<std::size_t>(index.row())];
    const EmbeddingItem &item = m_items[static_cast<std::size_t>(neighbour.index)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return item.text;
    case Qt::AccessibleTextRole:
        return tr("%1, similarity %2").arg(item.text, QString::number(neighbour.score, 'f', 2));
    case ItemRole:
        return neighbour.index;
    case ScoreRole:
        return neighbour.score;
    case SharedRole:
        return m_shared.contains(neighbour.index);
    case GroupRole:
        return item.group;
    default:
        return {};
    }
}

} // namespace diptych
