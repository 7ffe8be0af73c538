// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <QJsonObject>

#include <optional>

namespace diptych {

/// The form in which an endpoint is kept in a file: without credential, proxy password, user name in the URL, and
/// values of secret headers and of key-like query items.
[[nodiscard]] QJsonObject encodeEndpoint(const Endpoint &endpoint);
/// Unknown keys are ignored, missing ones leave the default. Unset without an id or a URL.
[[nodiscard]] std::optional<Endpoint> decodeEndpoint(const QJsonObject &object);

/// Gives every item of that name another value and leaves the rest of the query as it was written.
void setQueryValue(QUrl &url, const QString &name, const QString &value);

} // namespace diptych
