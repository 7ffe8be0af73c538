// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace diptych {

/// A picture made small enough for a box, upright, never enlarged; null when it is damaged or nobody here can draw it.
/// May be called from any thread. Pictures that would take more memory than Qt's limit (128 MB) are not unpacked.
[[nodiscard]] QImage thumbnailOf(const QByteArray &picture, const QSize &box);

} // namespace diptych
