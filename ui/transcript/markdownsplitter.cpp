// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/markdownsplitter.h"

#include "transcript/mathscanner.h"

#include <algorithm>

namespace diptych {

namespace {

/// Leading white space in columns, tabs reaching to multiples of four.
qsizetype indentOf(QStringView line)
{
    qsizetype column = 0;
    for (const QChar c : line) {
        if (c == u' ')
            ++column;
        else if (c == u'\t')
            column += 4 - column % 4;
        else
            break;
    }
    return column;
}

qsizetype runLength(QStringView text, QChar c)
{
    const auto end = std::find_if(text.begin(), text.end(), [c](QChar other) { return other != c; });
    return end - text.begin();
}

bool isSetextUnderline(QStringView line)
{
    const QStringView text = line.trimmed();
    return indentOf(line) < 4 && !text.isEmpty() && (text[0] == u'=' || text[0] == u'-')
        && runLength(text, text[0]) == text.size();
}

/// Number of cells of a table row; -1 when there is no bar outside code and escapes.
int cellCount(QStringView line)
{
    QStringView text = line.trimmed();
    if (text.startsWith(u'|'))
        text = text.mid(1);
    if (text.endsWith(u'|') && !text.endsWith(u"\\|"))
        text.chop(1);
    int cells = 1;
    bool inCode = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'`')
            inCode = !inCode;
        else if (text[i] == u'|' && !inCode)
            ++cells;
    }
    return cells > 1 || text.size() != line.trimmed().size() ? cells : -1;
}

bool isTableUnderline(QStringView line, QStringView head)
{
    const QStringView text = line.trimmed();
    if (indentOf(line) > 3 || !text.contains(u'-') || !head.contains(u'|'))
        return false;
    const bool onlyMarks = std::all_of(text.begin(), text.end(),
        [](QChar c) { return c == u'|' || c == u'-' || c == u':' || c == u' ' || c == u'\t'; });
    return onlyMarks && cellCount(line) == cellCount(head);
}

} // namespace

std::optional<MarkdownSplitter::FenceMark> MarkdownSplitter::fenceMark(QStringView line)
{
    const qsizetype indent = indentOf(line);
    const QStringView text = line.trimmed();
    if (indent > 3 || text.size() < 3 || (text[0] != u'`' && text[0] != u'~'))
        return {};
    const qsizetype length = runLength(text, text[0]);
    const QStringView info = text.mid(length).trimmed();
    if (length < 3 || (text[0] == u'`' && info.contains(u'`')))
        return {};
    return FenceMark {text[0], length, indent, info.toString()};
}

std::optional<MarkdownSplitter::ListMark> MarkdownSplitter::listMark(QStringView line)
{
    const qsizetype indent = indentOf(line);
    const QStringView text = line.trimmed();
    if (indent > 3 || text.isEmpty())
        return {};
    ListMark mark;
    qsizetype width = 1;
    if (text[0] == u'-' || text[0] == u'+' || text[0] == u'*') {
        mark.delimiter = text[0];
    } else {
        while (width <= 9 && width <= text.size() && text[width - 1] >= u'0' && text[width - 1] <= u'9')
            ++width;
        if (width == 1 || width > text.size() || (text[width - 1] != u'.' && text[width - 1] != u')'))
            return {};
        mark.delimiter = text[width - 1];
        mark.number = text.left(width - 1).toInt();
    }
    const QStringView rest = text.mid(width);
    mark.isEmpty = rest.isEmpty();
    if (!mark.isEmpty && !rest[0].isSpace())
        return {};
    const qsizetype gap = indentOf(rest);
    mark.contentIndent = indent + width + (mark.isEmpty || gap > 4 ? 1 : gap);
    return mark;
}

bool MarkdownSplitter::isHeading(QStringView line)
{
    const QStringView text = line.trimmed();
    const qsizetype level = runLength(text, u'#');
    return indentOf(line) < 4 && level > 0 && level < 7 && (text.size() == level || text[level].isSpace());
}

