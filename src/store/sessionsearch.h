// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <vector>

namespace diptych {

class Database;

/// A turn, or the title of a session, in which all words of a search were found.
struct SessionMatch {
    // Around each word that was found, in `snippet`.
    static constexpr char16_t markBegin = 2;
    static constexpr char16_t markEnd = 3;

    QString sessionId {};
    QString title {}; ///< of the session
    QString folder {};
    qint64 turnId = 0; ///< 0: the title matches
    QString snippet {}; ///< one line, with marks; empty for a title
    bool operator==(const SessionMatch &) const = default;
};

namespace rows {

/// Sessions whose titles contain all words, then turns that do, each newest first; what is in the trash is left out.
/// The last word may be the beginning of one. At most `limit` of each. Errors: Storage.
[[nodiscard]] Result<std::vector<SessionMatch>> search(const Database &database, const QString &text, int limit);

} // namespace rows

} // namespace diptych
