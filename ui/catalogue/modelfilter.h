// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

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
    /// Models that are not listed.
    void setExcluded(std::vector<ModelRef> models);

    /// 0: no match; higher is better. Word starts and runs of letters count more.
    [[nodiscard]] static int score(const QString &search, const QString &candidate);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_search;
    std::optional<ModelType> m_type;
    std::vector<ModelRef> m_excluded;
};

} // namespace diptych
