// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTextEdit;

namespace diptych {

class TranscriptDocument;

/// Finds text in a transcript, also in the older part that is not set in type yet.
class TranscriptFinder
{
public:
    TranscriptFinder(QTextEdit &view, TranscriptDocument &document)
        : m_view(view)
        , m_document(document)
    {
    }

    /// Selects the next match, wrapping around; false if there is none at all. `restart` begins at the end that the
    /// direction comes from.
    bool find(const QString &text, bool backwards, bool restart);
    /// Matches in what is set in type and in what is not.
    [[nodiscard]] int matchCount(const QString &text) const;
    void clear();
    /// Marks the matches again after the document has changed.
    void markMatches();

private:
    /// Sets in type what is needed to reach the nearest older block with a match (or all such blocks).
    bool buildMatches(bool all);
    bool select(bool backwards);

    QTextEdit &m_view;
    TranscriptDocument &m_document;
    QString m_text;
};

} // namespace diptych
