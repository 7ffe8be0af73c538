// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionsearch.h"

#include "store/database.h"

#include <QSqlQuery>

namespace diptych {

namespace {

/// Each word quoted, so that nothing in it is an operator. The last one may be the beginning of a word, but for a
/// single Latin letter: that begins a twentieth of all words, and finding them takes long.
QString matchExpression(const QStringList &words)
{
    QStringList quoted;
    for (QString word : words)
        quoted.append(QStringLiteral("\"%1\"").arg(word.replace(u'"', QStringLiteral("\"\""))));
    const bool isBeginning = words.back().size() > 1 || words.back().front().unicode() > 127;
    return quoted.join(u' ') + (isBeginning ? QStringLiteral("*") : QString());
}

QString likePattern(QString word)
{
    word.replace(u'\\', QStringLiteral("\\\\"));
    word.replace(u'%', QStringLiteral("\\%"));
    word.replace(u'_', QStringLiteral("\\_"));
    return u'%' + word + u'%';
}

Result<void> searchTitles(
    const Database &database, const QStringList &words, int limit, std::vector<SessionMatch> &matches)
{
    QString condition = QStringLiteral("trashed_at IS NULL");
    QVariantList values;
    for (const QString &word : words) {
        condition += QStringLiteral(" AND title LIKE ? ESCAPE '\\'");
        values.append(likePattern(word));
    }
    values.append(limit);
    return database.each(
        QStringLiteral("SELECT id, title, folder FROM sessions WHERE %1 ORDER BY updated_at DESC LIMIT ?")
            .arg(condition),
        values, [&matches](const QSqlQuery &row) {
            matches.push_back({.sessionId = row.value(0).toString(),
                .title = row.value(1).toString(),
                .folder = row.value(2).toString()});
        });
}

Result<void> searchTurns(
    const Database &database, const QStringList &words, int limit, std::vector<SessionMatch> &matches)
{
    // The table of words comes first and is read backwards by its row ids, which are those of the turns: so only as
    // many turns are looked at as are shown, however common the words are.
    return database.each(
        QStringLiteral("SELECT s.id, s.title, s.folder, t.id, snippet(turn_search, 0, char(2), char(3), '…', 16) "
                       "FROM turn_search CROSS JOIN turns t ON t.id = turn_search.rowid "
                       "CROSS JOIN sessions s ON s.id = t.session_id "
                       "WHERE turn_search MATCH ? AND s.trashed_at IS NULL ORDER BY turn_search.rowid DESC LIMIT ?"),
        {matchExpression(words), limit}, [&matches](const QSqlQuery &row) {
            matches.push_back({.sessionId = row.value(0).toString(),
                .title = row.value(1).toString(),
                .folder = row.value(2).toString(),
                .turnId = row.value(3).toLongLong(),
                .snippet = row.value(4).toString().simplified()});
        });
}

} // namespace

namespace rows {

Result<std::vector<SessionMatch>> search(const Database &database, const QString &text, int limit)
{
    std::vector<SessionMatch> matches;
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return matches;
    Result<void> found = searchTitles(database, words, limit, matches);
    if (found)
        found = searchTurns(database, words, limit, matches);
    return found.map([&matches] { return std::move(matches); });
}

} // namespace rows

} // namespace diptych
