// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/linkdefinitions.h"

#include <QStringList>

#include <md4c.h>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestDefinitions = 4096; ///< characters
constexpr qsizetype mostLines = 3; ///< of one definition: address and title may have lines of their own

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
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString first = contentOf(lines[i]);
        const qsizetype colon = first.indexOf(u"]:");
        if (!first.startsWith(u'[') || colon < 2)
            continue;
        for (qsizetype count = std::min(mostLines, lines.size() - i); count > 0; --count) {
            QString candidate = first;
            for (qsizetype line = 1; line < count; ++line)
                candidate += u'\n' + contentOf(lines[i + line]);
            const bool fits = m_markdown.size() + candidate.size() < longestDefinitions;
            if (!fits || candidate.trimmed().endsWith(u"]:") || !showsNothing(candidate))
                continue;
            m_markdown += u'\n' + candidate;
            m_names.push_back(first.left(colon + 1).toLower());
            i += count - 1;
            break;
        }
    }
}

bool LinkDefinitions::isUsedIn(const QString &text, size_t from) const
{
    return std::any_of(m_names.begin() + std::ptrdiff_t(from), m_names.end(),
        [&text](const QString &name) { return text.contains(name, Qt::CaseInsensitive); });
}

} // namespace diptych
