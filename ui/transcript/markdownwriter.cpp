// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathspans.h"
#include "transcript/transcriptwriters.h"

#include <algorithm>

namespace diptych {

namespace {

using Kind = CopyBlock::Kind;

/// Whether a character of text would be read as a mark.
bool isMark(const QString &text, qsizetype at)
{
    const QChar c = text[at];
    const QChar next = at + 1 < text.size() ? text[at + 1] : QChar();
    const bool isInWord = at > 0 && text[at - 1].isLetterOrNumber() && next.isLetterOrNumber();
    switch (c.unicode()) {
    case u'\\':
    case u'*':
    case u'`':
    case u'[':
    case u']':
    case u'|':
        return true;
    case u'_':
        return !isInWord;
    case u'~':
        return next == u'~' || (at > 0 && text[at - 1] == u'~');
    case u'<':
        return next.isLetter() || next == u'/' || next == u'!' || next == u'?';
    case u'&':
        return next.isLetter() || next == u'#';
    default:
        return false;
    }
}

/// Text that must not be read as marks.
QString escaped(const QString &text)
{
    const bool hasFormula = !MathSpans(text).spans().empty();
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isMark(text, i) || (hasFormula && text[i] == u'$'))
            result += u'\\';
        result += text[i];
    }
    return result;
}

/// A line that would begin a block.
QString escapedStart(const QString &line)
{
    qsizetype digits = 0;
    while (digits < line.size() && line[digits].isDigit())
        ++digits;
    if (digits > 0 && digits < line.size() && (line[digits] == u'.' || line[digits] == u')'))
        return line.left(digits) + u'\\' + line.mid(digits);
    const QChar first = line.isEmpty() ? QChar() : line[0];
    const QChar next = line.size() > 1 ? line[1] : QChar(u' ');
    const bool begins = first == u'#' || first == u'>' || first == u'='
        || ((first == u'-' || first == u'+') && (next == u' ' || next == first)) || line.startsWith(u"~~~");
    return begins ? QString(u'\\' + line) : line;
}

