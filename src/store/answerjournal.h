// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <map>
#include <vector>

namespace diptych {

class Database;

/// What has to be written but is not yet: text of answers that stream, and final answers that could not be saved.
/// Writing costs in proportion to the new text only; it is kept until the write has succeeded.
class AnswerJournal
{
public:
    void append(qint64 answerId, const QString &text, const QString &reasoning);
    void keep(const Answer &answer); ///< a final state to be written with the next flush
    void forget(qint64 answerId); ///< its final state is in the database
    void forgetAll() { m_pending.clear(), m_unsaved.clear(); }

    [[nodiscard]] bool isEmpty() const { return m_pending.empty() && m_unsaved.empty(); }
    /// Writes everything in one transaction. Errors: Storage; nothing is forgotten then.
    [[nodiscard]] Result<void> flush(Database &database);
    /// Shows in `turns` what has not been written yet.
    void completeFromMemory(std::vector<Turn> &turns) const;

private:
    struct Pending {
        QString text {};
        QString reasoning {};
    };
    std::map<qint64, Pending> m_pending;
    std::map<qint64, Answer> m_unsaved;
};

} // namespace diptych
