// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"

class QComboBox;

namespace diptych {

/// The kinds of endpoint that a person can choose: OpenAI v1, the providers' own formats, and those of Azure.
void fillKinds(QComboBox &box, std::span<const ProviderDescriptor> descriptors);
void chooseKind(QComboBox &box, const Endpoint &endpoint);
/// Sets kind and `native`.
void takeChosenKind(const QComboBox &box, Endpoint &endpoint);
/// For people: "Azure AI Foundry", "Ollama".
[[nodiscard]] QString kindTitle(const Endpoint &endpoint, std::span<const ProviderDescriptor> descriptors);

/// The servers among those that speak a format, and "found out by itself". Empty when it has no variants.
void fillVariants(QComboBox &box, const ProviderDescriptor *descriptor);

/// A chosen kind brings its own defaults: auth, api-version, and where `base` is that of the kind before, the base
/// path. An endpoint without URL gets that of the service.
[[nodiscard]] Endpoint withDefaultsOfKind(
    Endpoint endpoint, const Endpoint &before, bool hasAddedPath, std::span<const ProviderDescriptor> descriptors);

} // namespace diptych
