// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/capabilitiesmodel.h"

#include "api/capabilitybook.h"
#include "models/modeltraits.h"

#include <QLocale>

#include <algorithm>
#include <tuple>

namespace diptych {

namespace {

using State = CapabilityState::State;

/// What can be done comes first, what nobody knows last.
int rankOf(State state)
{
    switch (state) {
    case State::Supported:
        return 0;
    case State::Refused:
        return 1;
    case State::Unknown:
        break;
    }
    return 2;
}

} // namespace

QString capabilityStateText(State state)
{
    switch (state) {
    case State::Supported:
        return CapabilitiesModel::tr("supported");
    case State::Refused:
        return CapabilitiesModel::tr("refused");
    case State::Unknown:
        break;
    }
    return CapabilitiesModel::tr("unclear");
}

QString capabilityOriginText(const CapabilityState &state)
{
    const QString date = state.seenAt.isValid()
        ? QLocale().toString(state.seenAt.toLocalTime().date(), QLocale::ShortFormat)
        : QString();
    switch (state.source) {
    case CapabilityState::Source::Seen:
        return CapabilitiesModel::tr("seen %1").arg(date).trimmed();
    case CapabilityState::Source::Probed:
        return CapabilitiesModel::tr("probed %1").arg(date).trimmed();
    case CapabilityState::Source::Declared:
        break;
    }
    return CapabilitiesModel::tr("declared");
}

CapabilitiesModel::CapabilitiesModel(CapabilityBook &book, QObject *parent)
    : QAbstractListModel(parent)
    , m_book(book)
{
    connect(&m_book, &CapabilityBook::changed, this, [this](const ModelRef &model) {
        if (model == m_model)
            rebuild();
    });
}

void CapabilitiesModel::setModel(const ModelRef &model, const Capabilities &declared)
{
    m_model = model;
    m_declared = declared;
    rebuild();
}

void CapabilitiesModel::rebuild()
{
    const Capabilities learnt = m_book.capabilities(m_model);
    const Capabilities merged = mergedCapabilities(m_declared, learnt);
    std::vector<Row> rows;
    for (auto it = merged.begin(); it != merged.end(); ++it)
        rows.push_back({.ability = it.key(), .state = it.value(), .isLearnt = learnt.contains(it.key())});
    std::stable_sort(rows.begin(), rows.end(), [](const Row &left, const Row &right) {
        return std::tuple(rankOf(left.state.state), abilityTitle(left.ability))
            < std::tuple(rankOf(right.state.state), abilityTitle(right.ability));
    });
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int CapabilitiesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CapabilitiesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return abilityTitle(row.ability);
    case AbilityRole:
        return row.ability;
    case StateRole:
        return static_cast<int>(row.state.state);
    case EvidenceRole:
        return row.state.evidence;
    case OriginRole:
        return capabilityOriginText(row.state);
    case CanForgetRole:
        return row.isLearnt;
    case Qt::ToolTipRole: {
        const QString when = row.state.seenAt.isValid()
            ? QLocale().toString(row.state.seenAt.toLocalTime(), QLocale::LongFormat)
            : tr("declared by the endpoint");
        return QStringLiteral("%1: %2\n%3\n%4")
            .arg(abilityTitle(row.ability), capabilityStateText(row.state.state), row.state.evidence, when);
    }
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3")
            .arg(abilityTitle(row.ability), capabilityStateText(row.state.state), capabilityOriginText(row.state));
    case Qt::AccessibleDescriptionRole:
        return row.state.evidence;
    default:
        return {};
    }
}

void CapabilitiesModel::forget(const QModelIndex &index)
{
    if (index.isValid() && index.data(CanForgetRole).toBool())
        m_book.forget(m_model, index.data(AbilityRole).toString());
}

void CapabilitiesModel::forgetAll()
{
    m_book.forgetAll(m_model);
}

bool CapabilitiesModel::canForgetAny() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.isLearnt; });
}

QString CapabilitiesModel::summary() const
{
    if (m_rows.empty())
        return {};
    const auto count = [this](State state) {
        return std::count_if(
            m_rows.begin(), m_rows.end(), [state](const Row &row) { return row.state.state == state; });
    };
    return tr("%1 yes, %2 no, %3 unclear")
        .arg(count(State::Supported))
        .arg(count(State::Refused))
        .arg(count(State::Unknown));
}

} // namespace diptych
