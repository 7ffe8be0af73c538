// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/model.h"
#include "api/providerdescriptor.h"
#include "api/usage.h"

#include <QDate>
#include <QObject>

namespace diptych {

/// What a provider takes for a model, as somebody wrote it down. Unset: not known.
struct Price {
    QString endpointId {}; ///< the only endpoint it holds for; empty: any
    QString provider {}; ///< the only wire format it holds for, e.g. "anthropic"; empty: any
    QString model {}; ///< name or pattern, * stands for anything; case does not matter
    std::optional<double> input {}; ///< per million prompt tokens
    std::optional<double> output {}; ///< per million tokens of the answer, thinking included
    std::optional<double> cachedInput {}; ///< per million prompt tokens read from a cache; unset: as input
    std::optional<double> images {}; ///< per thousand pictures embedded
    QString currency = QStringLiteral("USD"); ///< ISO 4217
    QString source {}; ///< where it was read: a URL, "invoice" …
    QDate date {}; ///< when it was read; invalid: not said
    bool operator==(const Price &) const = default;
};

/// An amount of money.
struct Cost {
    double amount = 0;
    QString currency {};
    bool operator==(const Cost &) const = default;
};

/// What an answer costs. Unset when a count or a rate that matters is not known.
[[nodiscard]] std::optional<Cost> estimate(const Price &price, const Usage &usage);
/// For people: "$0.0021", "0.42 EUR", "free" for zero.
[[nodiscard]] QString costText(const Cost &cost);

/// True when the endpoint's host is this machine.
[[nodiscard]] bool isOnThisMachine(const Endpoint &endpoint);

/// What is known of what a model costs.
struct Charge {
    enum class Kind {
        Unknown,
        Priced, ///< `price` holds
        BuiltIn, ///< part of Diptych: nothing
        OwnMachine, ///< a local engine computes on this machine: nothing per token
    };
    Kind kind = Kind::Unknown;
    Price price {}; ///< with Priced
    bool operator==(const Charge &) const = default;

    [[nodiscard]] bool isFree() const;
    [[nodiscard]] std::optional<Cost> estimate(const Usage &usage) const;
};

/// The prices that somebody wrote down. Owned by the composition root; persisted by a PriceStore.
class PriceTable : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const std::vector<Price> &prices() const { return m_prices; }
    void setPrices(std::vector<Price> prices); ///< replaces everything
    /// The closest entry: one for the endpoint before one for the wire format, a name before a pattern, a longer
    /// pattern before a shorter one. Null: none.
    [[nodiscard]] const Price *find(const Endpoint &endpoint, const QString &model) const;
    /// An entry of the table counts before what the endpoint's list says, and that before what is known of the
    /// endpoint. A loopback address alone does not make a model free, it may lead on to a paid service: the engine must
    /// be known, by `descriptor` and `description` (both may be null), and must not name the model as one that runs
    /// elsewhere.
    [[nodiscard]] Charge charge(const Endpoint &endpoint, const QString &model, const ProviderDescriptor *descriptor,
        const ModelDescription *description) const;

Q_SIGNALS:
    void changed();

private:
    std::vector<Price> m_prices;
};

} // namespace diptych
