// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych {

class Database;

// Sessions and their panes as rows of the database. Writers belong into a transaction. Errors: Storage.
namespace rows {

/// Of one session, or of all when the id is empty; newest first.
[[nodiscard]] Result<std::vector<SessionSummary>> readSummaries(const Database &database, const QString &sessionId);
/// The newest ones that are not in the trash, or all that are; newest first.
[[nodiscard]] Result<std::vector<SessionSummary>> readRecent(const Database &database, int limit);
[[nodiscard]] Result<std::vector<SessionSummary>> readTrash(const Database &database);
/// Without turns.
[[nodiscard]] Result<Session> readSession(const Database &database, const QString &sessionId);

[[nodiscard]] Result<void> writeSession(Database &database, const Session &session);
/// Sets the time of the session's last change to now.
[[nodiscard]] Result<void> touch(Database &database, const QString &sessionId);

} // namespace rows

} // namespace diptych
