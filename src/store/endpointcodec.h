// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <QJsonObject>

#include <optional>

namespace diptych {

/// The form in which an endpoint is kept in a file: without credential, proxy password and values of secret headers.
[[nodiscard]] QJsonObject encodeEndpoint(const Endpoint &endpoint);
/// Unknown keys are ignored, missing ones leave the default. Unset without an id or a URL.
[[nodiscard]] std::optional<Endpoint> decodeEndpoint(const QJsonObject &object);

} // namespace diptych
