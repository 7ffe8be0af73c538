// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/modeltraits.h"

#include <QSortFilterProxyModel>

#include <optional>
#include <vector>

namespace diptych {

/// Endpoints and models that match a search; the letters of each word must appear in order ("gp4" finds "gpt-4").
class ModelFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ModelFilter(QObject *parent = nullptr);

    void setSearch(const QString &text);
    /// Only models of this type, and those whose type is unknown; unset: all.
    void setType(std::optional<ModelType> type);
    /// Only models that are known to have all of these.
    void setTraits(ModelTraits traits);
    [[nodiscard]] ModelTraits traits() const { return m_traits; }
    /// How many models would be shown too if what is unknown of them turned out well.
    [[nodiscard]] int undecidedCount() const;
    /// Models that are not listed.
    void setExcluded(std::vector<ModelRef> models);

    /// 0: no match; higher is better. Word starts and runs of letters count more.
    [[nodiscard]] static int score(const QString &search, const QString &candidate);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    [[nodiscard]] bool matchesOtherwise(const QModelIndex &model) const; ///< everything but the traits
    QString m_search;
    std::optional<ModelType> m_type;
    ModelTraits m_traits;
    std::vector<ModelRef> m_excluded;
};

} // namespace diptych
