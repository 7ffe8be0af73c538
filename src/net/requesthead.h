// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "net/httpclient.h"
#include "net/httptarget.h"

namespace diptych {

/// What is wrong with a request before it is sent (Error::Kind::InvalidRequest): scheme, host, port, or a line break
/// where a header could be smuggled in. Unset: nothing.
[[nodiscard]] std::optional<Error> checkRequest(const HttpRequest &request);

/// All header lines as they will be sent, with those that the transport adds.
[[nodiscard]] HeaderList completeHeaders(const HttpRequest &request, const HttpTarget &target);
/// Request line and header lines.
[[nodiscard]] QByteArray encodeHead(const HttpRequest &request, const HttpTarget &target, const HeaderList &headers);

} // namespace diptych
