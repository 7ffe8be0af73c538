// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "store/session.h"

#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// One number about an answer, for people and for tables.
struct MetricFact {
    enum class Group { Order, Time, Speed, Tokens, Cost };
    enum class Source {
        Measured, ///< here, by our clock or our counting
        Provider, ///< it said so
        Estimated, ///< worked out from what is known
    };
    QString id {}; ///< for tables and tests: "first_token_ms"; the unit is part of it
    Group group = Group::Time;
    QString label {}; ///< "First visible token"
    QString text {}; ///< "240 ms"; a dash where nothing is known
    std::optional<double> value {}; ///< in the unit of the id; unset where nothing is known
    Source source = Source::Measured;
    QString note {}; ///< what else there is to say, in a few words
};

/// Everything that is known of an answer, always in the same order and of the same length, so that answers can be
/// compared. `cost`: what it cost; unset where that is not known.
[[nodiscard]] std::vector<MetricFact> metricFacts(const Answer &answer, const std::optional<Cost> &cost);
/// "measured here", "counted by the provider", "estimated".
[[nodiscard]] QString sourceText(MetricFact::Source source);
/// "Time", "Speed" …
[[nodiscard]] QString groupText(MetricFact::Group group);

/// What an answer cost: unset when it did not end well (nobody knows what is charged then), or when no price is known.
[[nodiscard]] std::optional<Cost> costOf(const Answer &answer, const Charge &charge);

} // namespace diptych
