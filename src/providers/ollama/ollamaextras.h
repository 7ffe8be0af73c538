// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"

#include <vector>

namespace diptych::ollama {

/// Parameters outside the common API that Ollama takes, for all of its routes together.
/// Source: Ollama docs/api.md and docs/modelfile.md (valid parameters and values).
[[nodiscard]] std::vector<KnownExtra> knownExtras();

/// Where an extra goes: "options.<key>" for parameters of the model, empty (the root) for everything else.
[[nodiscard]] QString placeOf(const QString &key);

} // namespace diptych::ollama
