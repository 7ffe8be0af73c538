// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "gateway/http/httpserverrequest.h"

namespace diptych {

/// The beginning of an exchange as the server saw it: the client's request without its secrets, now.
[[nodiscard]] Exchange receivedExchange(const HttpServerRequest &request);

} // namespace diptych
