// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/palette/paletteaxes.h"

#include <QString>

namespace diptych {

/// A text on the axes of pictures.
struct DescribedPicture {
    palette::Vector vector {}; ///< unit length; the neutral vector when nothing was understood
    int understood = 0; ///< words for colours, brightness, texture or places
    int words = 0;
};

/// Reads words for colours ("dark blue"), for things that have one ("grass"), for brightness, contrast, edges and
/// places ("red on top"); other words are passed over.
[[nodiscard]] DescribedPicture describedPicture(const QString &text);

} // namespace diptych
