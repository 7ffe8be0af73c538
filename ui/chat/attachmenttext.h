// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/attachment.h"

namespace diptych {

/// What an attachment is, for people: "picture, 640 × 480, 120 KB", "text of 12 pages, 2.1 MB".
[[nodiscard]] QString attachmentFacts(const Attachment &attachment);
/// The icon's name for themeIcon(), where there is no small picture.
[[nodiscard]] QString attachmentIcon(Attachment::Kind kind);

} // namespace diptych