QString codeSpan(const QString &text)
{
    qsizetype longest = 0;
    for (qsizetype i = 0, run = 0; i < text.size(); ++i) {
        run = text[i] == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    const bool needsSpace = text.startsWith(u'`') || text.endsWith(u'`');
    return needsSpace ? QStringLiteral("%1 %2 %1").arg(fence, text) : fence + text + fence;
}

/// Marks around a text; they must not touch white space.
QString around(const QString &text, const QString &mark)
{
    qsizetype from = 0;
    qsizetype to = text.size();
    while (from < to && text[from].isSpace())
        ++from;
    while (to > from && text[to - 1].isSpace())
        --to;
    return from == to ? text : text.left(from) + mark + text.mid(from, to - from) + mark + text.mid(to);
}

QString inlineMarkdown(const CopyRuns &runs, bool isInCell)
{
    QString result;
    for (const CopyRun &run : runs) {
        QString text = !run.formula.isEmpty() ? run.formula : run.isCode ? codeSpan(run.text) : escaped(run.text);
        if (isInCell && (run.isCode || !run.formula.isEmpty()))
            text.replace(u'|', QStringLiteral("\\|"));
        if (run.isStruckOut)
            text = around(text, QStringLiteral("~~"));
        if (run.isItalic)
            text = around(text, QStringLiteral("*"));
        if (run.isBold)
            text = around(text, QStringLiteral("**"));
        if (!run.link.isEmpty())
            text = QStringLiteral("[%1](<%2>)").arg(text, QString(run.link).replace(u'>', QStringLiteral("%3E")));
        result += text;
    }
    return result.replace(u'\n', isInCell ? QStringLiteral(" ") : QStringLiteral("\\\n"));
}

class MarkdownWriter
{
public:
    QString write(const std::vector<CopyBlock> &blocks)
    {
        for (const CopyBlock &block : blocks)
            add(block);
        return m_result;
    }

private:
    struct List {
        qreal indent = 0;
        qsizetype column = 0; ///< where its text begins
        QString kind {}; ///< bullet or number
    };

    void add(const CopyBlock &block);
    void emitLines(const CopyBlock &block, const QString &text, const QString &mark);
    [[nodiscard]] QString body(const CopyBlock &block) const;
    [[nodiscard]] static QString table(const CopyBlock &block);
    [[nodiscard]] static QString code(const CopyBlock &block);

    QString m_result;
    std::vector<List> m_lists;
    bool m_wasItem = false;
    int m_quoteDepth = 0;
};

QString MarkdownWriter::code(const CopyBlock &block)
{
    if (!block.isWhole)
        return block.code;
    QString fence = QStringLiteral("```");
    while (block.code.contains(fence))
        fence += u'`';
    return QStringLiteral("%1%2\n%3\n%1").arg(fence, block.language, block.code);
}

QString MarkdownWriter::table(const CopyBlock &block)
{
    QStringList lines;
    const size_t columns = block.alignments.size();
    for (const auto &row : block.rows) {
        QString line = QStringLiteral("|");
        for (size_t column = 0; column < columns; ++column)
            line += QStringLiteral(" %1 |").arg(column < row.size() ? inlineMarkdown(row[column], true) : QString());
        lines += line;
        if (lines.size() > 1)
            continue;
        QString rule = QStringLiteral("|");
        for (const Qt::Alignment align : block.alignments) {
            rule += align.testFlag(Qt::AlignHCenter) ? QStringLiteral(":---:|")
                : align.testFlag(Qt::AlignRight)     ? QStringLiteral("---:|")
                                                     : QStringLiteral("---|");
        }
        lines += rule;
    }
    return lines.join(u'\n');
}

QString MarkdownWriter::body(const CopyBlock &block) const
{
    switch (block.kind) {
    case Kind::Code:
        return code(block);
    case Kind::Table:
        return table(block);
    case Kind::Rule:
        return QStringLiteral("***");
    case Kind::Heading:
        return QString(block.level, u'#') + u' ' + inlineMarkdown(block.runs, true);
    case Kind::Caption:
        return QStringLiteral("**%1**").arg(inlineMarkdown(block.runs, true));
    case Kind::Formula:
    case Kind::Remark:
    case Kind::Item:
        return inlineMarkdown(block.runs, false);
    case Kind::Paragraph:
        return escapedStart(inlineMarkdown(block.runs, false));
    }
    return {};
}

void MarkdownWriter::emitLines(const CopyBlock &block, const QString &text, const QString &mark)
{
    const qsizetype column = m_lists.empty() ? 0 : m_lists.back().column;
    const QString quote = QStringLiteral("> ").repeated(block.quoteDepth);
    const QString first = quote + QString(column - mark.size(), u' ') + mark;
    const QString other = quote + QString(column, u' ');
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        m_result += lines[i].isEmpty() && i > 0 ? quote.trimmed() : (i == 0 ? first : other) + lines[i];
        if (i + 1 < lines.size())
            m_result += u'\n';
    }
}

void MarkdownWriter::add(const CopyBlock &block)
{
    const bool isItem = block.kind == Kind::Item;
    if (block.quoteDepth != m_quoteDepth)
        m_lists.clear();
    // An item's own text is as far to the right as what else belongs to it.
    while (!m_lists.empty() && (isItem ? m_lists.back().indent >= block.indent : m_lists.back().indent > block.indent))
        m_lists.pop_back();
    const bool isTight = isItem && m_wasItem && block.quoteDepth == m_quoteDepth;
    if (!m_result.isEmpty()) {
        m_result += u'\n';
        if (!isTight)
            m_result +=
                QString(QStringLiteral("> ").repeated(std::min(block.quoteDepth, m_quoteDepth))).trimmed() + u'\n';
    }
    QString mark;
    if (isItem) {
        const bool isTask = block.mark == u"☐" || block.mark == u"☑";
        const bool isNumber = block.mark.endsWith(u'.');
        mark = isTask  ? (block.mark == u"☐" ? QStringLiteral("- [ ] ") : QStringLiteral("- [x] "))
            : isNumber ? QString(block.mark + u' ')
                       : QStringLiteral("- ");
        const qsizetype before = m_lists.empty() ? 0 : m_lists.back().column;
        const qsizetype width = isTask ? 2 : mark.size();
        m_lists.push_back({.indent = block.indent, .column = before + width});
        if (isTask) {
            // "[ ]" is text of the item.
            emitLines(block, mark.mid(2) + body(block), QStringLiteral("- "));
            m_wasItem = true;
            m_quoteDepth = block.quoteDepth;
            return;
        }
    }
    emitLines(block, body(block), mark);
    m_wasItem = isItem;
    m_quoteDepth = block.quoteDepth;
}

} // namespace

QString copiedMarkdown(const std::vector<CopyBlock> &blocks)
{
    return MarkdownWriter().write(blocks);
}

} // namespace diptych
