// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptwriters.h"

namespace diptych {

namespace {

using Kind = CopyBlock::Kind;

QString inlineHtml(const CopyRuns &runs)
{
    QString result;
    for (const CopyRun &run : runs) {
        QString text = run.text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
        if (run.isCode)
            text = QStringLiteral("<code>%1</code>").arg(text);
        if (run.isStruckOut)
            text = QStringLiteral("<s>%1</s>").arg(text);
        if (run.isItalic)
            text = QStringLiteral("<i>%1</i>").arg(text);
        if (run.isBold)
            text = QStringLiteral("<b>%1</b>").arg(text);
        if (!run.link.isEmpty())
            text = QStringLiteral("<a href=\"%1\">%2</a>").arg(run.link.toHtmlEscaped(), text);
        result += text;
    }
    return result;
}

QString tableHtml(const CopyBlock &block)
{
    QString html = QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">");
    for (size_t row = 0; row < block.rows.size(); ++row) {
        html += QStringLiteral("<tr>");
        const QString tag = row == 0 ? QStringLiteral("th") : QStringLiteral("td");
        for (const CopyRuns &cell : block.rows[row])
            html += QStringLiteral("<%1>%2</%1>").arg(tag, inlineHtml(cell));
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString bodyHtml(const CopyBlock &block)
{
    switch (block.kind) {
    case Kind::Code:
        return QStringLiteral("<pre><code>%1</code></pre>").arg(block.code.toHtmlEscaped());
    case Kind::Table:
        return tableHtml(block);
    case Kind::Rule:
        return QStringLiteral("<hr>");
    case Kind::Heading:
        return QStringLiteral("<h%1>%2</h%1>").arg(block.level).arg(inlineHtml(block.runs));
    case Kind::Caption:
        return QStringLiteral("<p><b>%1</b></p>").arg(inlineHtml(block.runs));
    case Kind::Item: {
        // A check box has no mark of its own in HTML's lists.
        const QString box = block.mark == u"☐" || block.mark == u"☑" ? QString(block.mark + u' ') : QString();
        return box + inlineHtml(block.runs);
    }
    case Kind::Formula:
    case Kind::Remark:
    case Kind::Paragraph:
        return QStringLiteral("<p>%1</p>").arg(inlineHtml(block.runs));
    }
    return {};
}

class HtmlWriter
{
public:
    QString write(const std::vector<CopyBlock> &blocks)
    {
        for (const CopyBlock &block : blocks)
            add(block);
        closeLists(-1);
        setQuoteDepth(0);
        return m_result;
    }

private:
    struct List {
        qreal indent = 0;
        QString tag {};
    };

    void add(const CopyBlock &block);
    /// Closes what is further to the right than `indent`.
    void closeLists(qreal indent);
    void setQuoteDepth(int depth);

    QString m_result;
    std::vector<List> m_lists;
    int m_quoteDepth = 0;
};

void HtmlWriter::closeLists(qreal indent)
{
    while (!m_lists.empty() && m_lists.back().indent > indent) {
        m_result += QStringLiteral("</li></%1>").arg(m_lists.back().tag);
        m_lists.pop_back();
    }
}

void HtmlWriter::setQuoteDepth(int depth)
{
    if (depth != m_quoteDepth)
        closeLists(-1);
    for (; m_quoteDepth < depth; ++m_quoteDepth)
        m_result += QStringLiteral("<blockquote>");
    for (; m_quoteDepth > depth; --m_quoteDepth)
        m_result += QStringLiteral("</blockquote>");
}

void HtmlWriter::add(const CopyBlock &block)
{
    setQuoteDepth(block.quoteDepth);
    closeLists(block.indent);
    if (block.kind == Kind::Item) {
        const bool isNumber = block.mark.endsWith(u'.');
        const QString tag = isNumber ? QStringLiteral("ol") : QStringLiteral("ul");
        const bool goesOn = !m_lists.empty() && m_lists.back().indent == block.indent;
        if (goesOn && m_lists.back().tag != tag)
            closeLists(block.indent - 1);
        if (!m_lists.empty() && m_lists.back().indent == block.indent) {
            m_result += QStringLiteral("</li>");
        } else {
            m_result +=
                isNumber ? QStringLiteral("<ol start=\"%1\">").arg(block.mark.chopped(1)) : QStringLiteral("<ul>");
            m_lists.push_back({.indent = block.indent, .tag = tag});
        }
        m_result += QStringLiteral("<li>");
    }
    m_result += bodyHtml(block);
}

} // namespace

QString copiedHtml(const std::vector<CopyBlock> &blocks)
{
    return HtmlWriter().write(blocks);
}

} // namespace diptych
