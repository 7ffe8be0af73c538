// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptextract.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>

#include <algorithm>

namespace diptych {

namespace {

CopyRun runOf(const QTextCharFormat &format, const QString &text, bool mayBeBold)
{
    CopyRun run {.text = text};
    run.text.replace(QChar::LineSeparator, u'\n');
    run.formula = format.stringProperty(TranscriptFormats::FormulaProperty);
    run.isBold = mayBeBold && format.fontWeight() > QFont::Medium;
    run.isItalic = format.fontItalic();
    run.isStruckOut = format.fontStrikeOut();
    run.isCode = format.fontFixedPitch() && run.formula.isEmpty();
    run.link = format.anchorHref();
    return run;
}

/// The selected characters of a block from its `skipped` first characters on.
CopyRuns runsOf(const QTextBlock &block, int from, int to, bool mayBeBold)
{
    CopyRuns runs;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const int start = std::max(from, fragment.position());
        const int end = std::min(to, fragment.position() + fragment.length());
        if (start >= end)
            continue;
        CopyRun run =
            runOf(fragment.charFormat(), fragment.text().mid(start - fragment.position(), end - start), mayBeBold);
        // Part of a formula has no source.
        if (end - start < fragment.length())
            run.formula.clear();
        if (!runs.empty() && run.formula.isEmpty() && runs.back().hasSameLook(run))
            runs.back().text += run.text;
        else
            runs.push_back(run);
    }
    return runs;
}

class Extractor
{
public:
    explicit Extractor(const QTextCursor &selection)
        : m_from(selection.selectionStart())
        , m_to(selection.selectionEnd())
        , m_document(selection.document())
    {
    }

    std::vector<CopyBlock> extract()
    {
        QTextBlock block = m_document->findBlock(m_from);
        for (; block.isValid() && block.position() < m_to; block = block.next())
            take(block);
        return std::move(m_blocks);
    }

private:
    void take(const QTextBlock &block);
    void takeCell(const QTextBlock &block, QTextTable &table);
    void takeCodeLine(const QTextBlock &block);
    void takeText(const QTextBlock &block);
    [[nodiscard]] CopyBlock started(const QTextBlock &block, CopyBlock::Kind kind) const;
    [[nodiscard]] CopyRuns runs(const QTextBlock &block, bool mayBeBold, int skipped = 0) const
    {
        return runsOf(block, std::max(m_from, block.position() + skipped), m_to, mayBeBold);
    }

