// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/linkdefinitions.h"

#include <QStringList>

#include <md4c.h>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestDefinitions = 4096; ///< characters
constexpr qsizetype mostLines = 6; ///< of one definition: address and title may have lines of their own

/// A definition is what md4c shows nothing of: "[Anna]: says hello" is text.
bool showsNothing(const QString &markdown)
{
    bool hasText = false;
    const MD_PARSER parser {.abi_version = 0,
        .flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML,
        .enter_block = [](MD_BLOCKTYPE, void *, void *) { return 0; },
        .leave_block = [](MD_BLOCKTYPE, void *, void *) { return 0; },
        .enter_span = [](MD_SPANTYPE, void *, void *) { return 0; },
        .leave_span = [](MD_SPANTYPE, void *, void *) { return 0; },
        .text =
            [](MD_TEXTTYPE, const MD_CHAR *, MD_SIZE, void *found) {
                *static_cast<bool *>(found) = true;
                return 0;
            },
        .debug_log = nullptr,
        .syntax = nullptr};
    const QByteArray utf8 = markdown.toUtf8();
    md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, &hasText);
    return !hasText;
}

/// A line without the marks of quotes, lists and indentation.
QString contentOf(QStringView line)
{
    qsizetype from = 0;
    while (from < line.size() && (line[from].isSpace() || QStringView(u">-*+").contains(line[from])))
        ++from;
    return line.mid(from).toString();
}

} // namespace

void LinkDefinitions::note(const QString &markdown)
{
    if (!markdown.contains(u"]:"))
        return;
    const QStringList lines = markdown.split(u'\n');
    bool mayBegin = true; // a definition does not interrupt a paragraph
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString first = contentOf(lines[i]);
        const bool isCode = lines[i].startsWith(u"    ");
        const qsizetype taken = mayBegin && !isCode && first.startsWith(u'[') ? take(lines, i) : 0;
        mayBegin = taken > 0 || first.isEmpty() || lines[i].size() != first.size();
        i += std::max<qsizetype>(0, taken - 1);
    }
}

qsizetype LinkDefinitions::take(const QStringList &lines, qsizetype at)
{
    for (qsizetype count = std::min(mostLines, lines.size() - at); count > 0; --count) {
        QString candidate = contentOf(lines[at]);
        for (qsizetype line = 1; line < count; ++line)
            candidate += u'\n' + contentOf(lines[at + line]);
        const qsizetype colon = candidate.indexOf(u"]:");
        const bool fits = m_markdown.size() + candidate.size() < longestDefinitions;
        const bool isOne = candidate.indexOf(u"]:", colon + 2) < 0 && !candidate.trimmed().endsWith(u"]:");
        if (colon < 2 || !fits || !isOne || !showsNothing(candidate))
            continue;
        m_markdown += u'\n' + candidate;
        m_names.push_back(candidate.left(colon + 1).simplified().toLower());
        return count;
    }
    return 0;
}

bool LinkDefinitions::isUsedIn(const QString &text, size_t from) const
{
    const QString plain = text.simplified();
    return std::any_of(m_names.begin() + std::ptrdiff_t(from), m_names.end(),
        [&plain](const QString &name) { return plain.contains(name, Qt::CaseInsensitive); });
}

} // namespace diptych
