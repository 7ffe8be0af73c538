// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "net/httpclient.h"

#include <optional>

namespace diptych {

constexpr int maxRedirects = 5;

/// The request that an answer redirects to; unset: it does not redirect. Stays on the origin, because the request
/// carries credentials; keeps the method, except where 303 asks for GET. What it does not follow is
/// Error::Kind::Network and says where the server wanted to go.
/// Source: RFC 9110 §15.4
[[nodiscard]] Result<std::optional<HttpRequest>> redirected(
    const HttpRequest &request, int status, const HeaderList &headers);

} // namespace diptych
