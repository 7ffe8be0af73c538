// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricesmodel.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

const QLatin1String endpointPrefix("endpoint:");
const QLatin1String providerPrefix("provider:");

QString placeKey(const Price &price)
{
    if (!price.endpointId.isEmpty())
        return QString(endpointPrefix + price.endpointId);
    return price.provider.isEmpty() ? QString() : QString(providerPrefix + price.provider);
}

void setPlace(Price &price, const QString &key)
{
    price.endpointId = key.startsWith(endpointPrefix) ? key.mid(endpointPrefix.size()) : QString();
    price.provider = key.startsWith(providerPrefix) ? key.mid(providerPrefix.size()) : QString();
}

std::optional<double> Price::*rateOf(int column)
{
    switch (column) {
    case PricesModel::Input:
        return &Price::input;
    case PricesModel::Output:
        return &Price::output;
    case PricesModel::CachedInput:
        return &Price::cachedInput;
    case PricesModel::Images:
        return &Price::images;
    default:
        return nullptr;
    }
}

QString rateText(const std::optional<double> &rate)
{
    return rate ? QLocale().toString(*rate, 'g', 6) : QString();
}

/// Empty: not known.
bool setRate(std::optional<double> &rate, const QString &text)
{
    if (text.isEmpty()) {
        rate.reset();
        return true;
    }
    bool isNumber = false;
    double value = QLocale().toDouble(text, &isNumber);
    if (!isNumber)
        value = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value) || value < 0)
        return false;
    rate = value;
    return true;
}

} // namespace

PricesModel::PricesModel(std::vector<Price> prices, const Connections &connections, QObject *parent)
    : QAbstractTableModel(parent)
    , m_prices(std::move(prices))
{
    m_places.push_back({.name = tr("anywhere")});
    for (const ProviderDescriptor &descriptor : connections.descriptors())
        m_places.push_back({QString(providerPrefix + descriptor.name), tr("any %1").arg(descriptor.displayName)});
    for (const Endpoint &endpoint : connections.endpoints())
        m_places.push_back({QString(endpointPrefix + endpoint.id), endpoint.name});
}

std::vector<Price> PricesModel::prices() const
{
    std::vector<Price> named;
    std::copy_if(m_prices.begin(), m_prices.end(), std::back_inserter(named),
        [](const Price &price) { return !price.model.isEmpty(); });
    return named;
}

QModelIndex PricesModel::add(const Price &price)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_prices.push_back(price);
    endInsertRows();
    return index(row, Model);
}

void PricesModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_prices.erase(m_prices.begin() + row);
    endRemoveRows();
}

int PricesModel::rowFor(const Endpoint &endpoint, const QString &model) const
{
    PriceTable table;
    table.setPrices(m_prices);
    const Price *found = table.find(endpoint, model);
    return found ? static_cast<int>(found - table.prices().data()) : -1;
}

int PricesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_prices.size());
}

int PricesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PricesModel::placeName(const QString &key) const
{
    const auto found =
        std::find_if(m_places.begin(), m_places.end(), [&key](const Place &place) { return place.key == key; });
    return found == m_places.end() ? tr("removed endpoint") : found->name;
}

QVariant PricesModel::editData(const Price &price, int column) const
{
    if (const auto rate = rateOf(column))
        return rateText(price.*rate);
    switch (column) {
    case Model:
        return price.model;
    case Where:
        return placeKey(price);
    case Currency:
        return price.currency;
    case Source:
        return price.source;
    case Date:
        return price.date.isValid() ? price.date : QDate::currentDate();
    default:
        return {};
    }
}

QVariant PricesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Price &price = m_prices[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole && rateOf(column))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::EditRole)
        return editData(price, column);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (column == Where)
        return placeName(placeKey(price));
    if (column == Date)
        return price.date.isValid() ? QLocale().toString(price.date, QLocale::ShortFormat) : QString();
    return editData(price, column);
}

QVariant PricesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    struct Header {
        const char *title;
        const char *explanation;
    };
    static const Header headers[ColumnCount] {
        {QT_TR_NOOP("Model"), QT_TR_NOOP("Name of a model; * stands for anything")},
        {QT_TR_NOOP("Where"), QT_TR_NOOP("The endpoint or wire format that the price holds for")},
        {QT_TR_NOOP("In"), QT_TR_NOOP("Per million tokens of the request; empty: not known")},
        {QT_TR_NOOP("Out"), QT_TR_NOOP("Per million tokens of the answer, thinking included; empty: not known")},
        {QT_TR_NOOP("Cached"), QT_TR_NOOP("Per million tokens of the request that were cached; empty: as In")},
        {QT_TR_NOOP("Images"), QT_TR_NOOP("Per thousand pictures embedded; empty: not known")},
        {QT_TR_NOOP("Currency"), QT_TR_NOOP("ISO code, e.g. USD")},
        {QT_TR_NOOP("Source"), QT_TR_NOOP("Where the price was read")},
        {QT_TR_NOOP("Date"), QT_TR_NOOP("When it was read")}};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(headers[section].title);
    return role == Qt::ToolTipRole ? QVariant(tr(headers[section].explanation)) : QVariant();
}

Qt::ItemFlags PricesModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable : flags;
}

bool PricesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    Price &price = m_prices[static_cast<std::size_t>(index.row())];
    const QString text = value.toString().trimmed();
    if (const auto rate = rateOf(index.column())) {
        if (!setRate(price.*rate, text))
            return false;
    } else if (index.column() == Model) {
        price.model = text;
    } else if (index.column() == Where) {
        setPlace(price, text);
    } else if (index.column() == Currency) {
        if (text.isEmpty())
            return false;
        price.currency = text.toUpper();
    } else if (index.column() == Source) {
        price.source = text;
    } else if (index.column() == Date) {
        price.date = value.toDate();
    }
    Q_EMIT dataChanged(index, index);
    return true;
}

} // namespace diptych
