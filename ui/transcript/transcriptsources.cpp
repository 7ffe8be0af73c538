// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a TranscriptDocument writes answers, and where it has their texts.
#include "transcript/transcriptdocument.h"

#include "transcript/inerttext.h"

#include <algorithm>

namespace diptych {

std::unique_ptr<AnswerWriter> TranscriptDocument::writerFor(Entry &entry, MarkdownBuilder &builder) const
{
    if (m_sourceMode == SourceMode::Off)
        return std::make_unique<MarkdownStream>(builder);
    if (!entry.source)
        entry.source = std::make_shared<SourceMap>();
    return std::make_unique<SourceWriter>(builder, m_sourceMode, *entry.source);
}

void TranscriptDocument::addAppendix(const TranscriptBlock &block, MarkdownBuilder &builder) const
{
    const QString text = m_sourceMode == SourceMode::Characters && m_appendix && block.turn >= 0
        ? inertText(m_appendix(block.turn))
        : QString();
    if (text.isEmpty())
        return;
    builder.startCode(QStringLiteral("json"), QStringLiteral("json"));
    for (const QString &line : text.split(u'\n')) {
        builder.startCodeLine();
        builder.insertPlain(line);
    }
}

const SourceMap *TranscriptDocument::sourceOf(int turn) const
{
    for (size_t i = m_entries.size(); turn >= 0 && i > m_firstBuilt; --i) {
        const Entry &entry = m_entries[i - 1];
        if (entry.block.turn == turn && entry.source)
            return entry.source.get();
    }
    return nullptr;
}

std::pair<int, qsizetype> TranscriptDocument::sourceAt(int position) const
{
    for (size_t i = m_firstBuilt; i < m_entries.size() && m_entries[i].start.position() <= position; ++i) {
        const Entry &entry = m_entries[i];
        const qsizetype offset = entry.source ? entry.source->offset(position) : -1;
        if (offset >= 0)
            return {entry.block.turn, offset};
    }
    return {-1, 0};
}

std::vector<std::pair<int, const SourceMap *>> TranscriptDocument::sourcesBetween(int from, int to) const
{
    std::vector<std::pair<int, const SourceMap *>> result;
    for (size_t i = m_firstBuilt; i < m_entries.size() && m_entries[i].start.position() <= to; ++i) {
        const Entry &entry = m_entries[i];
        if (entry.source && entry.block.turn >= 0 && entry.source->size() > 0
            && entry.source->position(entry.source->size()) >= from)
            result.emplace_back(entry.block.turn, entry.source.get());
    }
    return result;
}

void TranscriptDocument::buildTurn(int turn)
{
    for (size_t i = 0; i < m_firstBuilt; ++i) {
        if (m_entries[i].block.turn != turn)
            continue;
        buildOlder(m_firstBuilt - i);
        return;
    }
}

} // namespace diptych
