// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptview.h"

#include "transcript/readingplace.h"
#include "transcript/transcriptactions.h"
#include "transcript/transcriptpainter.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QPainter>
#include <QScrollBar>
#include <QTextDocumentFragment>

#include <algorithm>

namespace diptych {

namespace {

constexpr size_t firstBatch = 16; ///< blocks of a history that are set in type at first
constexpr size_t olderBatch = 10; ///< blocks added in one frame when scrolling up
constexpr int nearTop = 800; ///< pixels

} // namespace

TranscriptView::TranscriptView(RenderScheduler &scheduler, QWidget *parent)
    : QTextBrowser(parent)
    , m_scheduler(scheduler)
    , m_transcript(*document(), TranscriptFormats(palette(), font()))
    , m_finder(*this, m_transcript)
    , m_codeColors(scheduler.codeHighlighter())
    , m_follow(new FollowScroll(*this))
    , m_actions(new TranscriptActions(*this, m_transcript))
    , m_marks(new TranscriptMarks(*this, m_transcript))
{
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setAccessibleName(tr("Conversation"));
    setProperty("hasOwnMenu", true);
    viewport()->setMouseTracking(true);
    document()->setDocumentMargin(TranscriptFormats::margin);
    connect(this, &QTextBrowser::anchorClicked, this, &TranscriptView::linkRequested);
    connect(m_actions, &TranscriptActions::codeCopyRequested, this,
        [this](int position) { copyCode(document()->findBlock(position)); });
    connect(m_follow, &FollowScroll::followingChanged, this, &TranscriptView::followingChanged);
    connect(m_marks, &TranscriptMarks::modeChanged, this, &TranscriptView::rebuild);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TranscriptView::noteScroll);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &TranscriptView::heightChanged);
}

TranscriptView::~TranscriptView()
{
    m_scheduler.remove(this);
}

void TranscriptView::clear()
{
    m_finder.clear();
    m_marks->clear();
    m_transcript.clear();
    m_hoveredCaption = -1;
    m_copiedCaption = -1;
    m_hasAskedForOlder = false;
    m_follow->setFollowing(true);
}

void TranscriptView::setHistory(std::vector<Block> blocks)
{
    clear();
    m_transcript.setBlocks(
        {std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end())}, firstBatch);
    while (document()->size().height() < 1.5 * viewport()->height() && m_transcript.buildOlder(olderBatch) > 0) { }
    m_follow->restore();
    schedule();
}

void TranscriptView::addUser(
    int turn, const QString &caption, const QString &text, const std::vector<TranscriptFile> &files)
{
    m_transcript.add({.speaker = Speaker::User, .caption = caption, .markdown = text, .files = files, .turn = turn});
    schedule();
}

void TranscriptView::setPicture(const QString &name, const QImage &picture)
{
    m_transcript.setPicture(name, picture);
    viewport()->update();
}

void TranscriptView::beginAnswer(int turn, const QString &caption)
{
    m_transcript.beginAnswer(turn, caption);
    schedule();
}

void TranscriptView::appendReasoning(const QString &text)
{
    m_transcript.appendReasoning(text);
    schedule();
}

void TranscriptView::appendText(const QString &text)
{
    m_transcript.appendText(text);
    schedule();
}

void TranscriptView::endAnswer(const QString &footer)
{
    m_transcript.endAnswer(footer);
    schedule();
}

void TranscriptView::addNotice(const QString &text, bool isError)
{
    m_transcript.add({.speaker = Speaker::Notice, .markdown = text, .isError = isError});
    schedule();
}

void TranscriptView::addToolCall(const QString &name, const QString &arguments)
{
    m_transcript.add({.speaker = Speaker::Tool, .caption = tr("Tool call: %1").arg(name), .markdown = arguments});
    schedule();
}

void TranscriptView::schedule()
{
    m_scheduler.schedule(this);
}

void TranscriptView::flush()
{
    m_transcript.flush();
}

bool TranscriptView::renderFrame(const QDeadlineTimer &deadline)
{
    const bool hasText = renderText(deadline);
    const bool hasOlder = buildOlder();
    const QTextBlock first = blockAtY(verticalScrollBar()->value());
    const QTextBlock last = blockAtY(verticalScrollBar()->value() + viewport()->height());
    const bool hasCode = m_codeColors.color(first, last, palette(), deadline);
    return hasText || hasOlder || hasCode;
}

