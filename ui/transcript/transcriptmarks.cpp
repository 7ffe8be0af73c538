// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptmarks.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QAbstractTextDocumentLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

namespace diptych {

namespace {

using Kind = TranscriptMark::Kind;

// From here on a token is marked by more than its colour: one half, and one tenth, as strengths of surprise.
constexpr float uncertain = 0.15F;
constexpr float surprising = 0.5F;

QColor withAlpha(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

void underline(QPainter &painter, const QRectF &rect, const QColor &color, Qt::PenStyle style, qreal width = 1.5)
{
    painter.setPen(QPen(color, width, style, Qt::FlatCap));
    const qreal y = std::round(rect.bottom()) - 0.5;
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
}

} // namespace

TranscriptMarks::TranscriptMarks(TranscriptView &view, TranscriptDocument &document)
    : QObject(&view)
    , m_view(view)
    , m_document(document)
{
    view.viewport()->installEventFilter(this);
}

void TranscriptMarks::setMode(SourceMode mode)
{
    clear();
    if (m_document.sourceMode() == mode)
        return;
    m_document.setSourceMode(mode);
    Q_EMIT modeChanged();
}

SourceMode TranscriptMarks::mode() const
{
    return m_document.sourceMode();
}

void TranscriptMarks::setAppendix(std::function<QString(int)> appendix)
{
    m_document.setAppendix(std::move(appendix));
}

void TranscriptMarks::setMarks(int turn, std::vector<TranscriptMark> marks)
{
    std::vector<TranscriptMark> &known = m_marks[turn];
    if (known == marks)
        return;
    known = std::move(marks);
    m_view.viewport()->update();
}

void TranscriptMarks::clear()
{
    m_marks.clear();
    m_pointed = {};
    clearPlace();
    m_view.viewport()->update();
}

void TranscriptMarks::showPlace(int turn, qsizetype start, qsizetype length)
{
    m_view.flush();
    m_document.buildTurn(turn);
    const SourceMap *map = m_document.sourceOf(turn);
    if (!map || map->position(start) < 0)
        return;
    m_place = {turn, start};
    m_placeLength = length;
    const int position = map->position(start);
    const QRectF block = m_view.document()->documentLayout()->blockBoundingRect(m_view.document()->findBlock(position));
    const std::vector<QRectF> lines = rects(position, map->position(start + std::max<qsizetype>(1, length)));
    const QRectF line = lines.empty() ? block : lines.front();
    QScrollBar *bar = m_view.verticalScrollBar();
    const int height = m_view.viewport()->height();
    if (line.top() < bar->value() || line.bottom() > bar->value() + height) {
        m_view.setFollowing(false);
        bar->setValue(qRound(line.center().y() - height / 3.0));
    }
    QTextCursor cursor(m_view.document());
    cursor.setPosition(position);
    m_view.setTextCursor(cursor);
    m_view.viewport()->update();
}

void TranscriptMarks::clearPlace()
{
    m_place = {};
    m_placeLength = 0;
    m_view.viewport()->update();
}

QRect TranscriptMarks::placeRect(int turn, qsizetype start, qsizetype length) const
{
    const SourceMap *map = m_document.sourceOf(turn);
    if (!map || map->position(start) < 0)
        return {};
    const std::vector<QRectF> lines =
        rects(map->position(start), map->position(start + std::max<qsizetype>(1, length)));
    if (lines.empty())
        return {};
    return lines.front().translated(0, -m_view.verticalScrollBar()->value()).toAlignedRect();
}

TranscriptMarks::Place TranscriptMarks::cursorPlace() const
{
    const auto [turn, offset] = m_document.sourceAt(m_view.textCursor().position());
    return {turn, offset};
}

TranscriptMarks::Place TranscriptMarks::placeAt(const QPoint &point) const
{
    if (mode() == SourceMode::Off)
        return {};
    const QPointF place = QPointF(point) + QPointF(0, m_view.verticalScrollBar()->value());
    const int position = m_view.document()->documentLayout()->hitTest(place, Qt::ExactHit);
    if (position < 0)
        return {};
    // The layout names the nearest gap between characters, which may be the one behind the mouse.
    const std::vector<QRectF> behind = rects(position, position + 1);
    const bool isBefore = !behind.empty() && place.x() < behind.front().left();
    const auto [turn, offset] = m_document.sourceAt(isBefore ? position - 1 : position);
    return {turn, offset};
}

bool TranscriptMarks::eventFilter(QObject *watched, QEvent *event)
{
    const auto point = [this](const Place &place) {
        if (place == m_pointed)
            return;
        m_pointed = place;
        Q_EMIT pointed(place.turn, place.offset);
    };
    if (event->type() == QEvent::MouseMove) {
        point(placeAt(static_cast<QMouseEvent *>(event)->pos()));
    } else if (event->type() == QEvent::Leave) {
        point({});
    } else if (event->type() == QEvent::MouseButtonRelease && mode() != SourceMode::Off) {
        const Place place = placeAt(static_cast<QMouseEvent *>(event)->pos());
        if (place.turn >= 0 && !m_view.textCursor().hasSelection())
            Q_EMIT clicked(place.turn, place.offset);
    }
    return QObject::eventFilter(watched, event);
}

std::vector<QRectF> TranscriptMarks::rects(int from, int to) const
{
    std::vector<QRectF> result;
    for (QTextBlock block = m_view.document()->findBlock(from); block.isValid() && block.position() < to;
         block = block.next()) {
        const QPointF origin = m_view.document()->documentLayout()->blockBoundingRect(block).topLeft();
        const QTextLayout *layout = block.layout();
        const int first = std::max(0, from - block.position());
        const int last = std::min(block.length() - 1, to - block.position());
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const int start = std::max(first, line.textStart());
            const int end = std::min(last, line.textStart() + line.textLength());
            if (start >= end)
                continue;
            const qreal left = line.cursorToX(start);
            const qreal right = line.cursorToX(end);
            result.emplace_back(origin.x() + std::min(left, right), origin.y() + line.y(), std::abs(right - left),
                line.ascent() + line.descent());
        }
    }
    return result;
}

void TranscriptMarks::paint(QPainter &painter, const QRectF &visible)
{
    if (mode() == SourceMode::Off)
        return;
    const QAbstractTextDocumentLayout *layout = m_view.document()->documentLayout();
    const int from = std::max(0, layout->hitTest(visible.topLeft(), Qt::FuzzyHit));
    const int to = layout->hitTest(visible.bottomRight(), Qt::FuzzyHit) + 1;
    painter.save();
    for (const auto &[turn, map] : m_document.sourcesBetween(from, to)) {
        const auto marks = m_marks.constFind(turn);
        if (marks == m_marks.constEnd()) {
            const int needed = turn;
            QMetaObject::invokeMethod(
                this, [this, needed] { Q_EMIT marksNeeded(needed); }, Qt::QueuedConnection);
            continue;
        }
        for (const TranscriptMark &mark : *marks) {
            const int start = map->position(mark.start);
            const int end = map->position(mark.start + mark.length);
            if (start < 0 || end < from || start > to)
                continue;
            if (mark.kind == Kind::Removed)
                paintWedge(painter, start);
            else
                for (const QRectF &rect : rects(std::max(start, from), std::min(end, to)))
                    paintMark(painter, mark, rect);
        }
        if (m_place.turn != turn)
            continue;
        painter.setPen(QPen(themeColor(ThemeColor::Accent, m_view.palette()), 1.5));
        painter.setBrush(withAlpha(themeColor(ThemeColor::Accent, m_view.palette()), 0.12F));
        const int start = map->position(m_place.offset);
        const int end = map->position(m_place.offset + std::max<qsizetype>(1, m_placeLength));
        for (const QRectF &rect : rects(start, end))
            painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 1), 3, 3);
    }
    painter.restore();
}

