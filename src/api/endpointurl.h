// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"
#include "core/result.h"

#include <QStringList>

namespace diptych {

/// What a pasted text stands for, to be shown before it is used.
struct EndpointProposal {
    Endpoint endpoint {}; ///< kind, baseUrl, auth, apiVersion, defaultModel, name; id is empty
    QStringList changes {}; ///< one sentence for each difference from what was pasted, and why
    bool operator==(const EndpointProposal &) const = default;
};

/// Reads anything that a person may paste as "the URL": base URLs, full routes, portal addresses, host:port, a line of
/// an environment file, a curl command with its key. Never guesses silently.
/// Errors: InvalidRequest with parameter "url"; the message says what to paste instead.
/// Source: Azure AI Foundry's endpoint kinds, the Azure OpenAI v1 routes, and the usual ports of local servers.
/// `descriptors`: the wire formats that have an API of their own and so become endpoints of the kind Native.
[[nodiscard]] Result<EndpointProposal> recognise(
    const QString &pasted, std::span<const ProviderDescriptor> descriptors = {});

/// The same for an address of which somebody says that it speaks this provider's own API, whatever it looks like.
[[nodiscard]] Result<EndpointProposal> recogniseAs(const QString &pasted, const ProviderDescriptor &native);

/// The api-version that an endpoint of this kind is asked with unless another is chosen; empty: none is sent.
[[nodiscard]] QString defaultApiVersion(Endpoint::Kind kind);
/// How the key of an endpoint of this kind travels unless something else is chosen.
[[nodiscard]] Endpoint::Auth defaultAuth(Endpoint::Kind kind);

/// This machine, a private network, or a name without dots: places that are reached without encryption.
[[nodiscard]] bool isNearbyHost(const QString &host);

/// A server program that people run on their own machine, and the port on which it listens if not told otherwise.
struct KnownLocalServer {
    QString name {};
    int port = 0;
};
[[nodiscard]] std::vector<KnownLocalServer> knownLocalServers();

} // namespace diptych
