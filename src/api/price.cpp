// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/price.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace diptych {

namespace {

constexpr double perMillion = 1e-6;

bool matches(const QString &pattern, const QString &model)
{
    if (!pattern.contains(u'*'))
        return pattern.compare(model, Qt::CaseInsensitive) == 0;
    QString expression = QRegularExpression::escape(pattern);
    expression.replace(QLatin1String("\\*"), QLatin1String(".*"));
    const QRegularExpression regular(
        QRegularExpression::anchoredPattern(expression), QRegularExpression::CaseInsensitiveOption);
    return regular.match(model).hasMatch();
}

/// Nothing is charged for tokens that are not there, whatever the rate.
bool addPart(double &amount, std::optional<double> rate, qint64 tokens)
{
    if (tokens == 0)
        return true;
    if (!rate)
        return false;
    amount += *rate * static_cast<double>(tokens) * perMillion;
    return true;
}

bool isLocalEngine(const Endpoint &endpoint, const ProviderDescriptor *descriptor, const ModelDescription *description)
{
    if (endpoint.kind == Endpoint::Kind::Native)
        return descriptor && descriptor->localPort != 0;
    if (!descriptor)
        return false;
    return std::any_of(descriptor->variants.begin(), descriptor->variants.end(), [&](const ServerVariant &variant) {
        if (variant.localPort == 0)
            return false;
        return variant.name == endpoint.variant || (description && variant.ownedBy.contains(description->ownedBy));
    });
}

/// Ollama hands models of these names on to its cloud.
/// Source: https://docs.ollama.com/cloud
bool runsElsewhere(const QString &model)
{
    return model.endsWith(QLatin1String("-cloud")) || model.endsWith(QLatin1String(":cloud"));
}

} // namespace

std::optional<Cost> estimate(const Price &price, const Usage &usage)
{
    if (!usage.promptTokens && !usage.completionTokens)
        return std::nullopt;
    // An embedding's answer has no tokens, and a server that counts only the prompt means that.
    const qint64 cached = std::min(usage.cachedTokens.value_or(0), usage.promptTokens.value_or(0));
    Cost cost {.currency = price.currency};
    const bool isKnown = addPart(cost.amount, price.input, usage.promptTokens.value_or(0) - cached)
        && addPart(cost.amount, price.cachedInput ? price.cachedInput : price.input, cached)
        && addPart(cost.amount, price.output, usage.completionTokens.value_or(0));
    return isKnown ? std::optional(cost) : std::nullopt;
}

QString costText(const Cost &cost)
{
    if (cost.amount == 0)
        return QCoreApplication::translate("diptych::Cost", "free");
    const int decimals = cost.amount >= 1 ? 2 : cost.amount >= 0.01 ? 3 : 6;
    QString number = QLocale().toString(cost.amount, 'f', decimals);
    const QString point = QLocale().decimalPoint();
    while (decimals == 6 && number.endsWith(u'0') && !number.endsWith(QString(point + u'0')))
        number.chop(1);
    if (cost.currency == QLatin1String("USD"))
        return QString(u'$' + number);
    return QStringLiteral("%1 %2").arg(number, cost.currency);
}

bool isOnThisMachine(const Endpoint &endpoint)
{
    static const QRegularExpression loopbackAddress(QStringLiteral("^127\\.\\d+\\.\\d+\\.\\d+$"));
    const QString host = endpoint.baseUrl.host();
    return endpoint.kind == Endpoint::Kind::BuiltIn
        || host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0
        || host.endsWith(QLatin1String(".localhost"), Qt::CaseInsensitive) || host == QLatin1String("::1")
        || loopbackAddress.match(host).hasMatch();
}

bool Charge::isFree() const
{
    switch (kind) {
    case Kind::BuiltIn:
    case Kind::OwnMachine:
        return true;
    case Kind::Priced:
        return price.input == 0.0 && price.output.value_or(0) == 0.0 && price.images.value_or(0) == 0.0;
    case Kind::Unknown:
        break;
    }
    return false;
}

std::optional<Cost> Charge::estimate(const Usage &usage) const
{
    switch (kind) {
    case Kind::BuiltIn:
    case Kind::OwnMachine:
        return Cost {};
    case Kind::Priced:
        return diptych::estimate(price, usage);
    case Kind::Unknown:
        break;
    }
    return std::nullopt;
}

void PriceTable::setPrices(std::vector<Price> prices)
{
    if (prices == m_prices)
        return;
    m_prices = std::move(prices);
    Q_EMIT changed();
}

const Price *PriceTable::find(const Endpoint &endpoint, const QString &model) const
{
    using Closeness = std::tuple<bool, bool, bool, qsizetype>;
    const Price *best = nullptr;
    Closeness closest {};
    for (const Price &price : m_prices) {
        const bool isElsewhere = (!price.endpointId.isEmpty() && price.endpointId != endpoint.id)
            || (!price.provider.isEmpty() && price.provider != endpoint.provider());
        if (isElsewhere || !matches(price.model, model))
            continue;
        const Closeness closeness {
            !price.endpointId.isEmpty(), !price.provider.isEmpty(), !price.model.contains(u'*'), price.model.size()};
        if (!best || closeness >= closest) {
            best = &price;
            closest = closeness;
        }
    }
    return best;
}

Charge PriceTable::charge(const Endpoint &endpoint, const QString &model, const ProviderDescriptor *descriptor,
    const ModelDescription *description) const
{
    if (const Price *price = find(endpoint, model))
        return {.kind = Charge::Kind::Priced, .price = *price};
    if (description && (description->facts.inputPrice || description->facts.outputPrice)) {
        return {.kind = Charge::Kind::Priced,
            .price = {.endpointId = endpoint.id,
                .model = model,
                .input = description->facts.inputPrice,
                .output = description->facts.outputPrice,
                .source = QCoreApplication::translate("diptych::Price", "the endpoint's list of models")}};
    }
    if (endpoint.kind == Endpoint::Kind::BuiltIn)
        return {.kind = Charge::Kind::BuiltIn};
    if (isOnThisMachine(endpoint) && isLocalEngine(endpoint, descriptor, description) && !runsElsewhere(model))
        return {.kind = Charge::Kind::OwnMachine};
    return {};
}

} // namespace diptych
