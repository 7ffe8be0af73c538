// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/builtinprovider.h"
#include "gateway/faults/faultinterceptor.h"
#include "gateway/gateway.h"

namespace diptych {

/// The built-in models on a loopback port of their own, with a key that only this process knows: so they are reached
/// over HTTP like any other endpoint.
class BuiltinServer
{
public:
    explicit BuiltinServer(BuiltinOptions options = {});

    /// The endpoint to reach them by; its id is "builtin". Errors: Network (no loopback port).
    [[nodiscard]] Result<Endpoint> start();

    /// The models themselves, for who needs no wire.
    [[nodiscard]] BuiltinProvider &models() { return m_models; }

private:
    BuiltinProvider m_models;
    FaultInterceptor m_faults;
    Gateway m_gateway;
};

} // namespace diptych