void TranscriptMarks::paintMark(QPainter &painter, const TranscriptMark &mark, const QRectF &rect) const
{
    const auto color = [this](ThemeColor name) { return themeColor(name, m_view.palette()); };
    switch (mark.kind) {
    case Kind::Added:
        painter.fillRect(rect, withAlpha(color(ThemeColor::Success), 0.17F));
        underline(painter, rect, color(ThemeColor::Success), Qt::SolidLine);
        break;
    case Kind::Changed:
        painter.fillRect(rect, withAlpha(color(ThemeColor::Warning), 0.15F));
        underline(painter, rect, color(ThemeColor::Warning), Qt::DashLine);
        break;
    case Kind::Part:
        painter.fillRect(rect, withAlpha(color(ThemeColor::Warning), 0.3F));
        break;
    case Kind::Space:
        underline(painter, rect, color(ThemeColor::Faint), Qt::DotLine, 1);
        break;
    case Kind::Heat: {
        const QColor heat = color(mark.strength < surprising ? ThemeColor::Warning : ThemeColor::Danger);
        painter.fillRect(rect, withAlpha(heat, 0.05F + 0.4F * mark.strength));
        if (mark.strength >= uncertain)
            underline(painter, rect.adjusted(1, 0, -1, 0), heat,
                mark.strength < surprising ? Qt::DotLine : Qt::SolidLine, mark.strength < surprising ? 1.5 : 2.5);
        break;
    }
    case Kind::Removed:
        break;
    }
}

void TranscriptMarks::paintWedge(QPainter &painter, int position) const
{
    const QTextBlock block = m_view.document()->findBlock(position);
    const QTextLine line = block.layout()->lineForTextPosition(position - block.position());
    if (!line.isValid())
        return;
    const QPointF origin = m_view.document()->documentLayout()->blockBoundingRect(block).topLeft();
    const qreal x = origin.x() + line.cursorToX(position - block.position());
    const qreal top = origin.y() + line.y();
    const qreal bottom = top + line.ascent() + line.descent();
    const QColor color = themeColor(ThemeColor::Danger, m_view.palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF {{x - 4, bottom + 2}, {x + 4, bottom + 2}, {x, bottom - 5}});
    painter.setPen(QPen(color, 1));
    painter.drawLine(QPointF(x, top + 2), QPointF(x, bottom));
}

} // namespace diptych
