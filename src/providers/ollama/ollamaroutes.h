// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/common/endpointrequest.h"

namespace diptych::ollama {

/// The path of a route such as "/chat" below an endpoint's base URL, which may or may not end in /api.
[[nodiscard]] QString pathOf(const Endpoint &endpoint, const QString &route);

/// A request with a body whose answer comes line by line.
[[nodiscard]] EndpointCall streamingCall(const Endpoint &endpoint, const QString &route);

} // namespace diptych::ollama
