// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpointurl.h"

/// What hosts, ports and paths of providers with an API of their own mean. Used by recognise().
namespace diptych::rules {

/// Makes an endpoint of the kind Native where the URL belongs to one of the descriptors: sets kind, native, auth, name
/// and default model and turns baseUrl into the part to which routes are appended. False: it does not, or it leads to
/// the OpenAI-compatible routes of such a provider.
[[nodiscard]] bool applyNative(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors);

/// Makes an endpoint of this format of any URL.
void applyAs(EndpointProposal &proposal, const ProviderDescriptor &descriptor);

/// For a URL that became an OpenAI-compatible endpoint although its server has an API of its own: says where that is.
/// Sets the variant where the host tells it.
void tellNative(EndpointProposal &proposal, std::span<const ProviderDescriptor> descriptors);

} // namespace diptych::rules