bool MarkdownSplitter::isRule(QStringView line)
{
    const QStringView text = line.trimmed();
    if (indentOf(line) > 3 || text.isEmpty() || (text[0] != u'-' && text[0] != u'*' && text[0] != u'_'))
        return false;
    return std::count(text.begin(), text.end(), text[0]) >= 3
        && std::all_of(text.begin(), text.end(), [&text](QChar c) { return c == text[0] || c.isSpace(); });
}

bool MarkdownSplitter::isQuote(QStringView line)
{
    return indentOf(line) < 4 && line.trimmed().startsWith(u'>');
}

std::optional<int> MarkdownSplitter::itemNumber() const
{
    if (m_kind != Kind::ListItem || !m_list || !m_list->number)
        return {};
    return m_itemNumber;
}

QString MarkdownSplitter::linePrefix() const
{
    if (m_kind == Kind::Quote)
        return QStringLiteral("> ");
    return m_kind == Kind::ListItem && m_list ? QString(m_list->contentIndent, u' ') : QString();
}

QString MarkdownSplitter::continuation() const
{
    QString lines;
    if (m_kind == Kind::ListItem && m_list) {
        // As wide as the text is indented, so that it stands inside.
        const QString number = m_list->number ? QString::number(*m_list->number) : QString();
        const QString mark = number + m_list->delimiter;
        lines = QString(std::clamp<qsizetype>(m_list->contentIndent - mark.size() - 1, 0, 3), u' ') + mark + u'\n';
    }
    if (m_innerFence)
        lines += linePrefix() + QString(m_innerFence->length, m_innerFence->character) + m_innerFence->info + u'\n';
    return lines;
}

QStringView MarkdownSplitter::codeLine(QStringView line) const
{
    return line.mid(std::min(m_fence.indent, runLength(line, u' ')));
}

bool MarkdownSplitter::mayCloseFence(QStringView line) const
{
    const QStringView text = line.trimmed();
    return indentOf(line) < 4 && runLength(text, m_fence.character) == text.size();
}

bool MarkdownSplitter::interrupts(QStringView line) const
{
    if (isHeading(line) || isQuote(line) || fenceMark(line) || isRule(line)
        || (indentOf(line) < 4 && !MathScanner::openDelimiter(line).isEmpty()))
        return true;
    const auto mark = listMark(line);
    return mark && !mark->isEmpty && mark->number.value_or(1) == 1;
}

MarkdownSplitter::Step MarkdownSplitter::next(QStringView line)
{
    switch (m_kind) {
    case Kind::Fence:
        return continueFence(line);
    case Kind::Flow:
    case Kind::Table:
        return continueFlow(line);
    case Kind::ListItem:
        return continueItem(line);
    case Kind::Quote:
        return continueQuote(line);
    case Kind::Math:
        return continueMath(line);
    case Kind::IndentedCode:
        if (line.trimmed().isEmpty() || indentOf(line) > 3)
            return {.isContent = true};
        break;
    case Kind::None:
        return begin(line);
    }
    Step step = begin(line);
    step.endsOpen = true;
    return step;
}

void MarkdownSplitter::endBlock()
{
    m_kind = Kind::None;
    m_lines = 0;
    m_innerFence.reset();
    m_isLazy = false;
}

MarkdownSplitter::Step MarkdownSplitter::begin(QStringView line)
{
    endBlock();
    if (line.trimmed().isEmpty())
        return {};
    Step step {.isContent = true};
    m_lines = 1;
    const auto list = listMark(line);
    if (list && !isRule(line)) {
        beginItem(*list);
        return step;
    }
    m_list.reset();
    if (const auto fence = fenceMark(line)) {
        m_kind = Kind::Fence;
        m_fence = *fence;
    } else if (isQuote(line)) {
        m_kind = Kind::Quote;
        noteInnerLine(line.trimmed().mid(1));
    } else if (indentOf(line) > 3) {
        m_kind = Kind::IndentedCode;
    } else if (isHeading(line) || isRule(line)) {
        step.endsItself = true;
    } else if (const QStringView close = MathScanner::openDelimiter(line); !close.isEmpty()) {
        m_kind = Kind::Math;
        m_mathEnd = close;
    } else {
        m_kind = Kind::Flow;
        m_firstLine = line.toString();
    }
    return step;
}