bool TranscriptView::renderText(const QDeadlineTimer &deadline)
{
    const QTextCursor before = textCursor();
    const int anchor = before.anchor();
    const int position = before.position();
    // What is being read is not folded away.
    m_transcript.setFoldsReasoning(isFollowing());
    const bool hasMore = m_transcript.renderSome(deadline);
    // The open block is written anew, which takes the selection in it away.
    const QTextCursor after = textCursor();
    if (anchor != position && after.position() - after.anchor() != position - anchor) {
        const int last = document()->characterCount() - 1;
        QTextCursor selection(document());
        selection.setPosition(std::min(anchor, last));
        selection.setPosition(std::min(position, last), QTextCursor::KeepAnchor);
        setTextCursor(selection);
    }
    return hasMore;
}

void TranscriptView::noteScroll()
{
    schedule();
    if (verticalScrollBar()->value() > nearTop || m_transcript.olderCount() > 0 || m_hasAskedForOlder || isFollowing())
        return;
    m_hasAskedForOlder = true;
    Q_EMIT olderNeeded();
}

bool TranscriptView::buildOlder()
{
    if (m_transcript.olderCount() == 0 || verticalScrollBar()->value() > nearTop)
        return false;
    const qreal height = document()->size().height();
    const int value = verticalScrollBar()->value();
    m_follow->setHeld(true);
    m_transcript.buildOlder(olderBatch);
    // What the reader looks at stays where it is.
    const qreal added = document()->size().height() - height;
    m_follow->setHeld(false);
    m_follow->setValue(value + qRound(added));
    m_follow->restore();
    return m_transcript.olderCount() > 0 && verticalScrollBar()->value() <= nearTop;
}

qreal TranscriptView::turnTop(int turn) const
{
    const QTextBlock block = m_transcript.firstBlock(turn);
    return block.isValid() ? TranscriptPainter::blockRect(block).top() : -1;
}

void TranscriptView::setTurnTop(int turn, qreal y)
{
    const qreal top = turnTop(turn);
    if (top < 0)
        return;
    const ReadingPlace kept(*this, *m_follow);
    const qreal natural = top - m_transcript.extraSpace(turn);
    m_transcript.setExtraSpace(turn, std::max<qreal>(0, y - natural));
}

void TranscriptView::revealTurn(int turn)
{
    flush();
    while (turnTop(turn) < 0 && m_transcript.buildOlder(olderBatch) > 0) { }
    const qreal top = turnTop(turn);
    if (top < 0)
        return;
    setFollowing(false);
    m_follow->setValue(qRound(top));
}

bool TranscriptView::find(const QString &text, bool backwards, bool restart)
{
    const bool found = m_finder.find(text, backwards, restart);
    if (found)
        ensureCursorVisible();
    return found;
}

QVariant TranscriptView::loadResource(int, const QUrl &)
{
    return {};
}

bool TranscriptView::toggleReasoning(int position)
{
    const bool isToggled = m_transcript.toggleReasoning(position);
    viewport()->update();
    return isToggled;
}

QTextBlock TranscriptView::blockAtY(qreal y) const
{
    // The layout's own hit test goes through all blocks, which is felt in a long conversation.
    int low = 0;
    int high = document()->blockCount() - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (TranscriptPainter::blockRect(document()->findBlockByNumber(middle)).top() <= y)
            low = middle;
        else
            high = middle - 1;
    }
    QTextBlock block = document()->findBlockByNumber(low);
    // Cells of a row stand beside each other: the first that reaches down to there.
    while (block.previous().isValid() && TranscriptPainter::blockRect(block.previous()).bottom() > y)
        block = block.previous();
    return block;
}

void TranscriptView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const int top = verticalScrollBar()->value();
    painter.translate(0, -top);
    const QRectF visible(0, top, viewport()->width(), viewport()->height());
    // The block above may have a card that reaches down into sight.
    const QTextBlock first = blockAtY(top);
    TranscriptPainter(painter, palette(), visible)
        .paint(first.previous().isValid() ? first.previous() : first, m_hoveredCaption, m_copiedCaption);
    m_marks->paint(painter, visible);
    painter.end();
    QTextBrowser::paintEvent(event);
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    m_follow->setHeld(true);
    {
        const ReadingPlace kept(*this, *m_follow);
        QTextBrowser::resizeEvent(event);
    }
    m_follow->setHeld(false);
    m_follow->restore();
    schedule();
}

void TranscriptView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

void TranscriptView::rebuild()
{
    m_follow->setHeld(true);
    const int value = verticalScrollBar()->value();
    m_transcript.rebuild(TranscriptFormats(palette(), font()));
    m_hoveredCaption = -1;
    m_copiedCaption = -1;
    m_finder.markMatches();
    verticalScrollBar()->setValue(value);
    m_follow->setHeld(false);
    m_follow->restore();
    schedule();
}

} // namespace diptych
