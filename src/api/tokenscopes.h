// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <vector>

namespace diptych {

/// A scope for which a Microsoft Entra token can be asked.
struct TokenScope {
    QString scope {};
    QString description {}; ///< for people: which endpoints take it
    bool operator==(const TokenScope &) const = default;
};

/// Source: Azure AI Inference SDKs, REST reference 2025-04-01, migration guide of 2026.
[[nodiscard]] std::vector<TokenScope> tokenScopePresets();
/// The scope that endpoints of this kind usually take; empty where tokens are of another make.
[[nodiscard]] QString defaultTokenScope(Endpoint::Kind kind);
/// Commands that print a token, the usual one first; {scope} stands for Endpoint::tokenScope.
[[nodiscard]] QStringList tokenCommandPresets();

} // namespace diptych
