// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

namespace diptych {

/// A new access key for a server that we run: `byteCount` bytes (a multiple of 4) of the system's randomness, in
/// lower-case hex.
[[nodiscard]] Secret randomKey(int byteCount);

} // namespace diptych
