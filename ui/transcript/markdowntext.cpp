// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands inside the blocks of MarkdownBuilder: text, spans, formulas.
#include "transcript/markdownbuilder.h"

#include "transcript/inerttext.h"
#include "transcript/mathtext.h"

#include <QCoreApplication>
#include <QTextTable>
#include <QUrl>

#include <md4c.h>

namespace diptych {

namespace {

bool isFollowable(const QString &target)
{
    const QString scheme = QUrl(target).scheme();
    return scheme == QLatin1String("http") || scheme == QLatin1String("https") || scheme == QLatin1String("mailto");
}

} // namespace

void MarkdownBuilder::enterSpan(int type, void *detail)
{
    if (type == MD_SPAN_IMG && m_imageDepth++ == 0)
        m_imageText.clear();
    QTextCharFormat format = m_spans.back();
    switch (type) {
    case MD_SPAN_EM:
        format.setFontItalic(true);
        break;
    case MD_SPAN_STRONG:
        format.setFontWeight(QFont::Bold);
        break;
    case MD_SPAN_DEL:
        format.setFontStrikeOut(true);
        break;
    case MD_SPAN_CODE:
        ++m_codeSpans;
        format.merge(m_formats->inlineCode());
        break;
    case MD_SPAN_A: {
        const QString target = attributeText(static_cast<MD_SPAN_A_DETAIL *>(detail)->href);
        if (isFollowable(target))
            format.merge(m_formats->link(target));
        break;
    }
    case MD_SPAN_IMG: {
        const QString source = attributeText(static_cast<MD_SPAN_IMG_DETAIL *>(detail)->src);
        format.merge(isFollowable(source) ? m_formats->link(source) : m_formats->muted());
        break;
    }
    default:
        break;
    }
    m_spans.push_back(format);
}

void MarkdownBuilder::leaveSpan(int type)
{
    if (type == MD_SPAN_IMG && --m_imageDepth == 0)
        leaveImage();
    m_codeSpans -= type == MD_SPAN_CODE ? 1 : 0;
    if (m_spans.size() > 1)
        m_spans.pop_back();
}

void MarkdownBuilder::leaveImage()
{
    insert(QCoreApplication::translate("diptych::MarkdownBuilder", "[image: %1]").arg(m_imageText));
}

void MarkdownBuilder::addText(int type, const QString &text)
{
    if (m_isInCode) {
        m_code += type == MD_TEXT_NULLCHAR ? QString(QChar::ReplacementCharacter) : m_math.restored(text);
        return;
    }
    switch (type) {
    case MD_TEXT_NULLCHAR:
        insert(QString(QChar::ReplacementCharacter));
        break;
    case MD_TEXT_BR:
        insert(QString(QChar::LineSeparator));
        break;
    case MD_TEXT_SOFTBR:
        if (m_imageDepth > 0)
            m_imageText += u' ';
        else if (!m_state.isClosed)
            m_break = m_spans.back();
        break;
    case MD_TEXT_ENTITY:
        insert(entityText(text).replace(u'\n', u' '));
        break;
    default:
        insert(text);
        break;
    }
}

void MarkdownBuilder::insert(const QString &text)
{
    if (m_imageDepth > 0) {
        m_imageText += m_math.restored(text);
        return;
    }
    if (m_table && m_row < 0)
        return;
    if (m_codeSpans > 0) {
        insertText(m_math.restored(text));
        return;
    }
    qsizetype done = 0;
    for (auto mark = m_math.nextMark(text); mark.index >= 0; mark = m_math.nextMark(text, done)) {
        insertText(text.mid(done, mark.from - done));
        insertFormula(m_math.spans()[size_t(mark.index)]);
        done = mark.to;
    }
    insertText(text.mid(done));
}

void MarkdownBuilder::insertText(const QString &text)
{
    const QString rest = m_state.isClosed ? behindFormula(text) : text;
    if (rest.isEmpty())
        return;
    ensureBlock();
    if (m_break)
        m_cursor.insertText(QStringLiteral(" "), *m_break);
    m_break.reset();
    m_cursor.insertText(rest, m_spans.back());
}

QString MarkdownBuilder::behindFormula(const QString &text)
{
    qsizetype from = 0;
    while (from < text.size() && (text[from] == u'.' || text[from] == u',' || text[from] == u';'))
        ++from;
    m_cursor.insertText(text.left(from), m_plain);
    while (from < text.size() && text[from] == u' ')
        ++from;
    return text.mid(from);
}

void MarkdownBuilder::insertFormula(const MathSpan &span)
{
    if (span.isDisplayed && !m_table && m_headingLevel == 0 && m_spans.size() == 1) {
        insertDisplayed(span);
        return;
    }
    QString text = mathText(span.formula, false);
    if (text.isEmpty())
        text = QString(span.source).replace(u'\n', u' ');
    ensureBlock();
    if (m_break)
        m_cursor.insertText(QStringLiteral(" "), *m_break);
    m_break.reset();
    QTextCharFormat format = m_spans.back();
    format.merge(m_formats->formula(span.source, false));
    m_cursor.insertText(text, format);
}

void MarkdownBuilder::insertDisplayed(const MathSpan &span)
{
    QString text = mathText(span.formula, true);
    if (text.isEmpty())
        text = span.source;
    if (!m_itemMark.isEmpty())
        ensureBlock();
    m_break.reset();
    QTextBlockFormat block = m_formats->block(BlockRole::Text, place());
    block.setLeftMargin(block.leftMargin() + TranscriptFormats::formulaIndent);
    insertBlock(block, m_formats->text(BlockRole::Text));
    QTextCharFormat format = m_plain;
    format.merge(m_formats->formula(span.source, text.contains(u'\n')));
    m_cursor.insertText(text.replace(u'\n', QChar::LineSeparator), format);
    m_isBlockOpen = false;
    m_state.isClosed = true;
}

QString MarkdownBuilder::attributeText(const MD_ATTRIBUTE &attribute)
{
    QString result;
    for (int i = 0; attribute.text && attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET from = attribute.substr_offsets[i];
        const auto part = QString::fromUtf8(attribute.text + from, qsizetype(attribute.substr_offsets[i + 1] - from));
        result += attribute.substr_types[i] == MD_TEXT_ENTITY ? entityText(part) : part;
    }
    return inertText(m_math.restored(result));
}

} // namespace diptych
