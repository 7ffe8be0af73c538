// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/readingplace.h"

#include "transcript/followscroll.h"

#include <QAbstractTextDocumentLayout>
#include <QScrollBar>
#include <QTextDocument>
#include <QTextEdit>

#include <algorithm>

namespace diptych {

ReadingPlace::ReadingPlace(QTextEdit &view, FollowScroll &follow)
    : m_view(view)
    , m_follow(follow)
{
    const int top = view.verticalScrollBar()->value();
    if (follow.isFollowing() || top == 0)
        return;
    const QPointF corner(view.document()->documentMargin(), top);
    const int position = view.document()->documentLayout()->hitTest(corner, Qt::FuzzyHit);
    m_line = QTextCursor(view.document());
    m_line.setPosition(std::max(0, position));
    m_offset = top - lineTop();
}

ReadingPlace::~ReadingPlace()
{
    if (!m_line.isNull())
        m_follow.setValue(lineTop() + m_offset);
}

int ReadingPlace::lineTop() const
{
    return m_view.cursorRect(m_line).top() + m_view.verticalScrollBar()->value();
}

} // namespace diptych
