// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/codecolors.h"

#include "theme/theme.h"
#include "transcript/transcriptformats.h"

#include <QTextDocument>
#include <QTextLayout>

namespace diptych {

namespace {

/// What is known of a line of code that has its colours.
struct ColoredLine : QTextBlockUserData {
    std::shared_ptr<const CodeHighlighter::Carry> carry {};
    int length = 0; ///< of the line when it was coloured; a streaming line grows
};

const ColoredLine *coloredLine(const QTextBlock &block)
{
    const auto *line = static_cast<const ColoredLine *>(block.userData());
    return line && line->length == block.length() ? line : nullptr;
}

bool isCodeLine(const QTextBlock &block)
{
    return TranscriptFormats::role(block) == BlockRole::CodeLine;
}

QColor tokenColor(CodeHighlighter::Token token, const QPalette &palette)
{
    switch (token) {
    case CodeHighlighter::Token::Keyword:
        return themeColor(ThemeColor::Accent, palette);
    case CodeHighlighter::Token::Type:
        return seriesColor(6, palette);
    case CodeHighlighter::Token::Text:
        return themeColor(ThemeColor::Success, palette);
    case CodeHighlighter::Token::Comment:
        return themeColor(ThemeColor::Muted, palette);
    case CodeHighlighter::Token::Number:
        return themeColor(ThemeColor::Warning, palette);
    case CodeHighlighter::Token::Function:
        return seriesColor(4, palette);
    case CodeHighlighter::Token::Preprocessor:
        return seriesColor(3, palette);
    }
    return palette.color(QPalette::Text);
}

} // namespace

bool CodeColors::color(
    const QTextBlock &first, const QTextBlock &last, const QPalette &palette, const QDeadlineTimer &deadline)
{
    QTextBlock block = first;
    // State is carried from line to line, so colouring begins after the last line that has its colours.
    while (isCodeLine(block) && isCodeLine(block.previous()) && !coloredLine(block.previous()))
        block = block.previous();
    QString language;
    bool isKnown = false;
    for (; block.isValid() && block.blockNumber() <= last.blockNumber(); block = block.next()) {
        if (!isCodeLine(block) || coloredLine(block)) {
            language.clear();
            continue;
        }
        if (deadline.hasExpired())
            return true;
        if (language.isEmpty()) {
            QTextBlock caption = block;
            while (isCodeLine(caption))
                caption = caption.previous();
            language = caption.blockFormat().stringProperty(TranscriptFormats::LanguageProperty);
            isKnown = !language.isEmpty() && m_highlighter.knows(language);
        }
        if (isKnown)
            colorLine(block, language, palette);
    }
    return false;
}

void CodeColors::colorLine(QTextBlock block, const QString &language, const QPalette &palette)
{
    const ColoredLine *before = isCodeLine(block.previous()) ? coloredLine(block.previous()) : nullptr;
    CodeHighlighter::Line line = m_highlighter.highlight(language, block.text(), before ? before->carry : nullptr);
    QList<QTextLayout::FormatRange> ranges;
    for (const CodeHighlighter::Span &span : line.spans) {
        QTextCharFormat format;
        format.setForeground(tokenColor(span.token, palette));
        ranges.append({.start = span.start, .length = span.length, .format = format});
    }
    auto *colored = new ColoredLine; // owned by the block
    colored->carry = std::move(line.carry);
    colored->length = block.length();
    block.setUserData(colored);
    if (ranges == block.layout()->formats())
        return;
    block.layout()->setFormats(ranges);
    const_cast<QTextDocument *>(block.document())->markContentsDirty(block.position(), block.length());
}

} // namespace diptych
