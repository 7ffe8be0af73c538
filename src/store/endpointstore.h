// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "store/jsonfile.h"

#include <vector>

namespace diptych {

/// The user's endpoints in a JSON file, in the order in which they were added. Secrets are never written there; they
/// belong into a SecretStore, see secretsOf(). Endpoints of the kind BuiltIn are made anew by every run and ignored.
class EndpointStore
{
public:
    explicit EndpointStore(const QString &path);

    /// Errors: Storage. A damaged file is moved aside, so that the next call succeeds with no endpoints.
    [[nodiscard]] Result<std::vector<Endpoint>> load() const;
    /// Adds the endpoint or replaces the one of the same id. Errors: Storage.
    [[nodiscard]] Result<void> save(const Endpoint &endpoint) const;
    /// No error when there is none. Errors: Storage.
    [[nodiscard]] Result<void> remove(const QString &endpointId) const;

private:
    JsonFile m_file;
};

/// A secret of an endpoint and the key under which a SecretStore keeps it.
struct NamedSecret {
    QString key {};
    Secret secret {};
    bool operator==(const NamedSecret &) const = default;
};

/// The credential, the proxy's password and the values of secret headers and query items; empty ones too, so that they
/// can be removed or looked up: a stored endpoint knows which secrets it has, not what they are.
[[nodiscard]] std::vector<NamedSecret> secretsOf(const Endpoint &endpoint);
/// Puts a secret back where secretsOf() found it; ignores keys of other endpoints.
void setSecret(Endpoint &endpoint, const QString &key, const Secret &secret);

} // namespace diptych
