// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fuzzyscore.h"

#include <QStringList>

#include <algorithm>

namespace diptych {

namespace {

int wordScore(QStringView word, QStringView candidate)
{
    int total = 0;
    qsizetype from = 0;
    qsizetype previous = -2;
    for (const QChar letter : word) {
        const qsizetype found = candidate.indexOf(letter, from, Qt::CaseInsensitive);
        if (found < 0)
            return 0;
        const bool startsWord = found == 0 || !candidate[found - 1].isLetterOrNumber();
        total += 1 + (found == previous + 1 ? 4 : 0) + (startsWord ? 3 : 0);
        previous = found;
        from = found + 1;
    }
    return total;
}

/// The word as it stands, at the start of a word if it is anywhere: better than its letters further left.
int runScore(QStringView word, QStringView candidate)
{
    int best = 0;
    for (qsizetype at = candidate.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = candidate.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const bool startsWord = at == 0 || !candidate[at - 1].isLetterOrNumber();
        best = std::max(best, int(word.size()) * 5 - 4 + (startsWord ? 3 : 0));
    }
    return best;
}

} // namespace

int fuzzyScore(const QString &search, const QString &candidate)
{
    int total = 1;
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const int points = std::max(wordScore(word, candidate), runScore(word, candidate));
        if (points == 0)
            return 0;
        total += points;
    }
    return total;
}

} // namespace diptych
