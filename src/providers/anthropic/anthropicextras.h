// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"

namespace diptych::anthropic {

/// Parameters of the Messages API outside the common one. Source: Anthropic API reference, POST /v1/messages.
[[nodiscard]] std::vector<KnownExtra> knownExtras();

} // namespace diptych::anthropic
