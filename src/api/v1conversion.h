// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpointurl.h"

namespace diptych {

/// An Azure endpoint as an OpenAI v1 endpoint, and what that costs.
struct V1Conversion {
    EndpointProposal proposal {}; ///< id is empty; credential, extras, headers, connection are those of the original
    QStringList losses {}; ///< one sentence for each thing that v1 does not have; may be empty
    bool operator==(const V1Conversion &) const = default;
};

/// Rewrites URL and kind, drops the api-version, keeps extras, chooses the way the key travels.
/// Errors: InvalidRequest for what is v1 already, Unsupported for kinds that have no v1 routes; both say why.
/// Source: Microsoft's guide from the Azure AI Inference SDK to the OpenAI SDK.
[[nodiscard]] Result<V1Conversion> convertToV1(const Endpoint &endpoint);

} // namespace diptych
