// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

namespace diptych {

class HttpClient;

/// The provider that speaks the wire format of an endpoint. The client has to outlive it and its replies.
[[nodiscard]] std::unique_ptr<Provider> makeProvider(const Endpoint &endpoint, HttpClient &client);

} // namespace diptych
