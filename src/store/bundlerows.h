// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

namespace diptych {

class Database;

// Whole sessions as rows of the database. Errors: Storage.
namespace rows {

/// The session with all its turns, recordings and votes.
[[nodiscard]] Result<SessionBundle> readBundle(const Database &database, const QString &sessionId);
[[nodiscard]] Result<bool> hasSession(const Database &database, const QString &sessionId);
/// Adds a session that is not there yet; turns and answers get ids of their own. Belongs into a transaction.
[[nodiscard]] Result<void> insertBundle(Database &database, const SessionBundle &bundle);

} // namespace rows

} // namespace diptych
