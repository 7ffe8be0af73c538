// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace diptych {

/// Writes a page of HTML as an A4 PDF. May be called on any thread. Nothing is loaded from anywhere but data: addresses
/// in the page. Errors: Storage.
[[nodiscard]] Result<void> writePdf(const QString &html, const QString &file);

} // namespace diptych
