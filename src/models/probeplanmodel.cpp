// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/probeplanmodel.h"

#include "api/capabilitybook.h"

#include <QLocale>

namespace diptych {

namespace {

QString tokensText(const Probe &probe)
{
    if (probe.promptTokens == 0 && probe.completionTokens == 0)
        return QStringLiteral("–");
    return QStringLiteral("%1 + %2").arg(
        QLocale().toString(probe.promptTokens), QLocale().toString(probe.completionTokens));
}

} // namespace

QString planCostText(const Charge &charge, const Usage &usage)
{
    switch (charge.kind) {
    case Charge::Kind::BuiltIn:
        return ProbePlanModel::tr("costs nothing, it is part of Diptych");
    case Charge::Kind::OwnMachine:
        return ProbePlanModel::tr("costs nothing, it runs on this machine");
    case Charge::Kind::Priced:
    case Charge::Kind::Unknown:
        break;
    }
    const std::optional<Cost> cost = charge.estimate(usage);
    return cost ? ProbePlanModel::tr("costs at most about %1").arg(costText(*cost))
                : ProbePlanModel::tr("what it costs is not known");
}

ProbePlanModel::ProbePlanModel(ProbePlan plan, QObject *parent)
    : QAbstractTableModel(parent)
    , m_plan(std::move(plan))
{
}

void ProbePlanModel::selectAll(bool isSelected)
{
    if (m_plan.empty())
        return;
    for (Probe &probe : m_plan)
        probe.isSelected = isSelected;
    Q_EMIT dataChanged(index(0, Ability), index(rowCount() - 1, Ability), {Qt::CheckStateRole});
}

QString ProbePlanModel::totalsText(const Charge &charge) const
{
    const ProbeTotals totals = totalsOf(m_plan);
    if (totals.requests == 0)
        return tr("Nothing is chosen.");
    return tr("Requests: %1. Tokens: about %2 in, at most %3 out; %4.")
        .arg(QLocale().toString(totals.requests), QLocale().toString(*totals.usage.promptTokens),
            QLocale().toString(*totals.usage.completionTokens), planCostText(charge, totals.usage));
}

int ProbePlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_plan.size());
}

int ProbePlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProbePlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Probe &probe = m_plan[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole && index.column() == Ability)
        return probe.isSelected ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::TextAlignmentRole && index.column() >= Requests)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return probe.question;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Ability:
        return abilityTitle(probe.ability);
    case Question:
        return probe.question;
    case Requests:
        return static_cast<int>(probe.calls.size());
    case Tokens:
        return tokensText(probe);
    default:
        return {};
    }
}

QVariant ProbePlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Tokens)
        return tr("Estimated tokens in, and tokens out at most");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Ability:
        return tr("Ability");
    case Question:
        return tr("Question");
    case Requests:
        return tr("Requests");
    case Tokens:
        return tr("Tokens");
    default:
        return {};
    }
}

Qt::ItemFlags ProbePlanModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    flags.setFlag(Qt::ItemIsUserCheckable, index.isValid() && index.column() == Ability);
    return flags;
}

bool ProbePlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != Ability || role != Qt::CheckStateRole)
        return false;
    m_plan[static_cast<std::size_t>(index.row())].isSelected = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

} // namespace diptych
