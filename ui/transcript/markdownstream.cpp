// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/markdownstream.h"

#include "transcript/inerttext.h"

#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

using Kind = MarkdownSplitter::Kind;

constexpr qsizetype longestBlock = 6000; ///< characters; setting more in type at once would be felt
constexpr qsizetype longestTable = 1600; ///< characters; every cell is laid out again with every row (0.1 ms a cell)
constexpr qsizetype alwaysRendered = 512; ///< characters; a longer block is read again only after growing by an eighth
constexpr size_t mostLater = 400; ///< blocks that wait for definitions

/// What a fence says, with its escapes and entities read.
QString infoText(const QString &info)
{
    static const QRegularExpression special(QStringLiteral("\\\\([!-/:-@\\[-`{-~])|&#?[A-Za-z0-9]+;"));
    QString result;
    qsizetype done = 0;
    for (auto it = special.globalMatch(info); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += QStringView(info).mid(done, match.capturedStart() - done);
        result += match.captured(1).isEmpty() ? entityText(match.captured()) : match.captured(1);
        done = match.capturedEnd();
    }
    return done == 0 ? info : result + QStringView(info).mid(done);
}

bool hasMarkup(QStringView text)
{
    static constexpr QStringView marks = u"*_`[]<>|#~\\&$!\n";
    return std::any_of(text.begin(), text.end(), [](QChar c) { return marks.contains(c); });
}

} // namespace

MarkdownStream::MarkdownStream(MarkdownBuilder &builder)
    : m_builder(&builder)
{
}

void MarkdownStream::append(QStringView text)
{
    QString joined = m_held;
    joined += text;
    m_held.clear();
    if (!joined.isEmpty() && (joined.back() == u'\r' || joined.back().isHighSurrogate())) {
        m_held = joined.back();
        joined.chop(1);
    }
    const QString inert = inertText(joined);
    qsizetype from = 0;
    for (qsizetype end = inert.indexOf(u'\n'); end >= 0; end = inert.indexOf(u'\n', from)) {
        m_partial += QStringView(inert).mid(from, end - from);
        takeLine();
        from = end + 1;
    }
    m_partial += QStringView(inert).mid(from);
    cutLongLine();
}

void MarkdownStream::takeLine()
{
    if (m_splitter.kind() == Kind::Fence) {
        takeCodeLine();
        return;
    }
    const MarkdownSplitter::Step step = m_splitter.next(m_partial);
    if (step.endsOpen)
        closeBlock();
    takeContent(step);
    m_partial.clear();
    if (step.endsItself)
        closeBlock();
    else
        cutLongBlock();
}

void MarkdownStream::takeContent(const MarkdownSplitter::Step &step)
{
    if (!step.isContent) {
        removeShown();
        return;
    }
    if (m_splitter.kind() == Kind::Fence) {
        removeShown();
        m_start = {};
        const QString info = infoText(m_splitter.fenceInfo());
        m_builder->startCode(info.section(u' ', 0, 0), info);
        return;
    }
    if (m_text.isEmpty() && m_head.isEmpty())
        m_piece = {.itemNumber = m_splitter.itemNumber()};
    // A mark with a blank line below it would be an empty item.
    if (m_text.isEmpty() && m_piece.hidesItemMark && m_partial.trimmed().isEmpty() && m_head.count(u'\n') == 1)
        return;
    m_text += m_partial;
    m_text += u'\n';
}

void MarkdownStream::takeCodeLine()
{
    if (m_splitter.next(m_partial).isContent)
        showCode(true);
    m_partial.clear();
    m_isCodeLineOpen = false;
    m_codeShown = 0;
}

void MarkdownStream::showCode(bool isComplete)
{
    if (!isComplete && (m_partial.isEmpty() || m_splitter.mayCloseFence(m_partial)))
        return;
    if (!m_isCodeLineOpen)
        m_builder->startCodeLine();
    m_isCodeLineOpen = true;
    const QStringView line = m_splitter.codeLine(m_partial);
    m_builder->insertPlain(line.mid(m_codeShown).toString());
    m_codeShown = line.size();
}

void MarkdownStream::cutLongBlock()
{
    const Kind kind = m_splitter.kind();
    const bool isTable = kind == Kind::Table;
    if (m_text.size() < (isTable ? longestTable : longestBlock))
        return;
    QString head = m_splitter.continuation();
    if (isTable)
        head = m_head.isEmpty() ? QString(m_text.section(u'\n', 0, 1) + u'\n') : m_head;
    closeBlock();
    m_head = head;
    m_piece = {.hidesTableHead = isTable, .hidesItemMark = kind == Kind::ListItem};
}

void MarkdownStream::cutLongLine()
{
    if (m_partial.size() < longestBlock || m_splitter.kind() == Kind::Fence)
        return;
    while (m_partial.size() >= longestBlock) {
        const qsizetype space = m_partial.lastIndexOf(u' ', longestBlock - 1);
        const qsizetype end = space > longestBlock / 2 ? space : longestBlock;
        const QString rest = m_partial.mid(end);
        m_partial.truncate(end);
        takeLine();
        // A line of an item or quote goes on in it.
        const QString prefix = m_splitter.linePrefix();
        if (prefix.isEmpty())
            closeBlock();
        m_partial = prefix + (prefix.isEmpty() ? rest : rest.trimmed());
    }
}

