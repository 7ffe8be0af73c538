// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptformats.h"

#include "theme/theme.h"

#include <QTextBlock>

#include <algorithm>

namespace diptych {

namespace {

bool isCode(BlockRole role)
{
    return role == BlockRole::CodeCaption || role == BlockRole::CodeLine;
}

bool isSource(BlockRole role)
{
    return role == BlockRole::SourceLine || role == BlockRole::SourceCode;
}

bool isNotice(BlockRole role)
{
    return role == BlockRole::Notice || role == BlockRole::ErrorNotice;
}

/// Whether the block is drawn on a card, which needs room below its last line.
bool isOnCard(BlockRole role)
{
    return isCode(role) || isNotice(role) || role == BlockRole::UserText || role == BlockRole::UserCaption;
}

/// A tool tip that shows the text as it is, whatever stands in it.
QString plainToolTip(const QString &text)
{
    return QStringLiteral("<div style=\"white-space: pre-wrap\">%1</div>").arg(text.toHtmlEscaped());
}

} // namespace

TranscriptFormats::TranscriptFormats(const QPalette &palette, const QFont &font)
    : m_palette(palette)
    , m_font(font)
    , m_codeFont(monospaceFont())
{
    if (font.pointSizeF() > 0)
        m_codeFont.setPointSizeF(font.pointSizeF() * 0.95);
}

BlockRole TranscriptFormats::role(const QTextFormat &format)
{
    return BlockRole(format.intProperty(RoleProperty));
}

BlockRole TranscriptFormats::role(const QTextBlock &block)
{
    return role(block.blockFormat());
}

qreal TranscriptFormats::spaceAbove(BlockRole role, BlockRole previous, int headingLevel)
{
    if (isSource(role) && isSource(previous))
        return 0;
    switch (role) {
    case BlockRole::CodeLine:
    case BlockRole::Spacer:
    case BlockRole::ReasoningText:
        return 0;
    case BlockRole::UserText:
        return previous == BlockRole::UserText ? 0 : spacing::tight / 2;
    case BlockRole::Notice:
    case BlockRole::ErrorNotice:
        return previous == role ? 0 : spacing::loose;
    case BlockRole::UserCaption:
    case BlockRole::AnswerCaption:
        return spacing::loose + (isOnCard(previous) ? cardPadding : 0);
    case BlockRole::CodeCaption:
        return spacing::wide + spacing::tight + (isOnCard(previous) ? codePadding : 0);
    default:
        break;
    }
    if (isOnCard(previous))
        return spacing::wide + codePadding;
    if (previous == BlockRole::AnswerCaption)
        return spacing::tight;
    if (role == BlockRole::Rule || headingLevel > 0)
        return spacing::wide + (headingLevel == 1 || headingLevel == 2 ? spacing::tight : 0);
    return role == BlockRole::Footer || role == BlockRole::ReasoningHeader ? spacing::tight + 2 : spacing::normal;
}

QTextBlockFormat TranscriptFormats::block(BlockRole role, const BlockPlace &place, int headingLevel) const
{
    QTextBlockFormat format;
    format.setProperty(RoleProperty, int(role));
    format.setTopMargin(spaceAbove(role, place.previous, headingLevel));
    const bool inset = isOnCard(role);
    format.setLeftMargin(place.indent + (inset ? codePadding : 0) + (isNotice(role) ? noticeIcon : 0)
        + (role == BlockRole::ReasoningHeader || role == BlockRole::ReasoningText ? 18 : 0));
    format.setRightMargin(inset ? codePadding : 0);
    if (place.quoteDepth > 0) {
        format.setProperty(QuoteDepthProperty, place.quoteDepth);
        format.setProperty(QuoteIndentProperty, place.quoteIndent);
    }
    if (headingLevel > 0)
        format.setHeadingLevel(headingLevel);
    if (role == BlockRole::Spacer || role == BlockRole::Rule)
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
    else if (!isCode(role))
        format.setLineHeight(112, QTextBlockFormat::ProportionalHeight);
    return format;
}

QTextBlockFormat TranscriptFormats::listItem(const BlockPlace &place, qreal hang) const
{
    QTextBlockFormat format = block(BlockRole::Text, place);
    format.setTopMargin(std::max<qreal>(spacing::tight, format.topMargin() - spacing::tight));
    format.setTextIndent(-hang);
    format.setTabPositions({QTextOption::Tab(hang, QTextOption::LeftTab)});
    return format;
}

QTextTableFormat TranscriptFormats::table(const BlockPlace &place) const
{
    QTextTableFormat format;
    format.setBorderCollapse(true);
    format.setBorder(1);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderBrush(themeColor(ThemeColor::Border, m_palette));
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setTopMargin(spacing::normal + (isOnCard(place.previous) ? codePadding : 0));
    // A table's bottom margin is all the space there is below it; the next block's own does not count.
    format.setBottomMargin(spacing::wide);
    format.setLeftMargin(place.indent);
    format.setHeaderRowCount(1);
    return format;
}

QTextCharFormat TranscriptFormats::sized(qreal factor) const
{
    QTextCharFormat format;
    if (m_font.pointSizeF() > 0)
        format.setFontPointSize(m_font.pointSizeF() * factor);
    return format;
}

QTextCharFormat TranscriptFormats::text(BlockRole role) const
{
    QTextCharFormat format;
    format.setForeground(m_palette.color(QPalette::Text));
    switch (role) {
    case BlockRole::CodeLine:
    case BlockRole::SourceCode:
        format.setFont(m_codeFont);
        break;
    case BlockRole::Spacer:
    case BlockRole::Rule:
        format.setFontPointSize(1);
        break;
    case BlockRole::CodeCaption:
    case BlockRole::AnswerCaption:
    case BlockRole::UserCaption:
    case BlockRole::Footer:
    case BlockRole::ReasoningHeader:
        format = sized(0.87);
        format.setForeground(themeColor(ThemeColor::Muted, m_palette));
        if (role == BlockRole::AnswerCaption || role == BlockRole::UserCaption)
            format.setFontWeight(QFont::DemiBold);
        break;
    case BlockRole::ReasoningText:
        format.merge(sized(0.95));
        format.setForeground(themeColor(ThemeColor::Muted, m_palette));
        break;
    default:
        break;
    }
    return format;
}

QTextCharFormat TranscriptFormats::heading(int level) const
{
    constexpr std::array<qreal, 6> factors {1.45, 1.28, 1.14, 1.05, 1, 1};
    QTextCharFormat format = text(BlockRole::Text);
    format.merge(sized(factors[size_t(std::clamp(level, 1, 6) - 1)]));
    format.setFontWeight(QFont::Bold);
    return format;
}

QTextCharFormat TranscriptFormats::tableHeader() const
{
    QTextCharFormat format = text(BlockRole::Text);
    format.setFontWeight(QFont::DemiBold);
    return format;
}

QTextCharFormat TranscriptFormats::inlineCode() const
{
    QTextCharFormat format;
    format.setFontFamilies(m_codeFont.families());
    format.setFontFixedPitch(true);
    format.setBackground(themeColor(ThemeColor::Code, m_palette));
    return format;
}

QTextCharFormat TranscriptFormats::link(const QString &target) const
{
    QTextCharFormat format;
    format.setAnchor(true);
    format.setAnchorHref(target);
    format.setToolTip(plainToolTip(target));
    format.setForeground(themeColor(ThemeColor::Accent, m_palette));
    format.setFontUnderline(true);
    return format;
}

QTextCharFormat TranscriptFormats::formula(const QString &latex, bool isTall) const
{
    QTextCharFormat format;
    format.setProperty(FormulaProperty, latex);
    format.setToolTip(plainToolTip(latex));
    if (isTall) {
        format.setFontFamilies(m_codeFont.families());
        format.setFontFixedPitch(true);
    }
    return format;
}

QTextCharFormat TranscriptFormats::muted() const
{
    QTextCharFormat format;
    format.setForeground(themeColor(ThemeColor::Muted, m_palette));
    return format;
}

} // namespace diptych
