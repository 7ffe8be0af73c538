// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/extrasmodel.h"

#include "api/requestsettings.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

using Origin = ExtrasModel::Origin;
constexpr std::array<Origin, 4> allOrigins {Origin::Endpoint, Origin::Model, Origin::Session, Origin::Pane};

const QJsonObject &layer(const ExtrasModel::Layers &layers, Origin origin)
{
    switch (origin) {
    case Origin::Endpoint:
        return layers.endpoint;
    case Origin::Model:
        return layers.model;
    case Origin::Session:
        return layers.session;
    case Origin::Pane:
        break;
    }
    return layers.pane;
}

QString compact(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

QStringList names(const std::vector<Origin> &origins)
{
    QStringList all;
    for (const Origin origin : origins)
        all.append(extrasOriginName(origin));
    return all;
}

/// As the request's layer sees it: session and pane together.
QJsonObject requestExtras(const ExtrasModel::Layers &layers)
{
    return merged({.extras = layers.session}, {.extras = layers.pane}).extras.value_or(QJsonObject {});
}

} // namespace

void ExtrasModel::setLayers(const Layers &layers)
{
    if (layers == m_layers)
        return;
    beginResetModel();
    m_layers = layers;
    m_rows.clear();
    const auto effective = effectiveExtras(layers.endpoint, layers.model, requestExtras(layers));
    QStringList keys;
    for (const Origin origin : allOrigins)
        keys += layer(layers, origin).keys();
    keys.sort();
    keys.removeDuplicates();
    for (const QString &key : std::as_const(keys))
        m_rows.push_back(rowFor(key, effective));
    endResetModel();
}

ExtrasModel::Row ExtrasModel::rowFor(const QString &key, const std::vector<EffectiveExtra> &effective) const
{
    Row row {.key = key};
    const auto found = std::find_if(
        effective.begin(), effective.end(), [&key](const EffectiveExtra &extra) { return extra.key == key; });
    std::vector<Origin> setting;
    for (const Origin origin : allOrigins) {
        if (layer(m_layers, origin).contains(key))
            setting.push_back(origin);
    }
    row.origin = setting.back(); // of a key that is taken away: who does it
    if (found != effective.end()) {
        row.value = found->value;
        if (found->layer != ExtrasLayer::Request)
            row.origin = found->layer == ExtrasLayer::Endpoint ? Origin::Endpoint : Origin::Model;
    }
    for (const Origin origin : setting) {
        if (origin < row.origin)
            row.overridden.push_back(origin);
    }
    return row;
}

int ExtrasModel::effectiveCount() const
{
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.value.has_value(); }));
}

int ExtrasModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ExtrasModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ExtrasModel::toolTip(const Row &row) const
{
    const QString origin = extrasOriginName(row.origin);
    QString text = row.value ? tr("%1, set by the %2.").arg(row.key, origin)
                             : tr("%1 is taken away by a null of the %2.").arg(row.key, origin);
    if (!row.overridden.empty())
        text += u' ' + tr("What the %1 says does not count.").arg(names(row.overridden).join(QStringLiteral(", ")));
    if (row.value && m_layers.mode == ExtrasMode::Drop)
        text += u' ' + tr("It is left out: the mode is \"drop\".");
    else if (row.value && m_layers.mode == ExtrasMode::Error)
        text += u' ' + tr("The request is refused: the mode is \"error\".");
    return text;
}

QVariant ExtrasModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case OriginRole:
        return QVariant::fromValue(row.origin);
    case IsSentRole:
        return row.value && m_layers.mode == ExtrasMode::PassThrough;
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::AccessibleTextRole:
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (index.column() == KeyColumn)
        return row.key;
    if (index.column() == ValueColumn)
        return row.value ? compact(*row.value) : tr("taken away");
    const QString origin = extrasOriginName(row.origin);
    return row.overridden.empty() ? origin
                                  : tr("%1 over %2").arg(origin, names(row.overridden).join(QStringLiteral(", ")));
}

QVariant ExtrasModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyColumn:
        return tr("Extra");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("From");
    }
}

QString extrasOriginName(ExtrasModel::Origin origin)
{
    switch (origin) {
    case Origin::Endpoint:
        return ExtrasModel::tr("endpoint");
    case Origin::Model:
        return ExtrasModel::tr("model");
    case Origin::Session:
        return ExtrasModel::tr("session");
    case Origin::Pane:
        break;
    }
    return ExtrasModel::tr("pane");
}

} // namespace diptych