void MarkdownSplitter::beginItem(const ListMark &mark)
{
    const bool continues =
        m_list && m_list->delimiter == mark.delimiter && m_list->number.has_value() == mark.number.has_value();
    m_itemNumber = continues ? m_itemNumber + 1 : mark.number.value_or(0);
    m_list = mark;
    m_kind = Kind::ListItem;
    m_isLazy = !mark.isEmpty;
}

MarkdownSplitter::Step MarkdownSplitter::continueFence(QStringView line)
{
    const bool closes = mayCloseFence(line) && line.trimmed().size() >= m_fence.length;
    if (closes)
        endBlock();
    return {.isContent = !closes, .endsItself = closes};
}

MarkdownSplitter::Step MarkdownSplitter::continueFlow(QStringView line)
{
    ++m_lines;
    if (line.trimmed().isEmpty()) {
        endBlock();
        return {.endsOpen = true};
    }
    if (m_kind == Kind::Flow && m_lines == 2 && isTableUnderline(line, m_firstLine)) {
        m_kind = Kind::Table;
        return {.isContent = true};
    }
    if (m_kind == Kind::Flow && isSetextUnderline(line)) {
        endBlock();
        return {.isContent = true, .endsItself = true};
    }
    if (!interrupts(line))
        return {.isContent = true};
    Step step = begin(line);
    step.endsOpen = true;
    return step;
}

MarkdownSplitter::Step MarkdownSplitter::continueItem(QStringView line)
{
    if (line.trimmed().isEmpty()) {
        m_isLazy = false;
        return {.isContent = true};
    }
    if (indentOf(line) >= m_list->contentIndent) {
        noteInnerLine(line);
        return {.isContent = true};
    }
    // Once out of the item, any number may begin a list, not only 1.
    if (m_isLazy && !listMark(line) && !interrupts(line))
        return {.isContent = true};
    Step step = begin(line);
    step.endsOpen = true;
    return step;
}

MarkdownSplitter::Step MarkdownSplitter::continueQuote(QStringView line)
{
    if (isQuote(line)) {
        noteInnerLine(line.trimmed().mid(1));
        return {.isContent = true};
    }
    if (m_isLazy && !line.trimmed().isEmpty() && !listMark(line) && !interrupts(line))
        return {.isContent = true};
    Step step = begin(line);
    step.endsOpen = true;
    return step;
}

MarkdownSplitter::Step MarkdownSplitter::continueMath(QStringView line)
{
    if (line.trimmed().isEmpty()) {
        endBlock();
        return {.endsOpen = true};
    }
    // It was no formula, or one that was given up.
    if (isHeading(line) || fenceMark(line)) {
        Step step = begin(line);
        step.endsOpen = true;
        return step;
    }
    const bool closes = line.contains(m_mathEnd);
    if (closes)
        endBlock();
    return {.isContent = true, .endsItself = closes};
}

void MarkdownSplitter::noteInnerLine(QStringView content)
{
    const QStringView text = content.trimmed();
    const auto fence = fenceMark(text);
    const bool closes = m_innerFence && fence && fence->info.isEmpty() && fence->character == m_innerFence->character
        && fence->length >= m_innerFence->length;
    if (closes)
        m_innerFence.reset();
    else if (!m_innerFence && fence)
        m_innerFence = fence;
    m_isLazy = !m_innerFence && !closes && !text.isEmpty() && !isHeading(text) && !isRule(text);
}

} // namespace diptych
