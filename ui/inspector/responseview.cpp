// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/responseview.h"

#include "inspector/gapdelegate.h"
#include "models/codesnippet.h"
#include "models/formatting.h"
#include "models/jsontext.h"
#include "theme/theme.h"
#include "ui_responseview.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QScrollBar>
#include <QTabBar>

namespace diptych {

namespace {

enum Tab { FramesTab, BodyTab, HeadersTab };

/// More than this is not indented: it would be copied several times for a text that nobody reads.
constexpr qint64 mostIndented = 1024 * 1024;

/// Follows the end while it is in sight, as a log does.
bool isAtEnd(const QAbstractScrollArea *area)
{
    return area->verticalScrollBar()->value() >= area->verticalScrollBar()->maximum() - 2;
}

} // namespace

ResponseView::ResponseView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ResponseView>())
    , m_bar(new QTabBar(this))
    , m_pretty(new QCheckBox(tr("Pretty"), this))
    , m_frames(new FramesModel(this))
    , m_shownFrames(new FramesFilter(*m_frames, this))
{
    m_ui->setupUi(this);
    setUpTabs();
    setUpTexts();
    setUpFrames();
    setSource({});
}

ResponseView::~ResponseView() = default;

void ResponseView::setUpTabs()
{
    m_bar->setObjectName(QStringLiteral("responseParts"));
    for (const QString &name : {tr("Frames"), tr("Body"), tr("Headers")})
        m_bar->addTab(name);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setAccessibleName(tr("Part of the answer"));
    m_pretty->setObjectName(QStringLiteral("responsePrettyBox"));
    m_pretty->setToolTip(tr("Indent JSON; these are not the bytes that came"));
    m_ui->viewRow->addWidget(m_bar);
    m_ui->viewRow->addStretch();
    m_ui->viewRow->addWidget(m_pretty);
    connect(m_bar, &QTabBar::tabBarClicked, this, [this] { m_isBodyForWhole = false; });
    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        m_ui->views->setCurrentIndex(tab);
        m_pretty->setVisible(tab != HeadersTab);
        refresh();
    });
    connect(m_pretty, &QCheckBox::toggled, this, [this] {
        showFrame();
        showBody();
    });
}

void ResponseView::setUpTexts()
{
    m_ui->frameText->setAccessibleText(tr("Text of the selected frame"));
    m_ui->frameText->setPlaceholder(tr("Select a frame to see its bytes."));
    m_ui->frameText->setSource([this] { return QByteArrayView(m_frameBytes); });
    m_ui->bodyText->setAccessibleText(tr("Body of the answer"));
    m_ui->headersText->setAccessibleText(tr("Headers of both directions"));
    m_ui->headersText->setSource([this] { return QByteArrayView(m_headerBytes); });
}

void ResponseView::setUpFrames()
{
    m_ui->framesTable->setModel(m_shownFrames);
    m_ui->framesTable->setItemDelegateForColumn(FramesModel::GapColumn, new GapDelegate(this));
    QHeaderView *header = m_ui->framesTable->header();
    header->setMinimumSectionSize(40);
    const int wide = fontMetrics().horizontalAdvance(QStringLiteral("00.00 ms")) + spacing::wide;
    for (const int column : {FramesModel::TimeColumn, FramesModel::GapColumn, FramesModel::SizeColumn})
        header->resizeSection(column, wide);
    header->setSectionResizeMode(FramesModel::TextColumn, QHeaderView::Stretch);
    m_ui->framesSplitter->setStretchFactor(0, 3);
    m_ui->framesSplitter->setStretchFactor(1, 2);
    connect(
        m_ui->framesTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ResponseView::showFrame);
    connect(m_ui->frameTimeline, &FrameTimeline::frameChosen, this, &ResponseView::chooseFrame);
}

void ResponseView::setSource(FramesModel::Source source)
{
    m_source = std::move(source);
    m_prettySize = -1;
    m_frames->setSource(m_source);
    m_ui->frameTimeline->setFrames(nullptr, -1);
    m_headerBytes.clear();
    m_ui->bodyText->setSource([this] {
        const Exchange *from = exchange();
        return m_prettySize >= 0 ? QByteArrayView(m_prettyBody)
            : from               ? QByteArrayView(from->responseBody)
                                 : QByteArrayView();
    });
    showFrame();
    setError({});
    refresh();
}

void ResponseView::setError(const std::optional<Error> &error)
{
    if (error && error->kind == Error::Kind::Cancelled)
        m_ui->banner->showMessage(Banner::Tone::Info, tr("Stopped; what had arrived was kept."));
    else if (error)
        m_ui->banner->showMessage(
            Banner::Tone::Error, error->message.isEmpty() ? kindName(error->kind) : error->message, whatToDo(*error));
    else
        m_ui->banner->hide();
}

