// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathscanner.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestFormula = 4000; ///< characters

bool isBlank(QStringView line)
{
    return std::all_of(line.begin(), line.end(), [](QChar c) { return c.isSpace() || c == u'>'; });
}

qsizetype runLength(QStringView text, QChar c)
{
    const auto end = std::find_if(text.begin(), text.end(), [c](QChar other) { return other != c; });
    return end - text.begin();
}

/// A line without indentation, marks of quotes and the mark of a list item.
QStringView contentOf(QStringView line)
{
    qsizetype from = 0;
    while (from < line.size() && (line[from].isSpace() || line[from] == u'>'))
        ++from;
    QStringView rest = line.mid(from);
    qsizetype width = runLength(rest, u' ');
    while (width < rest.size() && width < 9 && rest[width].isDigit())
        ++width;
    const bool isNumber = width > 0 && width < rest.size() && (rest[width] == u'.' || rest[width] == u')');
    const bool isBullet = !rest.isEmpty() && (rest[0] == u'-' || rest[0] == u'+' || rest[0] == u'*');
    if ((isNumber || isBullet) && width + 1 < rest.size() && rest[width + 1].isSpace())
        rest = rest.mid(width + 1).trimmed();
    return rest;
}

QStringView fenceOf(QStringView line)
{
    const QStringView content = contentOf(line);
    if (content.isEmpty() || (content[0] != u'`' && content[0] != u'~'))
        return {};
    const qsizetype length = runLength(content, content[0]);
    if (length < 3 || (content[0] == u'`' && content.mid(length).contains(u'`')))
        return {};
    return content.left(length);
}

bool beginsBlock(QStringView line)
{
    const QStringView text = line.trimmed();
    return text.startsWith(u'#') || text.startsWith(u'>') || contentOf(text).size() != text.size();
}

bool isFunctionName(QStringView word)
{
    static const QSet<QString> names {QStringLiteral("sin"), QStringLiteral("cos"), QStringLiteral("tan"),
        QStringLiteral("log"), QStringLiteral("exp"), QStringLiteral("lim"), QStringLiteral("max"),
        QStringLiteral("min"), QStringLiteral("det"), QStringLiteral("gcd"), QStringLiteral("lcm"),
        QStringLiteral("mod"), QStringLiteral("var"), QStringLiteral("cov")};
    return names.contains(word.toString().toLower());
}

/// A command, a power or an index of one letter: nothing that prose has.
bool hasFormulaMarks(QStringView content)
{
    static const QRegularExpression marks(
        QStringLiteral("\\\\[A-Za-z]{2,}|\\^|(?<![A-Za-z0-9_])[A-Za-z]_[A-Za-z0-9{\\\\]|[)}\\]]_|_\\{"));
    return marks.match(content.toString()).hasMatch();
}

/// Words of at least `least` letters that are not names of functions.
int wordCount(QStringView content, qsizetype least)
{
    int words = 0;
    qsizetype start = -1;
    for (qsizetype i = 0; i <= content.size(); ++i) {
        const bool isLetter = i < content.size() && (content[i].isLetter() || content[i] == u'\'');
        if (isLetter && start < 0)
            start = i;
        if (!isLetter && start >= 0) {
            const QStringView word = content.mid(start, i - start);
            words += word.size() >= least && !isFunctionName(word) ? 1 : 0;
            start = -1;
        }
    }
    return words;
}

/// "kill $$ and $$".
bool isOneWord(QStringView content)
{
    const QStringView word = content.trimmed();
    return word.size() > 2 && std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetter(); });
}

bool isAlnum(QChar c)
{
    return c.isLetterOrNumber() || c.isSurrogate();
}

} // namespace

MathScanner::MathScanner(const QString &markdown)
    : m_text(markdown)
{
    for (qsizetype at = m_text.indexOf(u'`'); at >= 0; at = m_text.indexOf(u'`', at)) {
        const qsizetype length = runLength(QStringView(m_text).mid(at), u'`');
        m_backticks[length].insert(at);
        at += length;
    }
}

