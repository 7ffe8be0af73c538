// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"

namespace diptych {

class HttpClient;

/// All wire formats that Diptych speaks.
[[nodiscard]] const std::vector<ProviderDescriptor> &providerDescriptors();

/// The provider that speaks the wire format of an endpoint; null when there is none of its name. The client has to
/// outlive it and its replies.
[[nodiscard]] std::unique_ptr<Provider> makeProvider(const Endpoint &endpoint, HttpClient &client);

} // namespace diptych
