// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathspans.h"

#include "transcript/mathscanner.h"

namespace diptych {

namespace {

constexpr char16_t firstMark = 0xFDD0;
constexpr char16_t firstDigit = 0xFDD1; ///< of sixteen
constexpr char16_t lastMark = 0xFDE1;

QString markOf(size_t index)
{
    QString mark {QChar(firstMark)};
    do {
        mark += QChar(char16_t(firstDigit + index % 16));
        index /= 16;
    } while (index > 0);
    return mark + QChar(lastMark);
}

} // namespace

MathSpans::MathSpans(const QString &markdown)
{
    if (!markdown.contains(u'$') && !markdown.contains(u"\\(") && !markdown.contains(u"\\[")) {
        m_markdown = markdown;
        return;
    }
    MathScanner scanner(markdown);
    qsizetype done = 0;
    while (const std::optional<MathScanner::Found> found = scanner.next()) {
        m_markdown += QStringView(markdown).mid(done, found->from - done);
        m_markdown += markOf(m_spans.size());
        m_spans.push_back(found->span);
        done = found->to;
    }
    m_markdown += QStringView(markdown).mid(done);
}

MathSpans::Mark MathSpans::nextMark(QStringView text, qsizetype from) const
{
    const qsizetype start = m_spans.empty() ? -1 : text.indexOf(QChar(firstMark), from);
    const qsizetype end = start < 0 ? -1 : text.indexOf(QChar(lastMark), start);
    if (end < 0)
        return {};
    int index = 0;
    for (qsizetype at = end - 1; at > start; --at)
        index = index * 16 + (text[at].unicode() - firstDigit);
    return {.from = start, .to = end + 1, .index = index < int(m_spans.size()) ? index : -1};
}

QString MathSpans::restored(const QString &text) const
{
    QString result;
    qsizetype done = 0;
    for (Mark mark = nextMark(text); mark.index >= 0; mark = nextMark(text, done)) {
        result += QStringView(text).mid(done, mark.from - done);
        result += m_spans[size_t(mark.index)].raw;
        done = mark.to;
    }
    return done == 0 ? text : result + QStringView(text).mid(done);
}

} // namespace diptych