bool MathScanner::looksLikeFormula(QStringView content)
{
    const QStringView trimmed = content.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > longestFormula)
        return false;
    if (hasFormulaMarks(trimmed))
        return true;
    const int words = wordCount(trimmed, 3);
    if (words > 2 || (words > 1 && !trimmed.contains(u'=')))
        return false;
    return !(trimmed[0].isDigit() && wordCount(trimmed, 2) > 0 && !trimmed.contains(u'='));
}

QStringView MathScanner::openDelimiter(QStringView line)
{
    const QStringView text = line.trimmed();
    const QStringView close = text.startsWith(u"$$") ? QStringView(u"$$")
        : text.startsWith(u"\\[")                    ? QStringView(u"\\]")
                                                     : QStringView();
    if (close.isEmpty() || text.mid(2).contains(close) || text.startsWith(u"$$$"))
        return {};
    return text.size() == 2 || looksLikeFormula(text.mid(2)) ? close : QStringView();
}

qsizetype MathScanner::lineEnd(qsizetype at) const
{
    const qsizetype end = m_text.indexOf(u'\n', at);
    return end < 0 ? m_text.size() : end;
}

qsizetype MathScanner::paragraphEnd()
{
    if (m_paragraphEnd >= m_at)
        return m_paragraphEnd;
    qsizetype end = lineEnd(m_at);
    while (end < m_text.size() && !isBlank(text(end + 1, lineEnd(end + 1))))
        end = lineEnd(end + 1);
    m_paragraphEnd = end;
    return end;
}

qsizetype MathScanner::closing(QStringView delimiter, qsizetype from)
{
    qsizetype &known = m_closings.try_emplace(delimiter.toString(), -2).first->second;
    if (known == -1 || known >= from)
        return known;
    for (qsizetype at = from; at < m_text.size(); ++at) {
        if (QStringView(m_text).mid(at).startsWith(delimiter)) {
            known = at;
            return at;
        }
        if (m_text[at] == u'\\')
            ++at;
    }
    known = -1;
    return -1;
}

void MathScanner::beginLine()
{
    m_lineStart = m_at;
    const QStringView line = text(m_at, lineEnd(m_at));
    m_isInTable = line.trimmed().startsWith(u'|');
    if (const QStringView fence = fenceOf(line); !fence.isEmpty())
        skipFence(fence);
}

void MathScanner::skipFence(QStringView fence)
{
    for (m_at = lineEnd(m_at); m_at < m_text.size(); m_at = lineEnd(m_at)) {
        ++m_at;
        const QStringView line = contentOf(text(m_at, lineEnd(m_at))).trimmed();
        if (line.size() >= fence.size() && runLength(line, fence[0]) == line.size()) {
            m_at = lineEnd(m_at);
            return;
        }
    }
}

void MathScanner::skipCode()
{
    const qsizetype length = runLength(QStringView(m_text).mid(m_at), u'`');
    const std::set<qsizetype> &runs = m_backticks[length];
    const auto close = runs.upper_bound(m_at);
    const bool isClosed = close != runs.end() && *close < paragraphEnd();
    m_at = isClosed ? *close + length : m_at + length;
}

std::optional<MathScanner::Found> MathScanner::next()
{
    while (m_at < m_text.size()) {
        if ((m_at == 0 || m_text[m_at - 1] == u'\n') && m_lineStart != m_at) {
            beginLine();
            continue;
        }
        const QChar c = m_text[m_at];
        if (c == u'`') {
            skipCode();
            continue;
        }
        if (c == u'$' || c == u'\\') {
            if (const auto formula = c == u'$' ? dollars() : brackets())
                return formula;
            continue;
        }
        ++m_at;
    }
    return {};
}

