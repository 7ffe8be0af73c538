// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/sourcewriter.h"

#include "transcript/inerttext.h"

#include <QTextBlock>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestBlock = 2000; ///< characters; the layout of one block costs time by its length
constexpr qsizetype longestFence = 80;

} // namespace

void SourceMap::begin(const QTextCursor &cursor)
{
    Segment segment {m_size, cursor};
    segment.start.setKeepPositionOnInsert(true);
    m_segments.push_back(std::move(segment));
}

int SourceMap::position(qsizetype offset) const
{
    const qsizetype wanted = std::clamp<qsizetype>(offset, 0, m_size);
    const auto next = std::partition_point(
        m_segments.begin(), m_segments.end(), [wanted](const Segment &segment) { return segment.offset <= wanted; });
    if (next == m_segments.begin())
        return -1;
    const Segment &segment = *std::prev(next);
    return segment.start.position() + static_cast<int>(wanted - segment.offset);
}

qsizetype SourceMap::offset(int position) const
{
    const auto next = std::partition_point(m_segments.begin(), m_segments.end(),
        [position](const Segment &segment) { return segment.start.position() <= position; });
    if (next == m_segments.begin())
        return -1;
    const Segment &segment = *std::prev(next);
    const qsizetype end = next == m_segments.end() ? m_size : next->offset;
    const qsizetype offset = segment.offset + position - segment.start.position();
    return offset <= end ? offset : -1;
}

void SourceMap::moveTop(int position)
{
    if (!m_segments.empty() && m_segments.front().start.position() == 0)
        m_segments.front().start.setPosition(position);
}

SourceWriter::SourceWriter(MarkdownBuilder &builder, SourceMode mode, SourceMap &map)
    : m_builder(&builder)
    , m_map(&map)
    , m_mode(mode)
{
}

void SourceWriter::append(QStringView text)
{
    if (text.isEmpty())
        return;
    QString all = m_held + text.toString();
    m_held.clear();
    if (all.back().isHighSurrogate()) {
        m_held = all.back();
        all.chop(1);
    }
    write(visibleText(all));
}

void SourceWriter::finish()
{
    const QString rest = std::exchange(m_held, {});
    if (!rest.isEmpty())
        write(visibleText(rest));
}

void SourceWriter::write(QStringView text)
{
    while (!text.isEmpty()) {
        if (!m_isOpen)
            startLine(false);
        const qsizetype lineEnd = text.indexOf(u'\n');
        qsizetype size = lineEnd < 0 ? text.size() : lineEnd;
        if (size > 0 && m_room <= 1)
            startLine(true);
        size = std::min(size, m_room);
        if (size > 0 && size < text.size() && text[size].isLowSurrogate())
            --size;
        m_builder->insertPlain(text.left(size).toString());
        m_map->grow(size);
        m_room -= size;
        m_line += text.left(std::min(size, std::max<qsizetype>(0, longestFence - m_line.size())));
        text = text.mid(size);
        if (!text.startsWith(u'\n'))
            continue;
        noteFence();
        m_line.clear();
        startLine(false);
        text = text.mid(1);
    }
}

void SourceWriter::startLine(bool continues)
{
    // The end of the line before is the step from its block to this one.
    if (m_isOpen && !continues)
        m_map->grow(1);
    const bool isCode = m_mode == SourceMode::Characters || !m_fence.isEmpty();
    m_builder->startSourceLine(isCode, continues);
    if (!m_isOpen || continues)
        m_map->begin(m_builder->cursor());
    m_isOpen = true;
    m_room = longestBlock;
}

void SourceWriter::noteFence()
{
    const QString line = m_line.trimmed();
    if (!m_fence.isEmpty()) {
        if (line == m_fence)
            m_fence.clear();
    } else if (line.startsWith(u"```") || line.startsWith(u"~~~")) {
        qsizetype length = 0;
        while (length < line.size() && line[length] == line[0])
            ++length;
        if (line.indexOf(u'`', length) < 0)
            m_fence = line.left(length);
    }
}

} // namespace diptych
