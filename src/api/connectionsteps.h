// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/model.h"
#include "core/error.h"
#include "core/exchange.h"

#include <optional>
#include <vector>

namespace diptych {

/// One of the things that have to work before an endpoint answers, and how it went.
struct ConnectionStep {
    Q_GADGET
public:
    enum class Step {
        Dns, ///< the host name was looked up
        Tcp, ///< something accepts connections there
        Tls, ///< the connection is encrypted and the certificate trusted
        Auth, ///< the key or token is accepted
        Route, ///< the path leads to the API that this kind of endpoint speaks
        Model, ///< the default model is served, or there are models at all
    };
    Q_ENUM(Step)
    enum class State {
        Ok,
        Failed,
        Skipped, ///< not needed here: no name to look up, no encryption, no key
        Unknown, ///< not reached, or the answer does not tell
    };
    Q_ENUM(State)

    Step step = Step::Dns;
    State state = State::Unknown;
    QString text {}; ///< one or two sentences: what happened and, where it failed, what to do
    PhaseTimes::Time duration {}; ///< unset: takes no time of its own, or was not measured
    bool operator==(const ConnectionStep &) const = default;
};

/// Reads the six steps, in their order, out of the exchange of a test request. `models`: the list that the endpoint
/// gave, unset when it gave none. At most one step is Failed. Never contains a key.
[[nodiscard]] std::vector<ConnectionStep> connectionSteps(const Endpoint &endpoint, const Exchange &exchange,
    const std::optional<Error> &error, const std::optional<std::vector<ModelDescription>> &models = {});

[[nodiscard]] QString connectionStepName(ConnectionStep::Step step); ///< for people, e.g. "Name lookup"

} // namespace diptych
