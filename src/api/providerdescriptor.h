// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/knownextra.h"

#include <span>

namespace diptych {

/// A server program or service among those that speak one wire format, with parameters of its own.
struct ServerVariant {
    QString name {}; ///< "llamacpp", "vllm", "lmstudio", "mistral"; what Endpoint::variant holds
    QString displayName {};
    QStringList hosts {}; ///< exact host names; may be empty
    int localPort = 0; ///< where it listens on a person's own machine; 0: nowhere in particular
    QStringList ownedBy {}; ///< what its model list says in `owned_by`
    std::vector<KnownExtra> extras {};
    bool operator==(const ServerVariant &) const = default;
};

/// What is known of a wire format before anything is asked: enough to recognise its servers, to offer it and to fill a
/// new endpoint. Each folder of providers/ has one; adding a provider adds a descriptor and changes nothing else.
struct ProviderDescriptor {
    QString name {}; ///< "ollama"; what Endpoint::provider() gives
    QString displayName {}; ///< "Ollama"
    /// Members for endpoints of Endpoint::Kind::Native; empty for formats that the other kinds cover.
    QString baseUrl {}; ///< of the public service, or of the local server
    QStringList hosts {}; ///< exact host names of the service
    int localPort = 0; ///< where the server listens on a person's own machine; 0: none
    QStringList
        paths {}; ///< ends of pasted paths that are routes of this format, e.g. "/v1/messages"; the longest wins
    /// Of formats that name the model in the path: a regular expression for such an end of a pasted path, whose first
    /// group is the model and whose second, when it took part, the call.
    QString modelPathPattern {};
    QStringList compatiblePaths {}; ///< prefixes of paths on its hosts that speak OpenAI v1 instead
    Endpoint::Auth auth = Endpoint::Auth::Bearer;
    QByteArray keyHeader {"api-key"}; ///< the header of Endpoint::Auth::ApiKey
    QStringList keyVariables {}; ///< environment variables that hold a key, the usual one first
    QStringList urlVariables {}; ///< environment variables that hold the base URL
    std::vector<KnownExtra> extras {};
    std::vector<ServerVariant> variants {};
    bool operator==(const ProviderDescriptor &) const = default;
};

/// Null when there is none of that name.
[[nodiscard]] const ProviderDescriptor *findDescriptor(
    std::span<const ProviderDescriptor> descriptors, const QString &provider);

/// A new endpoint of the kind Native with the descriptor's URL and way of sending the key; without id.
[[nodiscard]] Endpoint nativeEndpoint(const ProviderDescriptor &descriptor);

} // namespace diptych
