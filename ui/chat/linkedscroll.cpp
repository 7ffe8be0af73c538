// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/linkedscroll.h"

#include "transcript/transcriptformats.h"
#include "transcript/transcriptview.h"

#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

/// How far the view would scroll by itself.
int ownFarthest(const TranscriptView &view)
{
    const qreal height = view.document()->size().height();
    return std::max(0, static_cast<int>(std::ceil(height)) - view.viewport()->height());
}

} // namespace

LinkedScroll::LinkedScroll(QObject *parent)
    : QObject(parent)
{
}

void LinkedScroll::setTurnCount(int count)
{
    m_turnCount = count;
    takeRange();
}

void LinkedScroll::setViews(std::vector<TranscriptView *> views)
{
    release();
    if (views.size() < 2)
        return;
    for (TranscriptView *view : views) {
        m_views.push_back({view, ownFarthest(*view)});
        connect(view->verticalScrollBar(), &QScrollBar::rangeChanged, this, &LinkedScroll::takeRange);
        connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this, view](int value) { takeValue(view, value); });
        connect(view, &QObject::destroyed, this, [this](const QObject *gone) {
            std::erase_if(
                m_views, [gone](const Linked &linked) { return static_cast<QObject *>(linked.view) == gone; });
        });
    }
    takeRange();
}

void LinkedScroll::release()
{
    const std::vector<Linked> linked = std::exchange(m_views, {});
    for (const Linked &each : linked) {
        disconnect(each.view->verticalScrollBar(), nullptr, this, nullptr);
        disconnect(each.view, nullptr, this, nullptr);
        each.view->verticalScrollBar()->setMaximum(ownFarthest(*each.view));
    }
}

void LinkedScroll::takeRange()
{
    if (m_isMoving || m_views.empty())
        return;
    const QScopedValueRollback<bool> moving(m_isMoving, true);
    int common = 0;
    for (const Linked &linked : m_views)
        common = std::max(common, ownFarthest(*linked.view));
    int reading = -1; // where those stand that the reader scrolled up
    for (Linked &linked : m_views) {
        if (!linked.view->isFollowing())
            reading = std::max(reading, linked.view->verticalScrollBar()->value());
        const qreal top = linked.view->turnTop(m_turnCount - 1);
        const int lastTurn = std::max(0, static_cast<int>(top - TranscriptFormats::margin));
        linked.farthest = std::max(ownFarthest(*linked.view), std::min(common, lastTurn));
        linked.view->verticalScrollBar()->setMaximum(linked.farthest); // a view that follows its end goes along
    }
    for (const Linked &linked : m_views) {
        if (!linked.view->isFollowing())
            linked.view->verticalScrollBar()->setValue(reading);
    }
}

void LinkedScroll::takeValue(const TranscriptView *moved, int value)
{
    const auto self =
        std::find_if(m_views.begin(), m_views.end(), [moved](const Linked &linked) { return linked.view == moved; });
    // While a layout is under way a bar has its own, shorter range for a moment; that is nobody's will.
    if (m_isMoving || self == m_views.end() || moved->verticalScrollBar()->maximum() != self->farthest)
        return;
    const QScopedValueRollback<bool> moving(m_isMoving, true);
    for (const Linked &linked : m_views) {
        if (linked.view != moved)
            linked.view->verticalScrollBar()->setValue(value);
    }
}

} // namespace diptych
