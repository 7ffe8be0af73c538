// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/adaptation.h"
#include "api/model.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace diptych {

/// "endpoint/model": how a model is written in files and on the command line. The endpoint's id has no slash.
[[nodiscard]] QString modelRefText(const ModelRef &model);
/// Unset without an endpoint.
[[nodiscard]] std::optional<ModelRef> modelRefFromText(const QString &text);

/// One of the models that share a route.
struct RouteTarget {
    ModelRef model {};
    double weight = 1; ///< its share of the requests, against the weights of the others; 0: none
    bool operator==(const RouteTarget &) const = default;
};

/// What happens to a route's exchanges.
enum class TapeMode {
    Off,
    Record, ///< every exchange is kept in a file
    Replay, ///< recorded answers are given again, byte for byte; no model is asked
};
[[nodiscard]] QString tapeModeName(TapeMode mode); ///< off, record, replay
[[nodiscard]] std::optional<TapeMode> tapeModeFromName(QStringView name);

/// Where a client's request for a model goes. Unset members leave a request as it came.
struct Route {
    QString id {}; ///< unique, stable
    QString name {}; ///< what clients call the model; * stands for anything: "gpt-*", "*" for whatever has no route
    bool isEnabled = true;
    std::vector<RouteTarget> targets {}; ///< one is picked for each request, by weight
    std::vector<ModelRef> fallbacks {}; ///< asked one after the other when the one before failed
    std::optional<ModelRef> shadow {}; ///< asked the same; its answers are kept beside, the client does not see them
    std::optional<Adaptation> adaptation {}; ///< unset: as the endpoint's
    QJsonObject extras {}; ///< go with every request; what the client sends wins
    QString systemPrompt {}; ///< put before the client's own
    std::optional<double> budget {}; ///< what it may cost in all, in the currency of its models' prices
    QStringList forwardedHeaders {}; ///< names of client's headers that go on to the provider; no others do
    TapeMode tape = TapeMode::Off;
    double replaySpeed = 1; ///< times as fast as recorded; 0: at once
    bool operator==(const Route &) const = default;
};

/// What is wrong with a route, as a sentence for people; empty: nothing.
[[nodiscard]] QString faultOf(const Route &route);

/// Whether a name is the pattern's; case matters, * stands for any run of characters.
[[nodiscard]] bool matchesPattern(QStringView pattern, QStringView name);

} // namespace diptych
