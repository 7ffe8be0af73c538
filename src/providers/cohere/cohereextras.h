// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"

namespace diptych::cohere {

/// Parameters of Cohere's chat and embed routes outside the common API. Source: Cohere API reference, v2.
[[nodiscard]] std::vector<KnownExtra> knownExtras();

} // namespace diptych::cohere
