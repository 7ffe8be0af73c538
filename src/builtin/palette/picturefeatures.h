// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/palette/paletteaxes.h"
#include "builtin/palette/picture.h"

namespace diptych {

/// What is measured of a picture, at unit length.
[[nodiscard]] palette::Vector featuresOf(const Picture &picture);

} // namespace diptych
