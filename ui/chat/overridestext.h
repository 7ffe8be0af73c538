// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"

namespace diptych {

/// What a pane sets itself, in a few words; empty: nothing.
[[nodiscard]] QString overridesText(const RequestSettings &overrides);

} // namespace diptych
