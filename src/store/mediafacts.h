// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>

#include <chrono>
#include <optional>

namespace diptych {

/// What a file is by its first bytes, whatever it is called.
enum class FileKind { Unknown, Png, Jpeg, Gif, Webp, Wav, Mp3, Pdf };

[[nodiscard]] FileKind fileKindOf(const QByteArray &bytes);
[[nodiscard]] bool isPicture(FileKind kind);
[[nodiscard]] bool isSound(FileKind kind);
/// "image/png", "audio/wav", "application/pdf"; empty for Unknown.
[[nodiscard]] QString mediaType(FileKind kind);

/// Width and height in pixels, read from the header only: nothing is unpacked, so a picture that would fill the memory
/// does no harm. Unset when the header is damaged or the bytes are no picture.
/// Source: PNG 1.2 §11.2.2; ITU T.81 annex B; GIF89a §18; RFC 9649 (WebP) §2.
[[nodiscard]] std::optional<QSize> pictureSize(const QByteArray &bytes);

/// How long a sound lasts; of MP3 by the bit rate of its first frame. Unset when that is not to be known.
/// Source: RIFF WAVE, chunks `fmt ` and `data`; ISO 11172-3 §2.4.2.3.
[[nodiscard]] std::optional<std::chrono::milliseconds> soundLength(const QByteArray &bytes);

} // namespace diptych
