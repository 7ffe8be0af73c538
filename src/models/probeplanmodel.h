// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "runs/capabilityprobeplan.h"

#include <QAbstractTableModel>

namespace diptych {

/// The questions of a probe to be looked through and trimmed before they are asked.
class ProbePlanModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Ability, Question, Requests, Tokens, ColumnCount };

    explicit ProbePlanModel(ProbePlan plan, QObject *parent = nullptr);

    [[nodiscard]] const ProbePlan &plan() const { return m_plan; }
    void selectAll(bool isSelected);
    /// "Requests: 23. Tokens: about 1,310 in, at most 1,052 out; costs at most about $0.002." for people.
    [[nodiscard]] QString totalsText(const Charge &charge) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    ProbePlan m_plan;
};

/// What asking costs, for people; says so when it is not known.
[[nodiscard]] QString planCostText(const Charge &charge, const Usage &usage);

} // namespace diptych
