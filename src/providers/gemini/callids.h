// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych::gemini {

/// The id of a function call that came without one: results are matched by it on our side and it is never sent.
[[nodiscard]] QString makeCallId(const QString &responseId, int choice, int position);
/// False for ids made here and for empty ones.
[[nodiscard]] bool isServersId(const QString &id);

} // namespace diptych::gemini
