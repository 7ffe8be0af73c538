// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractScrollArea;
class QScrollBar;
class QToolButton;

namespace diptych {

/// Keeps a scroll area at its end while what it shows grows, until the reader scrolls up, be it by one pixel; a chip
/// leads back to the end. While the mouse is held down in the area nothing moves below it.
class FollowScroll : public QObject
{
    Q_OBJECT

public:
    explicit FollowScroll(QAbstractScrollArea &area);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following);
    /// After a change of layout: back to the end when following, and the chip to its place.
    void restore();
    /// Moves without taking it for the reader's will.
    void setValue(int value);
    /// While set, moves of the scroll bar are not the reader's.
    void setHeld(bool held) { m_isHeld = held; }

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void noteMove(int value);
    void noteRange(int minimum, int maximum);
    void showChip();

    QAbstractScrollArea &m_area;
    QScrollBar *m_bar;
    QToolButton *m_chip;
    bool m_isFollowing = true;
    bool m_isHeld = false;
    bool m_isPressed = false; ///< a selection may be under way
    int m_last = 0; ///< value of the bar before it moved
};

} // namespace diptych
