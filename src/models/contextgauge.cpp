// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contextgauge.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ContextGauge", text);
}

QString number(qint64 count)
{
    return QLocale().toString(count);
}

QString percent(double part)
{
    return translated("± %1 %").arg(std::max(1, static_cast<int>(std::ceil(part * 100))));
}

QString countText(const ContextEstimate &estimate)
{
    return estimate.contextLength
        ? translated("≈ %1 of %2 tokens").arg(number(estimate.tokens), number(*estimate.contextLength))
        : translated("≈ %1 tokens").arg(number(estimate.tokens));
}

QString remark(const ContextEstimate &estimate)
{
    switch (estimate.state()) {
    case ContextEstimate::State::Overflows:
        return translated("does not fit");
    case ContextEstimate::State::Tight:
        return estimate.reserved ? translated("may not fit, with %1 for the answer").arg(number(*estimate.reserved))
                                 : translated("may not fit");
    case ContextEstimate::State::Unknown:
        return translated("context not known");
    case ContextEstimate::State::Fits:
        break;
    }
    return {};
}

QString lineOf(const ContextEstimate &estimate)
{
    QStringList parts {countText(estimate) + u' ' + percent(estimate.deviation)};
    if (const QString text = remark(estimate); !text.isEmpty())
        parts.append(text);
    if (estimate.cost)
        parts.append(costText(*estimate.cost));
    return translated("Pane %1, %2: %3")
        .arg(QString::number(estimate.number), estimate.model, parts.join(QStringLiteral(" · ")));
}

/// Unset when the price of one is not known, or they are in different currencies.
std::optional<Cost> sumOf(std::span<const ContextEstimate> estimates)
{
    std::optional<Cost> sum;
    for (const ContextEstimate &estimate : estimates) {
        if (!estimate.cost || (sum && sum->currency != estimate.cost->currency && estimate.cost->amount > 0))
            return std::nullopt;
        if (!sum)
            sum = estimate.cost;
        else
            sum->amount += estimate.cost->amount;
    }
    return sum;
}

} // namespace

ContextEstimate::State ContextEstimate::state() const
{
    if (!contextLength)
        return State::Unknown;
    const auto count = static_cast<double>(tokens);
    const auto room = static_cast<double>(*contextLength);
    if (count * (1 - deviation) > room)
        return State::Overflows;
    const bool isTight = count * (1 + deviation) + static_cast<double>(reserved.value_or(0)) > room;
    return isTight ? State::Tight : State::Fits;
}

double ContextEstimate::fill() const
{
    return contextLength && *contextLength > 0 ? static_cast<double>(tokens) / static_cast<double>(*contextLength) : 0;
}

ContextEstimate contextEstimate(double raw, const TokenCalibration &calibration)
{
    return {.tokens = static_cast<qint64>(std::ceil(raw * calibration.ratio)),
        .deviation = calibration.deviation,
        .samples = calibration.samples};
}

const ContextEstimate *worstOf(std::span<const ContextEstimate> estimates)
{
    const auto worst = std::max_element(
        estimates.begin(), estimates.end(), [](const ContextEstimate &first, const ContextEstimate &second) {
            return std::tuple(first.state(), first.fill(), first.tokens)
                < std::tuple(second.state(), second.fill(), second.tokens);
        });
    return worst == estimates.end() ? nullptr : &*worst;
}

QString gaugeText(const ContextEstimate &estimate)
{
    return countText(estimate) + u' ' + percent(estimate.deviation);
}

QString gaugeDetails(std::span<const ContextEstimate> estimates)
{
    QStringList lines;
    bool isMeasured = false;
    for (const ContextEstimate &estimate : estimates) {
        lines.append(lineOf(estimate));
        isMeasured = isMeasured || estimate.samples >= 2;
    }
    if (const std::optional<Cost> sum = sumOf(estimates))
        lines.append(translated("The prompt costs about %1, the answers come on top.").arg(costText(*sum)));
    lines.append(isMeasured
            ? translated("Estimated by length, corrected by what providers counted in this session; ± is the largest "
                         "error so far.")
            : translated("Estimated by length; ± 30 % until two answers of a model were counted by its provider."));
    return lines.join(u'\n');
}

QString overflowText(std::span<const ContextEstimate> estimates)
{
    QStringList panes;
    for (const ContextEstimate &estimate : estimates) {
        if (estimate.state() == ContextEstimate::State::Overflows)
            panes.append(translated("pane %1 (%2)").arg(QString::number(estimate.number), countText(estimate)));
    }
    if (panes.isEmpty())
        return {};
    return translated("Too long for %1. Shorten it, take attachments away, or begin a new session.")
        .arg(panes.join(QStringLiteral(", ")));
}

} // namespace diptych
