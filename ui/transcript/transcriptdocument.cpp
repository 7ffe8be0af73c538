// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/transcriptdocument.h"

#include "theme/theme.h"
#include "transcript/inerttext.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextFrame>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace diptych {

namespace {

constexpr int mostNewBlocks = 100; ///< in one frame: laying them out comes after the clock was looked at
constexpr qsizetype slice = 512; ///< characters taken between two looks at the clock
constexpr int framesUntilSettled = 5; ///< without new text

bool looksLikeJson(const QString &text)
{
    const QStringView start = QStringView(text).trimmed().left(1);
    return start == u"{" || start == u"[";
}

QUrl pictureUrl(const QString &name)
{
    return QUrl(QStringLiteral("attachment:") + name);
}

QImage emptyPicture()
{
    QImage picture(1, 1, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    return picture;
}

/// Groups edits, so that the document is laid out once.
class EditBlock
{
public:
    explicit EditBlock(QTextDocument *document)
        : m_cursor(document)
    {
        m_cursor.beginEditBlock();
    }
    ~EditBlock() { m_cursor.endEditBlock(); }
    Q_DISABLE_COPY_MOVE(EditBlock)

private:
    QTextCursor m_cursor;
};

} // namespace

TranscriptDocument::TranscriptDocument(QTextDocument &document, const TranscriptFormats &formats)
    : m_document(&document)
    , m_formats(formats)
    , m_builder(QTextCursor(&document), m_formats)
{
}

void TranscriptDocument::clear()
{
    m_stream.reset();
    m_entries.clear();
    m_firstBuilt = 0;
    m_isAnswering = false;
    m_isEnding = false;
    m_pending.clear();
    m_pendingStart = 0;
    m_pendingReasoning.clear();
    m_document->clear();
    m_builder = MarkdownBuilder(QTextCursor(m_document), m_formats);
}

void TranscriptDocument::setBlocks(std::deque<TranscriptBlock> blocks, size_t built)
{
    clear();
    for (TranscriptBlock &block : blocks)
        m_entries.push_back({.block = std::move(block)});
    m_firstBuilt = m_entries.size() - std::min(built, m_entries.size());
    const EditBlock edit(m_document);
    for (size_t i = m_firstBuilt; i < m_entries.size(); ++i)
        build(m_entries[i], m_builder);
}

size_t TranscriptDocument::buildOlder(size_t count)
{
    const size_t first = m_firstBuilt - std::min(count, m_firstBuilt);
    const size_t built = m_firstBuilt - first;
    if (built == 0)
        return 0;
    const EditBlock edit(m_document);
    QTextCursor top(m_document);
    top.insertBlock();
    m_entries[m_firstBuilt].start.setPosition(top.position());
    if (m_entries[m_firstBuilt].source)
        m_entries[m_firstBuilt].source->moveTop(top.position());
    top.movePosition(QTextCursor::Start);
    MarkdownBuilder builder(top, m_formats);
    for (size_t i = first; i < m_firstBuilt; ++i)
        build(m_entries[i], builder);
    m_firstBuilt = first;
    return built;
}

void TranscriptDocument::rebuild(const TranscriptFormats &formats)
{
    flush();
    m_formats = formats;
    m_stream.reset();
    const EditBlock edit(m_document);
    m_document->clear();
    m_builder = MarkdownBuilder(QTextCursor(m_document), m_formats);
    for (size_t i = m_firstBuilt; i < m_entries.size(); ++i) {
        Entry &entry = m_entries[i];
        const bool isOpen = m_isAnswering && i + 1 == m_entries.size();
        if (!isOpen) {
            build(entry, m_builder);
            continue;
        }
        // The answer under way goes on in a stream of its own.
        const QString text = std::exchange(entry.block.markdown, {});
        build(entry, m_builder);
        m_stream = writerFor(entry, m_builder);
        entry.block.markdown = text;
        m_stream->append(text);
        m_stream->showOpen();
    }
}

void TranscriptDocument::applySpace(const Entry &entry) const
{
    QTextBlockFormat format;
    const TranscriptSpeaker speaker = entry.block.speaker;
    const bool isRemark = speaker == TranscriptSpeaker::Notice || speaker == TranscriptSpeaker::Mark;
    format.setTopMargin(
        (isRemark ? spacing::wide : spacing::loose) + TranscriptFormats::cardPadding + entry.extraSpace);
    format.setProperty(TranscriptFormats::EntryProperty, true);
    // Touching the first block has all below it laid out again.
    const QTextBlockFormat current = entry.start.blockFormat();
    if (!current.boolProperty(TranscriptFormats::EntryProperty)
        || !qFuzzyCompare(1 + current.topMargin(), 1 + format.topMargin()))
        QTextCursor(entry.start.block()).mergeBlockFormat(format);
    if (entry.start.block().previous().isValid())
        return;
    // The layout drops the margin above the first block of a document; the frame around it keeps its own.
    QTextFrame *frame = entry.start.document()->rootFrame();
    QTextFrameFormat frameFormat = frame->frameFormat();
    const qreal margin = entry.start.document()->documentMargin() + entry.extraSpace;
    if (qFuzzyCompare(frameFormat.topMargin(), margin))
        return;
    frameFormat.setTopMargin(margin);
    frame->setFrameFormat(frameFormat);
}

void TranscriptDocument::build(Entry &entry, MarkdownBuilder &builder) const
{
    const TranscriptBlock &block = entry.block;
    const bool isUser = block.speaker == TranscriptSpeaker::User;
    const bool isPlainAnswer = block.speaker == TranscriptSpeaker::Assistant;
    entry.reasoning.reset();
    entry.source.reset();
    builder.freshen();
    const int start = builder.cursor().position();
    if ((isUser || isPlainAnswer) && !block.caption.isEmpty()) {
        builder.startBlock(isUser ? BlockRole::UserCaption : BlockRole::AnswerCaption);
        builder.insertPlain(inertText(block.caption).replace(u'\n', u' '));
    }
    if (!block.reasoning.isEmpty())
        entry.reasoning.start(builder, block.reasoning, false);
    buildBody(entry, builder);
    if (!block.footer.isEmpty())
        builder.addLines(BlockRole::Footer, inertText(block.footer));
    entry.start = builder.cursor();
    entry.start.setPosition(start);
    entry.start.setKeepPositionOnInsert(true);
    applySpace(entry);
}

void TranscriptDocument::buildBody(Entry &entry, MarkdownBuilder &builder) const
{
    const TranscriptBlock &block = entry.block;
    const QString text = inertText(block.markdown);
    switch (block.speaker) {
    case TranscriptSpeaker::User:
        if (!text.isEmpty() || block.files.empty())
            builder.addLines(BlockRole::UserText, text);
        for (const TranscriptFile &file : block.files)
            buildFile(file, builder);
        break;
    case TranscriptSpeaker::Notice:
        builder.addLines(block.isError ? BlockRole::ErrorNotice : BlockRole::Notice, text);
        break;
    case TranscriptSpeaker::Mark:
        builder.addLines(BlockRole::Footer, text);
        break;
    case TranscriptSpeaker::Tool:
        builder.startCode(inertText(block.caption), looksLikeJson(text) ? QStringLiteral("json") : QString());
        for (const QString &line : text.split(u'\n')) {
            builder.startCodeLine();
            builder.insertPlain(line);
        }
        break;
    case TranscriptSpeaker::Assistant:
        if (!block.markdown.isEmpty()) {
            const auto writer = writerFor(entry, builder);
            writer->append(block.markdown);
            writer->finish();
            addAppendix(block, builder);
        }
        break;
    }
}

void TranscriptDocument::buildFile(const TranscriptFile &file, MarkdownBuilder &builder) const
{
    builder.startBlock(BlockRole::UserText);
    QTextCursor &cursor = builder.cursor();
    if (!file.picture.isEmpty()) {
        const QUrl url = pictureUrl(file.picture);
        static const QImage none = emptyPicture();
        // Without a resource the document would ask for it at every painting.
        m_document->addResource(QTextDocument::ImageResource, url, m_pictures.value(file.picture, none));
        QTextImageFormat picture;
        picture.setName(url.toString());
        picture.setWidth(file.pictureSize.width());
        picture.setHeight(file.pictureSize.height());
        picture.setToolTip(file.label.toHtmlEscaped());
        cursor.insertImage(picture);
        cursor.insertText(QString(QChar::LineSeparator), m_formats.text(BlockRole::UserText));
    }
    QTextCharFormat label = m_formats.text(BlockRole::UserText);
    if (!file.link.isEmpty()) {
        label.merge(m_formats.link(file.link));
        label.clearProperty(QTextFormat::TextToolTip);
    }
    cursor.insertText(inertText(file.label).replace(u'\n', u' '), label);
}

void TranscriptDocument::setPicture(const QString &name, const QImage &picture)
{
    m_pictures.insert(name, picture);
    m_document->addResource(QTextDocument::ImageResource, pictureUrl(name), picture);
}

void TranscriptDocument::add(const TranscriptBlock &block)
{
    if (m_isAnswering)
        endAnswer({});
    flush();
    const EditBlock edit(m_document);
    m_entries.push_back({.block = block});
    build(m_entries.back(), m_builder);
}

void TranscriptDocument::beginAnswer(int turn, const QString &caption)
{
    add({.speaker = TranscriptSpeaker::Assistant, .caption = caption, .turn = turn});
    m_isAnswering = true;
    m_isEnding = false;
    m_stream = writerFor(m_entries.back(), m_builder);
}

void TranscriptDocument::ensureAnswer()
{
    if (!m_isAnswering || m_isEnding)
        beginAnswer(m_entries.empty() ? -1 : m_entries.back().block.turn, {});
}

void TranscriptDocument::appendReasoning(const QString &text)
{
    ensureAnswer();
    m_entries.back().block.reasoning += text;
    m_pendingReasoning += text;
}

void TranscriptDocument::appendText(const QString &text)
{
    ensureAnswer();
    m_entries.back().block.markdown += text;
    m_pending += text;
}

void TranscriptDocument::endAnswer(const QString &footer)
{
    if (!m_isAnswering || m_isEnding)
        return;
    m_entries.back().block.footer = footer;
    m_isEnding = true;
}

void TranscriptDocument::finishAnswer()
{
    Entry &entry = m_entries.back();
    m_stream->finish();
    m_stream.reset();
    m_isAnswering = false;
    m_isEnding = false;
    if (entry.reasoning.isShown())
        entry.reasoning.setTitle(entry.block.reasoning.size(), false);
    addAppendix(entry.block, m_builder);
    addFooter(entry.block.footer);
    applySpace(entry);
}

void TranscriptDocument::addFooter(const QString &footer)
{
    if (!footer.isEmpty())
        m_builder.addLines(BlockRole::Footer, inertText(footer));
}

void TranscriptDocument::takePending(const QDeadlineTimer &deadline)
{
    const int blocks = m_document->blockCount();
    const auto isTime = [this, blocks, &deadline] {
        const bool isMuch = m_document->blockCount() - blocks > mostNewBlocks;
        return deadline.hasExpired() || (isMuch && !deadline.isForever());
    };
    do {
        const QStringView rest = QStringView(m_pending).mid(m_pendingStart);
        const qsizetype lineEnd = rest.left(slice).lastIndexOf(u'\n');
        const qsizetype size = lineEnd >= 0 ? lineEnd + 1 : std::min(slice, rest.size());
        m_stream->append(rest.left(size));
        m_pendingStart += size;
    } while (m_pendingStart < m_pending.size() && !isTime());
    if (m_pendingStart == m_pending.size()) {
        m_pending.clear();
        m_pendingStart = 0;
    }
    m_stream->showOpen();
}

bool TranscriptDocument::renderSome(const QDeadlineTimer &deadline)
{
    if (!m_isAnswering)
        return false;
    const EditBlock edit(m_document);
    if (!m_pendingReasoning.isEmpty())
        showReasoning();
    if (!m_pending.isEmpty()) {
        foldReasoning();
        takePending(deadline);
        m_quietFrames = 0;
    } else if (m_stream->isRough() && ++m_quietFrames > framesUntilSettled) {
        m_stream->settle();
    }
    // Writing a first block anew takes its space along.
    if (!m_entries.back().start.blockFormat().boolProperty(TranscriptFormats::EntryProperty))
        applySpace(m_entries.back());
    if (!m_pending.isEmpty())
        return true;
    const bool isRough = m_stream->isRough();
    if (m_isEnding)
        finishAnswer();
    return m_isAnswering && isRough;
}

void TranscriptDocument::flush()
{
    renderSome(QDeadlineTimer(QDeadlineTimer::Forever));
}

void TranscriptDocument::showReasoning()
{
    Entry &entry = m_entries.back();
    QString text = std::exchange(m_pendingReasoning, {});
    if (text.back().isHighSurrogate()) {
        m_pendingReasoning = text.back();
        text.chop(1);
    }
    const bool isAnswered = m_pending.size() != entry.block.markdown.size();
    if (!entry.reasoning.isShown()) {
        // Reasoning that comes in the middle of an answer stands there, folded.
        m_stream->finish();
        if (!isAnswered)
            entry.reasoning.startUnfolded();
        entry.reasoning.start(m_builder, entry.block.reasoning, true);
        m_stream = writerFor(entry, m_builder);
        return;
    }
    entry.reasoning.append(m_builder, inertText(text.remove(u'\r')));
    entry.reasoning.setTitle(entry.block.reasoning.size(), !isAnswered);
}

void TranscriptDocument::foldReasoning()
{
    Entry &entry = m_entries.back();
    if (!entry.reasoning.isShown() || entry.reasoning.isFolded())
        return;
    if (!entry.reasoning.isChosen() && m_foldsReasoning)
        entry.reasoning.setFolded(true, entry.block.reasoning, m_formats);
    entry.reasoning.setTitle(entry.block.reasoning.size(), false);
}

bool TranscriptDocument::toggleReasoning(int position)
{
    const QTextBlock block = m_document->findBlock(position);
    for (size_t i = m_firstBuilt; i < m_entries.size(); ++i) {
        Entry &entry = m_entries[i];
        if (!entry.reasoning.hasHeader(block))
            continue;
        const EditBlock edit(m_document);
        entry.reasoning.setFolded(!entry.reasoning.isFolded(), entry.block.reasoning, m_formats);
        entry.reasoning.setChosen();
        return true;
    }
    return false;
}

int TranscriptDocument::reasoningAt(int position) const
{
    int found = -1;
    for (size_t i = m_firstBuilt; i < m_entries.size() && m_entries[i].start.position() <= position; ++i)
        found = m_entries[i].reasoning.position();
    return found;
}

std::ptrdiff_t TranscriptDocument::indexOf(int turn) const
{
    for (size_t i = m_firstBuilt; turn >= 0 && i < m_entries.size(); ++i) {
        if (m_entries[i].block.turn == turn)
            return std::ptrdiff_t(i);
    }
    return -1;
}

QTextBlock TranscriptDocument::firstBlock(int turn) const
{
    const std::ptrdiff_t index = indexOf(turn);
    return index < 0 ? QTextBlock() : m_entries[size_t(index)].start.block();
}

qreal TranscriptDocument::extraSpace(int turn) const
{
    const std::ptrdiff_t index = indexOf(turn);
    return index < 0 ? 0 : m_entries[size_t(index)].extraSpace;
}

void TranscriptDocument::setExtraSpace(int turn, qreal space)
{
    const std::ptrdiff_t index = indexOf(turn);
    if (index < 0 || qFuzzyCompare(1 + m_entries[size_t(index)].extraSpace, 1 + space))
        return;
    m_entries[size_t(index)].extraSpace = space;
    applySpace(m_entries[size_t(index)]);
}

std::vector<const TranscriptBlock *> TranscriptDocument::blocks() const
{
    std::vector<const TranscriptBlock *> all;
    for (const Entry &entry : m_entries)
        all.push_back(&entry.block);
    return all;
}

const TranscriptBlock *TranscriptDocument::lastAnswer() const
{
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(),
        [](const Entry &entry) { return entry.block.speaker == TranscriptSpeaker::Assistant; });
    return found == m_entries.rend() ? nullptr : &found->block;
}

std::vector<TranscriptPlace> TranscriptDocument::places() const
{
    const QAbstractTextDocumentLayout *layout = m_document->documentLayout();
    std::vector<TranscriptPlace> places;
    for (size_t i = m_firstBuilt; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        places.push_back({entry.block.turn, entry.block.speaker, layout->blockBoundingRect(entry.start.block()).top()});
    }
    return places;
}

const TranscriptBlock *TranscriptDocument::blockAt(int position) const
{
    const TranscriptBlock *found = nullptr;
    for (size_t i = m_firstBuilt; i < m_entries.size() && m_entries[i].start.position() <= position; ++i)
        found = &m_entries[i].block;
    return found;
}

} // namespace diptych