    int m_from;
    int m_to;
    const QTextDocument *m_document;
    QTextTable *m_table = nullptr; ///< that the last block came from
    std::vector<CopyBlock> m_blocks;
};

CopyBlock Extractor::started(const QTextBlock &block, CopyBlock::Kind kind) const
{
    const QTextBlockFormat format = block.blockFormat();
    const bool isInset = kind == CopyBlock::Kind::Code;
    return {.kind = kind,
        .level = format.headingLevel(),
        .quoteDepth = format.intProperty(TranscriptFormats::QuoteDepthProperty),
        .indent = format.leftMargin() - (isInset ? TranscriptFormats::codePadding : 0)
            - (kind == CopyBlock::Kind::Formula ? TranscriptFormats::formulaIndent : 0)};
}

void Extractor::take(const QTextBlock &block)
{
    if (QTextTable *table = QTextCursor(block).currentTable()) {
        takeCell(block, *table);
        return;
    }
    m_table = nullptr;
    switch (TranscriptFormats::role(block)) {
    case BlockRole::Spacer:
    case BlockRole::ReasoningHeader:
        return;
    case BlockRole::Rule:
        m_blocks.push_back(started(block, CopyBlock::Kind::Rule));
        return;
    case BlockRole::CodeCaption: {
        CopyBlock code = started(block, CopyBlock::Kind::Code);
        code.language = block.blockFormat().stringProperty(TranscriptFormats::LanguageProperty);
        m_blocks.push_back(code);
        return;
    }
    case BlockRole::CodeLine:
        takeCodeLine(block);
        return;
    default:
        takeText(block);
    }
}

void Extractor::takeCodeLine(const QTextBlock &block)
{
    const int from = std::max(m_from, block.position()) - block.position();
    const QString line = block.text().mid(from, m_to - block.position() - from);
    const bool goesOn = !m_blocks.empty() && m_blocks.back().kind == CopyBlock::Kind::Code;
    if (!goesOn) {
        m_blocks.push_back(started(block, CopyBlock::Kind::Code));
        m_blocks.back().isWhole = false;
        m_blocks.back().code = line;
        return;
    }
    const bool isFirst = TranscriptFormats::role(block.previous()) == BlockRole::CodeCaption;
    if (!isFirst && !block.blockFormat().boolProperty(TranscriptFormats::CodeContinuesProperty))
        m_blocks.back().code += u'\n';
    m_blocks.back().code += line;
}

void Extractor::takeText(const QTextBlock &block)
{
    const BlockRole role = TranscriptFormats::role(block);
    if (role == BlockRole::AnswerCaption || role == BlockRole::UserCaption) {
        m_blocks.push_back(started(block, CopyBlock::Kind::Caption));
        m_blocks.back().runs = runs(block, false);
        return;
    }
    const bool isRemark = role == BlockRole::Footer || role == BlockRole::Notice || role == BlockRole::ErrorNotice;
    const bool isHeading = block.blockFormat().headingLevel() > 0;
    CopyBlock::Kind kind = isRemark ? CopyBlock::Kind::Remark
        : isHeading                 ? CopyBlock::Kind::Heading
                                    : CopyBlock::Kind::Paragraph;
    const QString text = block.text();
    const qsizetype tab = text.indexOf(u'\t');
    const bool isItem = role == BlockRole::Text && block.blockFormat().textIndent() < 0 && tab > 0;
    const bool hasMark = isItem && m_from <= block.position();
    if (hasMark)
        kind = CopyBlock::Kind::Item;
    CopyBlock copied = started(block, kind);
    copied.mark = hasMark ? text.left(tab) : QString();
    copied.runs = runs(block, !isHeading, isItem ? int(tab) + 1 : 0);
    const bool isFormula = copied.runs.size() >= 1 && copied.runs.front().formula.startsWith(u"$$");
    if (kind == CopyBlock::Kind::Paragraph
        && (isFormula || (!copied.runs.empty() && copied.runs.front().formula.startsWith(u"\\[")))) {
        copied.kind = CopyBlock::Kind::Formula;
        copied.indent -= TranscriptFormats::formulaIndent;
    }
    // Lines of the user and of remarks are blocks of their own, but one paragraph.
    const bool isLine = role == BlockRole::UserText || role == BlockRole::ReasoningText || isRemark;
    if (isLine && !m_blocks.empty() && m_blocks.back().kind == copied.kind
        && TranscriptFormats::role(block.previous()) == role && !m_blocks.back().runs.empty()) {
        m_blocks.back().runs.push_back({.text = QStringLiteral("\n")});
        m_blocks.back().runs.insert(m_blocks.back().runs.end(), copied.runs.begin(), copied.runs.end());
        return;
    }
    m_blocks.push_back(std::move(copied));
}

void Extractor::takeCell(const QTextBlock &block, QTextTable &table)
{
    if (m_table != &table) {
        m_table = &table;
        CopyBlock copied {.kind = CopyBlock::Kind::Table, .indent = table.format().leftMargin()};
        copied.alignments.resize(size_t(table.columns()));
        m_blocks.push_back(std::move(copied));
    }
    const QTextTableCell cell = table.cellAt(block.position());
    CopyBlock &copied = m_blocks.back();
    const bool isHead = cell.row() < table.format().headerRowCount();
    if (copied.rows.empty() || cell.column() == 0)
        copied.rows.emplace_back();
    auto &row = copied.rows.back();
    row.resize(std::max(row.size(), size_t(cell.column()) + 1));
    row[size_t(cell.column())] = runs(block, !isHead);
    copied.alignments[size_t(cell.column())] = block.blockFormat().alignment() & Qt::AlignHorizontal_Mask;
}

} // namespace

bool CopyRun::hasSameLook(const CopyRun &other) const
{
    return isBold == other.isBold && isItalic == other.isItalic && isStruckOut == other.isStruckOut
        && isCode == other.isCode && link == other.link && formula.isEmpty() && other.formula.isEmpty();
}

std::vector<CopyBlock> copyBlocks(const QTextCursor &selection)
{
    return Extractor(selection).extract();
}

} // namespace diptych
