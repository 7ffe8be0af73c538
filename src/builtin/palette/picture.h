// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <vector>

namespace diptych {

/// A decoded picture, small enough to be measured: at most 256 pixels a side, transparency laid on white.
struct Picture {
    int width = 0; ///< pixels
    int height = 0; ///< pixels
    std::vector<float> pixels {}; ///< red, green, blue per pixel, row by row, 0–1
    bool operator==(const Picture &) const = default;
};

inline constexpr qsizetype mostPictureBytes = 32 * 1024 * 1024; ///< encoded
inline constexpr qint64 mostPicturePixels = 40'000'000;

/// Reads a PNG, JPEG, WebP or GIF (first frame), whatever its name says. The size is checked before anything is
/// decoded. Errors: InvalidRequest without a parameter (unknown format, damaged, too large).
[[nodiscard]] Result<Picture> decodePicture(const QByteArray &bytes);

/// The bytes of a data URL, or of bare Base64. Errors: InvalidRequest without a parameter.
[[nodiscard]] Result<QByteArray> pictureBytes(const QString &url);

} // namespace diptych
