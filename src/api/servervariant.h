// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "api/providerdescriptor.h"

namespace diptych {

/// Null when the descriptor has none of that name.
[[nodiscard]] const ServerVariant *findVariant(const ProviderDescriptor &descriptor, const QString &name);

/// What is certain without asking: the endpoint's own setting, else the variant that has its host; empty: neither.
[[nodiscard]] QString certainVariant(const ProviderDescriptor &descriptor, const Endpoint &endpoint);

/// Which of the descriptor's servers an endpoint is: what is certain, else what the model list says of its owner, else
/// the usual port, which tells something only on this machine or network. Empty: none of them, or unknown.
[[nodiscard]] QString variantOf(
    const ProviderDescriptor &descriptor, const Endpoint &endpoint, const std::vector<ModelDescription> &models);

} // namespace diptych
