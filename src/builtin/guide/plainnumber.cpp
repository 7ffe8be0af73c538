// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/plainnumber.h"

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

/// What a number is a multiple of; 0: of nothing in particular.
double stepOf(const QJsonObject &schema, bool integer)
{
    const double step = schema.value(u"multipleOf").toDouble(0);
    if (!integer || step <= 0)
        return integer ? 1 : std::max(step, 0.0);
    for (int times = 1; times <= 1000; ++times) {
        const double multiple = step * times;
        if (std::abs(multiple - std::round(multiple)) < 1e-9)
            return std::round(multiple);
    }
    return step;
}

/// A bound of a schema, and whether it is itself allowed. In draft 4 "exclusive" is a flag of the other keyword.
struct Bound {
    double value;
    bool excluded;
};

Bound lowerBound(const QJsonObject &schema)
{
    const double least = schema.value(u"minimum").toDouble(-9e15);
    const QJsonValue above = schema.value(u"exclusiveMinimum");
    if (above.isDouble() && above.toDouble() >= least)
        return {above.toDouble(), true};
    return {least, above.toBool()};
}

Bound upperBound(const QJsonObject &schema)
{
    const double most = schema.value(u"maximum").toDouble(9e15);
    const QJsonValue below = schema.value(u"exclusiveMaximum");
    if (below.isDouble() && below.toDouble() <= most)
        return {below.toDouble(), true};
    return {most, below.toBool()};
}

} // namespace

std::optional<double> plainNumber(const QJsonObject &schema, bool integer)
{
    const Bound least = lowerBound(schema);
    const Bound most = upperBound(schema);
    const double step = stepOf(schema, integer);
    const double low = step > 0 ? std::ceil(least.value / step - 1e-9) * step : std::ceil(least.value);
    const double high = step > 0 ? std::floor(most.value / step + 1e-9) * step : std::floor(most.value);
    const double next = step > 0 ? step : 1;
    for (const double candidate :
        {0.0, step > 0 ? step : 1, low, low + next, high, high - next, (least.value + most.value) / 2}) {
        const bool above = least.excluded ? candidate > least.value : candidate >= least.value;
        const bool below = most.excluded ? candidate < most.value : candidate <= most.value;
        const bool onStep = step <= 0 || std::abs(std::remainder(candidate / step, 1)) < 1e-9;
        if (above && below && onStep)
            return candidate;
    }
    return {};
}

} // namespace diptych