void ResponseView::refresh()
{
    const bool follows = isAtEnd(m_ui->framesTable);
    m_frames->refresh();
    if (follows)
        m_ui->framesTable->scrollToBottom();
    const Exchange *from = exchange();
    m_ui->frameTimeline->setFrames(from, m_frames->longestGapRow());
    m_ui->timeline->setPhases(from ? from->phases : PhaseTimes {});
    if (from)
        showStatus(*from);
    else
        m_ui->statusLabel->setText(tr("No answer yet"));
    leaveEmptyFrames();
    if (m_bar->currentIndex() == BodyTab)
        showBody();
    if (m_bar->currentIndex() == HeadersTab && from)
        showHeaders(*from);
}

void ResponseView::leaveEmptyFrames()
{
    const Exchange *from = exchange();
    if (!from)
        return;
    const bool isWhole = from->phases.finished && from->framesReceived == 0 && !from->responseBody.isEmpty();
    if (isWhole && m_bar->currentIndex() == FramesTab) {
        m_bar->setCurrentIndex(BodyTab);
        m_isBodyForWhole = true;
    } else if (from->framesReceived > 0 && m_isBodyForWhole) {
        m_bar->setCurrentIndex(FramesTab);
        m_isBodyForWhole = false;
    }
}

void ResponseView::showStatus(const Exchange &exchange)
{
    QStringList parts;
    if (exchange.status == 0)
        parts.append(exchange.phases.finished ? tr("No answer") : tr("Waiting for the answer"));
    else
        parts.append(QString(QString::number(exchange.status) + u' ' + QString::fromLatin1(exchange.reason)).trimmed());
    if (exchange.bytesReceived > 0)
        parts.append(formatBytes(exchange.bytesReceived));
    if (exchange.bytesReceived > exchange.responseBody.size())
        parts.append(tr("first %1 recorded").arg(formatBytes(exchange.responseBody.size())));
    if (exchange.framesReceived > 0)
        parts.append(exchange.framesReceived == 1 ? tr("1 frame") : tr("%1 frames").arg(exchange.framesReceived));
    if (exchange.gaps.count > 0)
        parts.append(tr("longest gap %1").arg(formatDuration(exchange.gaps.longest)));
    if (!exchange.tlsProtocol.isEmpty())
        parts.append(exchange.tlsProtocol);
    if (exchange.reusedConnection)
        parts.append(tr("connection reused"));
    m_ui->statusLabel->setText(parts.join(QStringLiteral(" · ")));
}

void ResponseView::showHeaders(const Exchange &exchange)
{
    QByteArray bytes = requestHead(previewOf(exchange));
    m_receivedHeaders = bytes.size();
    if (exchange.status != 0) {
        bytes += QByteArray::number(exchange.status) + ' ' + exchange.reason + '\n';
        m_receivedHeaders = bytes.size();
        bytes += headerLines(exchange.responseHeaders);
    }
    if (bytes == m_headerBytes)
        return;
    m_headerBytes = bytes;
    m_ui->headersText->refresh();
}

void ResponseView::showBody()
{
    const Exchange *from = exchange();
    const qint64 size = from ? from->responseBody.size() : 0;
    if (!m_pretty->isChecked() || size == 0 || size > mostIndented) {
        m_prettySize = -1;
    } else if (m_prettySize != size) {
        m_prettySize = size;
        m_prettyBody = prettyFrame(from->responseBody);
    }
    m_ui->bodyText->refresh();
}

void ResponseView::showFrame()
{
    const QModelIndex current = m_ui->framesTable->currentIndex();
    const int row = current.isValid() ? m_shownFrames->mapToSource(current).row() : -1;
    const QByteArray bytes = m_frames->frameBytes(row);
    m_frameBytes = m_pretty->isChecked() && bytes.size() <= mostIndented ? prettyFrame(bytes) : bytes;
    m_ui->frameTimeline->setCurrent(row);
    m_ui->frameText->reveal({});
    m_ui->frameText->refresh();
}

void ResponseView::chooseFrame(int row)
{
    m_bar->setCurrentIndex(FramesTab);
    const QModelIndex shown = m_shownFrames->mapFromSource(m_frames->index(row, 0));
    if (!shown.isValid())
        return;
    m_ui->framesTable->setCurrentIndex(shown);
    m_ui->framesTable->scrollTo(shown);
}

void ResponseView::filterFrames(const QByteArray &needle)
{
    m_shownFrames->setNeedle(needle);
}

void ResponseView::reveal(const WireMatch &match)
{
    m_pretty->setChecked(false); // matches count the bytes that came
    if (match.part == WireMatch::Part::ResponseHeaders) {
        m_bar->setCurrentIndex(HeadersTab);
        m_ui->headersText->reveal({.offset = m_receivedHeaders + match.offset, .size = match.size});
        return;
    }
    const Exchange *from = exchange();
    const int row = m_frames->rowAt(match.offset);
    if (from && row >= 0 && m_bar->currentIndex() != BodyTab) {
        chooseFrame(row);
        const qint64 start = from->frames[static_cast<std::size_t>(row)].offset;
        m_ui->frameText->reveal({.offset = match.offset - start, .size = match.size});
        return;
    }
    m_bar->setCurrentIndex(BodyTab);
    m_ui->bodyText->reveal({.offset = match.offset, .size = match.size});
}

} // namespace diptych
