// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/answerjournal.h"

#include "store/database.h"
#include "store/turnrows.h"

namespace diptych {

void AnswerJournal::append(qint64 answerId, const QString &text, const QString &reasoning)
{
    Pending &pending = m_pending[answerId];
    pending.text += text;
    pending.reasoning += reasoning;
}

void AnswerJournal::keep(const Answer &answer)
{
    m_pending.erase(answer.id);
    m_unsaved[answer.id] = answer;
}

void AnswerJournal::forget(qint64 answerId)
{
    m_pending.erase(answerId);
    m_unsaved.erase(answerId);
}

Result<void> AnswerJournal::flush(Database &database)
{
    if (isEmpty())
        return {};
    const Result<void> written = database.transaction([this, &database]() -> Result<void> {
        for (const auto &[answerId, pending] : m_pending) {
            // An answer whose session was removed meanwhile, here or in another window, has nothing to be added to.
            const auto added = database.run(
                QStringLiteral(
                    "INSERT INTO journal(answer_id, text, reasoning) SELECT id, ?, ? FROM answers WHERE id = ?"),
                {pending.text, pending.reasoning, answerId});
            if (!added)
                return Failure(added.error());
        }
        for (const auto &[answerId, answer] : m_unsaved) {
            if (auto saved = rows::finishAnswer(database, answer); !saved)
                return saved;
        }
        return {};
    });
    if (written)
        forgetAll();
    return written;
}

void AnswerJournal::completeFromMemory(std::vector<Turn> &turns) const
{
    if (isEmpty())
        return;
    for (Turn &turn : turns) {
        for (Answer &answer : turn.answers) {
            if (const auto unsaved = m_unsaved.find(answer.id); unsaved != m_unsaved.end())
                answer = unsaved->second;
            else if (const auto pending = m_pending.find(answer.id); pending != m_pending.end())
                appendText(answer.message, pending->second.text, pending->second.reasoning);
        }
    }
}

} // namespace diptych