MathScanner::Found MathScanner::found(qsizetype end, qsizetype delimiter, bool isDisplayed) const
{
    const QString raw = text(m_at, end).toString();
    const bool isInQuote = text(std::max<qsizetype>(0, m_lineStart), m_at).trimmed().startsWith(u'>');
    QStringList lines = raw.split(u'\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        QStringView line = lines[i];
        while (!line.isEmpty() && (line[0].isSpace() || (isInQuote && line[0] == u'>')))
            line = line.mid(1);
        lines[i] = line.toString();
    }
    const QString source = lines.join(u'\n');
    return {.from = m_at,
        .to = end,
        .span = {.raw = raw,
            .source = source,
            .formula = source.mid(delimiter, source.size() - 2 * delimiter).trimmed(),
            .isDisplayed = isDisplayed}};
}

std::optional<MathScanner::Found> MathScanner::dollars()
{
    const qsizetype start = m_at;
    const qsizetype count = runLength(QStringView(m_text).mid(start), u'$');
    if (count > 2) {
        m_at += count;
        return {};
    }
    const qsizetype inside = start + count;
    const qsizetype close = closing(count == 2 ? u"$$" : u"$", inside);
    const bool isClosed = close > inside && close < paragraphEnd() && close - start < longestFormula;
    const QStringView content = isClosed ? text(inside, close) : QStringView();
    const qsizetype end = close + count;
    const bool isFormula =
        isClosed && looksLikeFormula(content) && (count == 2 ? !isOneWord(content) : isPlausible(close, m_isInTable));
    if (!isFormula) {
        m_at = inside;
        return {};
    }
    const Found formula = found(end, count, count == 2);
    m_at = end;
    return formula;
}

bool MathScanner::isPlausible(qsizetype end, bool isInTable) const
{
    const QStringView content = text(m_at + 1, end);
    const QChar before = m_at > 0 ? m_text[m_at - 1] : QChar(u' ');
    const QChar after = end + 1 < m_text.size() ? m_text[end + 1] : QChar(u' ');
    if (isAlnum(before) || before == u'$' || after == u'$' || after.isDigit())
        return false;
    if (content.front().isSpace() || content.back().isSpace() || (isInTable && content.contains(u" | ")))
        return false;
    // "the $n$th" is one, "$HOME/bin:$PATH" is none.
    if (isAlnum(after) && content.size() > 1 && !hasFormulaMarks(content))
        return false;
    const qsizetype newLine = content.indexOf(u'\n');
    return newLine < 0 || (content.indexOf(u'\n', newLine + 1) < 0 && !beginsBlock(content.mid(newLine + 1)));
}

std::optional<MathScanner::Found> MathScanner::brackets()
{
    const qsizetype start = m_at;
    const QChar kind = start + 1 < m_text.size() ? m_text[start + 1] : QChar();
    m_at = std::min(start + 2, m_text.size());
    if (kind != u'(' && kind != u'[')
        return {};
    const bool isDisplayed = kind == u'[';
    const qsizetype close = closing(isDisplayed ? u"\\]" : u"\\)", m_at);
    if (close < 0 || close >= paragraphEnd() || close - start > longestFormula)
        return {};
    const QStringView content = text(start + 2, close);
    const qsizetype end = close + 2;
    bool isFormula = looksLikeFormula(content);
    // Brackets are also escaped for their own sake: "\[1\]", "\[x\] done", "\[text\](address)".
    const bool isAlone = contentOf(text(std::max<qsizetype>(0, m_lineStart), start)).isEmpty()
        && text(end, lineEnd(end)).trimmed().isEmpty();
    if (isDisplayed && !hasFormulaMarks(content) && !content.contains(u'='))
        isFormula = isFormula && isAlone && wordCount(content, 1) + (content.trimmed().size() > 2 ? 1 : 0) > 1;
    if (!isFormula)
        return {};
    m_at = start;
    const Found formula = found(end, 2, isDisplayed);
    m_at = end;
    return formula;
}

} // namespace diptych
