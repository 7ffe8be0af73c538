// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace diptych {

class Database;

/// The version that this program reads and writes, kept in the file's `user_version`.
inline constexpr int schemaVersion = 4;

/// Makes the tables of a new file, or brings an older file up to date after writing a backup beside it:
/// <file>.v<old>.bak. Errors: Storage (damaged, not ours, newer, full); the file is then as it was.
[[nodiscard]] Result<void> prepareSchema(Database &database);

/// The text of one turn that search looks at, as SQL over the tables `turns t` and `answers`.
[[nodiscard]] QString searchableText();

} // namespace diptych
