// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pricestore.h"

#include <QJsonArray>

namespace diptych {

namespace {

const QLatin1String pricesKey("prices");

struct Rate {
    QLatin1String key;
    std::optional<double> Price::*member;
};
const Rate rates[] = {{QLatin1String("input"), &Price::input}, {QLatin1String("output"), &Price::output},
    {QLatin1String("cached_input"), &Price::cachedInput}, {QLatin1String("images"), &Price::images}};

struct Text {
    QLatin1String key;
    QString Price::*member;
};
const Text texts[] = {{QLatin1String("endpoint"), &Price::endpointId}, {QLatin1String("provider"), &Price::provider},
    {QLatin1String("model"), &Price::model}, {QLatin1String("currency"), &Price::currency},
    {QLatin1String("source"), &Price::source}};

QJsonObject encode(const Price &price)
{
    QJsonObject object;
    for (const Text &text : texts) {
        if (!(price.*text.member).isEmpty())
            object[text.key] = price.*text.member;
    }
    for (const Rate &rate : rates) {
        if (const std::optional<double> value = price.*rate.member)
            object[rate.key] = *value;
    }
    if (price.date.isValid())
        object[QLatin1String("date")] = price.date.toString(Qt::ISODate);
    return object;
}

} // namespace

std::optional<Price> decodePrice(const QJsonObject &object)
{
    Price price;
    for (const Text &text : texts) {
        if (object.contains(text.key))
            price.*text.member = object[text.key].toString().trimmed();
    }
    for (const Rate &rate : rates) {
        const QJsonValue value = object[rate.key];
        if (value.isUndefined() || value.isNull())
            continue;
        // A wrong price is worse than none.
        if (!value.isDouble() || value.toDouble() < 0)
            return std::nullopt;
        price.*rate.member = value.toDouble();
    }
    price.date = QDate::fromString(object[QLatin1String("date")].toString(), Qt::ISODate);
    return price.model.isEmpty() ? std::nullopt : std::optional(price);
}

PriceStore::PriceStore(const QString &path)
    : m_file(path)
{
}

Result<std::vector<Price>> PriceStore::load() const
{
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    std::vector<Price> prices;
    const QJsonArray array = (*file)[pricesKey].toArray();
    for (const QJsonValue &value : array) {
        if (const auto price = decodePrice(value.toObject()))
            prices.push_back(*price);
    }
    return prices;
}

Result<void> PriceStore::save(const std::vector<Price> &prices) const
{
    QJsonArray array;
    for (const Price &price : prices)
        array.append(encode(price));
    return m_file.change([&array](QJsonObject &file) { file[pricesKey] = array; });
}

} // namespace diptych
