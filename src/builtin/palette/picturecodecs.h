// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace diptych {

/// Decoded pixels at full size.
struct RawPicture {
    qint64 width = 0;
    qint64 height = 0;
    std::vector<uchar> rgba {}; ///< four bytes a pixel, row by row, not premultiplied
};

/// Asked with the size from the header before memory is taken; false stops the decoder.
using SizeCheck = bool (*)(qint64 width, qint64 height);

// Each is unset when the bytes are damaged, cut short, or too large for `fits`.
[[nodiscard]] std::optional<RawPicture> decodePng(const QByteArray &bytes, SizeCheck fits);
[[nodiscard]] std::optional<RawPicture> decodeJpeg(const QByteArray &bytes, SizeCheck fits);
[[nodiscard]] std::optional<RawPicture> decodeWebp(const QByteArray &bytes, SizeCheck fits);
[[nodiscard]] std::optional<RawPicture> decodeGif(const QByteArray &bytes, SizeCheck fits); ///< the first frame

} // namespace diptych
