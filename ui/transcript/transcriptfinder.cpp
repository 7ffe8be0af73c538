// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptfinder.h"

#include "theme/theme.h"
#include "transcript/transcriptdocument.h"

#include <QTextEdit>

namespace diptych {

namespace {

constexpr int mostMarks = 500; ///< marked matches; every mark costs a little at each edit

QTextDocument::FindFlags direction(bool backwards)
{
    return backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
}

} // namespace

bool TranscriptFinder::find(const QString &text, bool backwards, bool restart)
{
    m_document.flush();
    m_text = text;
    if (text.isEmpty()) {
        clear();
        return false;
    }
    if (restart) {
        QTextCursor start = m_view.textCursor();
        start.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        m_view.setTextCursor(start);
    }
    // Forwards from the start means: from the oldest message.
    if (restart && !backwards && buildMatches(true)) {
        QTextCursor start = m_view.textCursor();
        start.movePosition(QTextCursor::Start);
        m_view.setTextCursor(start);
    }
    const bool found = select(backwards);
    markMatches();
    return found;
}

bool TranscriptFinder::select(bool backwards)
{
    QTextDocument *document = m_view.document();
    QTextCursor match = document->find(m_text, m_view.textCursor(), direction(backwards));
    while (match.isNull() && backwards && buildMatches(false))
        match = document->find(m_text, m_view.textCursor(), direction(true));
    if (match.isNull()) {
        (void)buildMatches(true);
        QTextCursor start(document);
        start.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        match = document->find(m_text, start, direction(backwards));
    }
    if (match.isNull())
        return false;
    m_view.setTextCursor(match);
    return true;
}

bool TranscriptFinder::buildMatches(bool all)
{
    const size_t count = m_document.olderCount();
    for (size_t step = 0; step < count; ++step) {
        const size_t index = all ? step : count - 1 - step;
        if (!m_document.olderBlock(index).markdown.contains(m_text, Qt::CaseInsensitive))
            continue;
        m_document.buildOlder(count - index);
        return true;
    }
    return false;
}

int TranscriptFinder::matchCount(const QString &text) const
{
    if (text.isEmpty())
        return 0;
    m_document.flush();
    qsizetype count = 0;
    for (QTextCursor at = m_view.document()->find(text, 0); !at.isNull(); at = m_view.document()->find(text, at))
        ++count;
    for (size_t i = 0; i < m_document.olderCount(); ++i)
        count += m_document.olderBlock(i).markdown.count(text, Qt::CaseInsensitive);
    return int(count);
}

void TranscriptFinder::clear()
{
    m_text.clear();
    m_view.setExtraSelections({});
}

void TranscriptFinder::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    QTextDocument *document = m_view.document();
    QTextCursor at = m_text.isEmpty() ? QTextCursor() : document->find(m_text, 0);
    for (; !at.isNull() && marks.size() < mostMarks; at = document->find(m_text, at)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = at;
        mark.format.setBackground(themeColor(ThemeColor::Warning, m_view.palette()));
        mark.format.setForeground(m_view.palette().color(QPalette::Base));
        marks.append(mark);
    }
    m_view.setExtraSelections(marks);
}

} // namespace diptych
