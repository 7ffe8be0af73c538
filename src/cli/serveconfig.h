// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/price.h"
#include "core/result.h"
#include "store/gatewayconfig.h"

#include <vector>

namespace diptych {

/// What `serve --config` reads, in one JSON object: the members of a GatewayConfig, and besides
///
///     {"keyEnv": "DIPTYCH_KEY", "recordings": "folder",
///      "endpoints": [{"id": "mine", "url": "https://…", "kind": "openai", "keyEnv": "OPENAI_API_KEY",
///                     "tokenCommand": "…", "apiVersion": "…", "headers": {"name": "value"}, "adaptation": "strict",
///                     "retries": 0, "timeout": 30}],
///      "prices": [{"model": "gpt-*", "input": 2.5, "output": 10, "currency": "USD"}]}
///
/// Keys are never in the file: it names the environment variables that hold them. Relative folders begin at the file's.
struct ServeConfig {
    GatewayConfig gateway {};
    std::vector<Endpoint> endpoints {}; ///< with their keys
    std::vector<Price> prices {};
    Secret key {}; ///< of the gateway; empty: none was named
    QString recordings {}; ///< folder; empty: beside the file
};

/// Errors: Storage (the file can not be read), InvalidRequest (what is wrong with it, with the path).
[[nodiscard]] Result<ServeConfig> readServeConfig(const QString &path);

} // namespace diptych
