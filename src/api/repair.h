// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/endpoint.h"
#include "api/requestsettings.h"

#include <chrono>
#include <optional>
#include <vector>

namespace diptych {

/// What a person can do about an error with one click. All kinds but UpdateKey and EditEndpoint end in the same
/// question being asked again.
struct Repair {
    Q_GADGET
public:
    enum class Kind {
        RetryWithout, ///< without `parameter`
        UseInstead, ///< the value of `parameter` goes out as `replacement`
        PassThrough, ///< parameters outside the common API are handed to the model
        Drop, ///< parameters outside the common API are left out
        Adapt, ///< the endpoint leaves out what does not map, see Adaptation
        ChooseModel, ///< of another model
        UpdateKey, ///< another key for the endpoint
        EditEndpoint,
        Wait, ///< asks again by itself after `delay`
        AskAgain, ///< the same once more
    };
    Q_ENUM(Kind)

    Kind kind = Kind::AskAgain;
    QString parameter {}; ///< common wire name, or the key of an extra
    bool isExtra = false; ///< `parameter` is the key of an extra
    QString replacement {}; ///< with UseInstead
    std::optional<std::chrono::milliseconds> delay {}; ///< with Wait
    bool operator==(const Repair &) const = default;
};

/// Where the settings of a request came from.
struct RequestOrigin {
    RequestSettings session {};
    RequestSettings pane {}; ///< overrides the session's
    Endpoint endpoint {};
    QString model {}; ///< empty: the endpoint's default
};

/// The repairs that make sense, the most useful first. `changes`: of the request that failed; translates names on the
/// wire back to those of the common API.
[[nodiscard]] std::vector<Repair> repairsFor(
    const Error &error, const RequestOrigin &origin, const ChangeLog &changes = {});
/// The pane's overrides with the repair carried out; unchanged by repairs that are about something else.
[[nodiscard]] RequestSettings repairedOverrides(const Repair &repair, const RequestOrigin &origin);

[[nodiscard]] QString repairId(const Repair &repair); ///< its kind, e.g. "RetryWithout"
[[nodiscard]] QString repairText(const Repair &repair); ///< for a button
/// What will be changed, one sentence.
[[nodiscard]] QString repairEffect(const Repair &repair, const RequestOrigin &origin);

} // namespace diptych
