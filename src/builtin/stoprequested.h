// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace diptych {

/// Tells work on another thread that nobody waits for it any more.
using StopRequested = std::function<bool()>;

} // namespace diptych
