// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/modelfilter.h"

#include "models/cataloguemodel.h"
#include "widgets/fuzzyscore.h"

#include <algorithm>

namespace diptych {

ModelFilter::ModelFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
}

void ModelFilter::setSearch(const QString &text)
{
    m_search = text.trimmed();
    invalidateFilter();
}

void ModelFilter::setType(std::optional<ModelType> type)
{
    m_type = type;
    invalidateFilter();
}

void ModelFilter::setExcluded(std::vector<ModelRef> models)
{
    m_excluded = std::move(models);
    invalidateFilter();
}

void ModelFilter::setTraits(ModelTraits traits)
{
    m_traits = traits;
    invalidateFilter();
}

int ModelFilter::undecidedCount() const
{
    if (!m_traits || !sourceModel())
        return 0;
    int count = 0;
    for (int row = 0; row < sourceModel()->rowCount(); ++row) {
        const QModelIndex endpoint = sourceModel()->index(row, 0);
        for (int child = 0; child < sourceModel()->rowCount(endpoint); ++child) {
            const QModelIndex model = sourceModel()->index(child, 0, endpoint);
            const ModelTraits missing = m_traits & ~ModelTraits(model.data(CatalogueModel::TraitsRole).toInt());
            const ModelTraits unknown(model.data(CatalogueModel::UnknownTraitsRole).toInt());
            // What is known not to be there decides, whatever is unknown beside it.
            if (missing && !(missing & ~unknown) && matchesOtherwise(model))
                ++count;
        }
    }
    return count;
}

int ModelFilter::score(const QString &search, const QString &candidate)
{
    return fuzzyScore(search, candidate);
}

bool ModelFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (index.data(CatalogueModel::IsEndpointRole).toBool()) {
        if (m_search.isEmpty() && !m_type && m_excluded.empty() && !m_traits)
            return true;
        for (int child = 0; child < sourceModel()->rowCount(index); ++child) {
            if (filterAcceptsRow(child, index))
                return true;
        }
        // With traits chosen an endpoint without such a model says nothing.
        return !m_search.isEmpty() && !m_traits
            && score(m_search, index.data(CatalogueModel::SearchRole).toString()) > 0;
    }
    const ModelTraits traits(index.data(CatalogueModel::TraitsRole).toInt());
    return (m_traits & ~traits) == ModelTraits() && matchesOtherwise(index);
}

bool ModelFilter::matchesOtherwise(const QModelIndex &index) const
{
    const ModelRef model {
        index.data(CatalogueModel::EndpointIdRole).toString(), index.data(CatalogueModel::ModelIdRole).toString()};
    if (std::find(m_excluded.begin(), m_excluded.end(), model) != m_excluded.end())
        return false;
    if (m_type) {
        const auto type = static_cast<ModelType>(index.data(CatalogueModel::ModelTypeRole).toInt());
        if (type != *m_type && type != ModelType::Unknown)
            return false;
    }
    return m_search.isEmpty() || score(m_search, index.data(CatalogueModel::SearchRole).toString()) > 0;
}

} // namespace diptych
