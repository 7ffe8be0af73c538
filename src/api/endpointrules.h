// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpointurl.h"

/// What the hosts and paths of the known services mean. Used by recognise().
namespace diptych::rules {

/// Sets kind, name and default model, and turns baseUrl into the part to which routes are appended.
/// Errors: InvalidRequest for pages that are no API. `descriptors`: see recognise().
[[nodiscard]] Result<void> apply(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors);

} // namespace diptych::rules
