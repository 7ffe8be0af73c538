// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextCursor>

class QTextEdit;

namespace diptych {

class FollowScroll;

/// Keeps the line at the top of the view where it is while this exists and the text above it or its width changes. Does
/// nothing while the view follows its end.
class ReadingPlace
{
public:
    ReadingPlace(QTextEdit &view, FollowScroll &follow);
    ~ReadingPlace();
    ReadingPlace(const ReadingPlace &) = delete;
    ReadingPlace &operator=(const ReadingPlace &) = delete;

private:
    [[nodiscard]] int lineTop() const; ///< in pixels of the document

    QTextEdit &m_view;
    FollowScroll &m_follow;
    QTextCursor m_line; ///< null when nothing is kept
    int m_offset = 0; ///< pixels of the line that are above the view
};

} // namespace diptych
