// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "core/result.h"

#include <QStringList>

#include <vector>

namespace diptych {

/// Endpoints as a file that can be given to others: JSON without any secret. Left out are credentials, the proxy's
/// password, values of secret headers and of key-like query items, user names in URLs, and the built-in endpoint.
[[nodiscard]] QByteArray exportEndpoints(const std::vector<Endpoint> &endpoints);

/// An endpoint out of such a file.
struct ImportedEndpoint {
    Endpoint endpoint {}; ///< with a new id, without secrets, with an empty tokenCommand
    /// The token command that the file had for it: a program that would run on this machine. Put it into the endpoint
    /// only after somebody has read it and agreed.
    QString withheldTokenCommand {};
    QStringList notes {}; ///< sentences: which secrets have to be typed, which command was left out
    bool operator==(const ImportedEndpoint &) const = default;
};

struct EndpointImport {
    std::vector<ImportedEndpoint> endpoints {};
    QStringList problems {}; ///< one sentence for each entry that could not be read, counted from 1
    bool operator==(const EndpointImport &) const = default;
};

/// Reads what exportEndpoints() wrote; unknown keys are ignored, bad entries become problems. Nothing is overwritten:
/// every endpoint gets a new id. Errors: Storage (not such a file, or of a newer format).
[[nodiscard]] Result<EndpointImport> importEndpoints(const QByteArray &json);

} // namespace diptych
