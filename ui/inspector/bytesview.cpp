// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/bytesview.h"

#include "theme/theme.h"
#include "widgets/jsonhighlighter.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace diptych {

BytesView::BytesView(QWidget *parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_pager(new QWidget(this))
    , m_pageLabel(new QLabel(m_pager))
    , m_back(new QToolButton(m_pager))
    , m_forward(new QToolButton(m_pager))
{
    m_text->setReadOnly(true);
    m_text->setFont(monospaceFont());
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    new JsonHighlighter(m_text->document());
    makeCaption(m_pageLabel);
    const auto setUp = [](QToolButton *button, const QString &name, const QString &icon) {
        button->setAutoRaise(true);
        button->setArrowType(icon.isEmpty() ? Qt::LeftArrow : Qt::RightArrow);
        button->setToolTip(name);
        button->setAccessibleName(name);
    };
    setUp(m_back, tr("Page before"), {});
    setUp(m_forward, tr("Next page"), QStringLiteral("right"));
    m_back->setObjectName(QStringLiteral("pageBack"));
    m_forward->setObjectName(QStringLiteral("pageForward"));
    auto *row = new QHBoxLayout(m_pager);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::tight);
    row->addWidget(m_pageLabel, 1);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_text, 1);
    column->addWidget(m_pager);
    connect(m_back, &QToolButton::clicked, this, [this] { turnTo(m_page - 1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { turnTo(m_page + 1); });
    setFocusProxy(m_text);
    refresh();
}

void BytesView::setAccessibleText(const QString &name)
{
    m_text->setAccessibleName(name);
}

void BytesView::setPlaceholder(const QString &text)
{
    m_text->setPlaceholderText(text);
}

void BytesView::setSource(Source source)
{
    m_source = std::move(source);
    m_mark = {};
    m_page = 0;
    m_text->verticalScrollBar()->setValue(0);
    refresh();
}

QString BytesView::text() const
{
    return m_text->toPlainText();
}

QString BytesView::markedText() const
{
    const auto marks = m_text->extraSelections();
    return marks.isEmpty() ? QString() : marks.front().cursor.selectedText().replace(QChar::ParagraphSeparator, u'\n');
}

int BytesView::pageCount() const
{
    const qint64 size = m_source ? m_source().size() : 0;
    return static_cast<int>(qMax<qint64>((size + pageSize - 1) / pageSize, 1));
}

qint64 BytesView::pageStart(int page) const
{
    const QByteArrayView all = m_source ? m_source() : QByteArrayView();
    qint64 start = qMin<qint64>(page * pageSize, all.size());
    for (int i = 0; i < 3 && start < all.size() && (static_cast<uchar>(all.at(start)) & 0xC0) == 0x80; ++i)
        ++start;
    return start;
}

void BytesView::turnTo(int page)
{
    m_page = page;
    m_text->verticalScrollBar()->setValue(0);
    refresh();
}

void BytesView::refresh()
{
    const int pages = pageCount();
    m_page = qBound(0, m_page, pages - 1);
    m_pager->setVisible(pages > 1);
    m_pageLabel->setText(tr("Part %1 of %2").arg(m_page + 1).arg(pages));
    m_back->setEnabled(m_page > 0);
    m_forward->setEnabled(m_page + 1 < pages);
    const QByteArrayView all = m_source ? m_source() : QByteArrayView();
    const qint64 start = pageStart(m_page);
    const QByteArray bytes = all.sliced(start, pageStart(m_page + 1) - start).toByteArray();
    if (bytes == m_shown && !(bytes.isEmpty() && !m_text->document()->isEmpty())) {
        showMark(false);
        return;
    }
    m_shown = bytes;
    showPage();
}

void BytesView::showPage()
{
    const int scrolled = m_text->verticalScrollBar()->value();
    m_text->setPlainText(inertText(m_shown));
    m_text->verticalScrollBar()->setValue(scrolled);
    showMark(false);
}

void BytesView::reveal(const ByteRange &range)
{
    m_mark = range;
    if (range.size > 0) {
        int page = static_cast<int>(range.offset / pageSize);
        if (page > 0 && range.offset < pageStart(page))
            --page;
        if (page != m_page)
            turnTo(page);
    }
    showMark(true);
}

void BytesView::showMark(bool scrolls)
{
    const qint64 start = pageStart(m_page);
    const qint64 from = qBound<qint64>(0, m_mark.offset - start, m_shown.size());
    const qint64 to = qBound<qint64>(0, m_mark.offset + m_mark.size - start, m_shown.size());
    if (from >= to) {
        m_text->setExtraSelections({});
        return;
    }
    const QByteArrayView shown(m_shown);
    QTextCursor cursor(m_text->document());
    const auto first = static_cast<int>(inertText(shown.first(from)).size());
    cursor.setPosition(first);
    cursor.setPosition(
        first + static_cast<int>(inertText(shown.sliced(from, to - from)).size()), QTextCursor::KeepAnchor);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    QColor tone = themeColor(ThemeColor::Warning, palette());
    tone.setAlphaF(0.3F);
    mark.format.setBackground(tone);
    m_text->setExtraSelections({mark});
    if (!scrolls)
        return;
    QTextCursor place(m_text->document());
    place.setPosition(first);
    m_text->setTextCursor(place);
    m_text->centerCursor();
}

void BytesView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    if (auto *highlighter = m_text->document()->findChild<JsonHighlighter *>())
        highlighter->refresh();
    showMark(false);
}

} // namespace diptych
