// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

namespace diptych {

/// What stands where a secret was.
inline constexpr auto redacted = "***";

/// An exchange that may leave the program: values of secret headers are ***, the URL has no user, no password and no
/// key among its parameters. The transport keeps secrets out already; files are not left to depend on that.
[[nodiscard]] HeaderList withoutSecrets(const HeaderList &headers);
[[nodiscard]] QUrl withoutSecrets(const QUrl &url);

} // namespace diptych