void MarkdownStream::closeBlock()
{
    if (!m_text.isEmpty() && (m_isRough || m_shown != m_text.size() || m_rendered != m_shown))
        render(m_text);
    m_definitions.note(m_text);
    keepForLater();
    m_text.clear();
    m_head.clear();
    m_piece = {};
    m_start = {};
    m_shown = 0;
    m_rendered = 0;
    m_isRough = false;
}

void MarkdownStream::keepForLater()
{
    const bool showsNothing = m_builder->state().isFresh && m_builder->cursor().position() == m_start.position();
    if (m_start.isNull() || showsNothing || !m_text.contains(u'[') || m_later.size() >= mostLater)
        return;
    Later block {.start = m_start,
        .end = m_builder->cursor(),
        .state = m_startState,
        .markdown = m_head + m_text,
        .piece = m_piece,
        .known = m_definitions.count()};
    block.end.setKeepPositionOnInsert(true);
    m_later.push_back(block);
}

void MarkdownStream::resolveLater()
{
    // From the last to the first: what is inserted moves nothing that comes before it.
    for (auto block = m_later.rbegin(); block != m_later.rend(); ++block) {
        if (!m_definitions.isUsedIn(block->markdown, block->known))
            continue;
        MarkdownBuilder builder(block->start, m_builder->formats());
        builder.cursor().setKeepPositionOnInsert(false);
        remove(builder, block->start, block->end.position(), block->state);
        builder.build(block->markdown + u"\n\n" + m_definitions.markdown(), block->piece);
    }
    m_later.clear();
}

void MarkdownStream::remove(
    MarkdownBuilder &builder, const QTextCursor &start, int end, const MarkdownBuilder::State &state)
{
    QTextCursor all = start;
    all.setKeepPositionOnInsert(false);
    all.setPosition(start.position());
    all.setPosition(end, QTextCursor::KeepAnchor);
    all.removeSelectedText();
    builder.cursor().setPosition(start.position());
    builder.setState(state);
    builder.resetFresh();
}

void MarkdownStream::removeShown()
{
    if (m_start.isNull())
        return;
    remove(*m_builder, m_start, m_builder->cursor().position(), m_startState);
    m_shown = 0;
    m_rendered = 0;
    m_isRough = false;
}

void MarkdownStream::render(const QString &text)
{
    removeShown();
    if (m_start.isNull()) {
        m_builder->freshen();
        m_start = m_builder->cursor();
        m_start.setKeepPositionOnInsert(true);
        m_startState = m_builder->state();
    }
    QString markdown = m_head;
    markdown += text;
    if (!m_definitions.isEmpty() && text.contains(u'['))
        markdown += u"\n\n" + m_definitions.markdown();
    m_builder->build(markdown, m_piece);
    m_shown = text.size();
    m_rendered = text.size();
    m_isRough = false;
}

bool MarkdownStream::mayInsertPlain(QStringView added) const
{
    return !m_start.isNull() && m_shown > 0 && !hasMarkup(added) && m_builder->state().previous != BlockRole::Spacer
        && !m_builder->state().isFresh && !m_builder->state().isClosed;
}

bool MarkdownStream::mayRender(qsizetype size) const
{
    const qsizetype free = m_splitter.kind() == Kind::Table ? 0 : alwaysRendered;
    return (size - m_rendered) * 8 >= size - free;
}

void MarkdownStream::showOpen()
{
    if (m_splitter.kind() == Kind::Fence) {
        showCode(false);
        return;
    }
    QString open = m_text;
    open += m_partial;
    if (open.size() == m_shown || QStringView(open).trimmed().isEmpty())
        return;
    const QStringView added = QStringView(open).mid(m_shown);
    const bool isTable = m_splitter.kind() == Kind::Table;
    // Markdown drops white space at the end, so what follows it must be read together with it.
    // A backslash gives the next character a meaning, or takes it.
    const bool afterMark =
        m_shown > 0 && ((m_shown == m_rendered && open[m_shown - 1].isSpace()) || open[m_shown - 1] == u'\\');
    if (!isTable && !afterMark && mayInsertPlain(added)) {
        m_builder->insertPlain(added.toString());
        m_shown = open.size();
    } else if (m_start.isNull() || mayRender(open.size())) {
        settle();
    } else if (isTable) {
        m_isRough = true;
    } else if (mayInsertPlain(u"x")) {
        m_builder->insertPlain(added.toString().replace(u'\n', u' '));
        m_shown = open.size();
        m_isRough = true;
    }
}

void MarkdownStream::settle()
{
    QString open = m_text;
    // Half a row of a table would be read as a full one.
    if (m_splitter.kind() != Kind::Table)
        open += m_partial;
    if (m_splitter.kind() == Kind::Fence || QStringView(open).trimmed().isEmpty())
        return;
    if (m_text.isEmpty() && m_head.isEmpty()) {
        MarkdownSplitter ahead = m_splitter;
        (void)ahead.next(m_partial);
        m_piece = {.itemNumber = ahead.itemNumber()};
    }
    render(open);
}

void MarkdownStream::finish()
{
    m_partial += inertText(m_held);
    m_held.clear();
    if (!m_partial.isEmpty())
        takeLine();
    if (m_splitter.kind() != Kind::Fence)
        closeBlock();
    resolveLater();
}

} // namespace diptych
