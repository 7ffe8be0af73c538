// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/responseview.h"

#include "models/formatting.h"
#include "models/jsontext.h"
#include "theme/theme.h"
#include "ui_responseview.h"
#include "widgets/jsonhighlighter.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTabBar>

namespace diptych {

namespace {

enum Tab { FramesTab, BodyTab, HeadersTab };

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
    , m_frames(new FramesModel(this))
{
    m_ui->setupUi(this);
    m_bar->addTab(tr("Frames"));
    m_bar->addTab(tr("Body"));
    m_bar->addTab(tr("Headers"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setAccessibleName(tr("Part of the answer"));
    m_ui->viewRow->addWidget(m_bar);
    m_ui->viewRow->addStretch();
    for (QPlainTextEdit *text : {m_ui->frameText, m_ui->bodyText, m_ui->headersText}) {
        text->setFont(monospaceFont());
        new JsonHighlighter(text->document());
    }
    m_ui->framesTable->setModel(m_frames);
    QHeaderView *header = m_ui->framesTable->header();
    header->setMinimumSectionSize(40);
    const int wide = fontMetrics().horizontalAdvance(QStringLiteral("00.00 ms")) + spacing::wide;
    for (const int column : {FramesModel::TimeColumn, FramesModel::GapColumn, FramesModel::SizeColumn})
        header->resizeSection(column, wide);
    header->setStretchLastSection(true);
    m_ui->framesSplitter->setStretchFactor(0, 3);
    m_ui->framesSplitter->setStretchFactor(1, 2);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        m_ui->views->setCurrentIndex(tab);
        refresh();
    });
    connect(
        m_ui->framesTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ResponseView::showFrame);
    setSource({});
}

ResponseView::~ResponseView() = default;

void ResponseView::setSource(FramesModel::Source source)
{
    m_source = source;
    m_shownBytes = -1;
    m_frames->setSource(std::move(source));
    m_ui->frameText->clear();
    m_ui->bodyText->clear();
    m_ui->headersText->clear();
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
    const Exchange *exchange = m_source ? m_source() : nullptr;
    if (!exchange) {
        m_ui->statusLabel->setText(tr("No answer yet"));
        m_ui->timeline->setPhases({});
        return;
    }
    showStatus(*exchange);
    m_ui->timeline->setPhases(exchange->phases);
    if (m_bar->currentIndex() == BodyTab)
        showBody(*exchange);
    if (m_bar->currentIndex() == HeadersTab && m_ui->headersText->document()->isEmpty()) {
        QString text;
        for (const HeaderField &field : exchange->responseHeaders)
            text += QString::fromLatin1(field.name) + QStringLiteral(": ") + QString::fromUtf8(field.value) + u'\n';
        m_ui->headersText->setPlainText(text);
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

void ResponseView::showBody(const Exchange &exchange)
{
    const qint64 shown = qMin<qint64>(exchange.responseBody.size(), maxShownBody);
    if (shown == m_shownBytes)
        return;
    m_shownBytes = shown;
    QString text = shortenedLines(prettyJson(exchange.responseBody.left(shown)));
    if (exchange.bytesReceived > shown)
        text += QString(u'\n'
            + tr("… the first %1 of %2; the saved exchange has more.")
                  .arg(formatBytes(shown), formatBytes(exchange.bytesReceived)));
    const int scrolled = m_ui->bodyText->verticalScrollBar()->value();
    m_ui->bodyText->setPlainText(text);
    m_ui->bodyText->verticalScrollBar()->setValue(scrolled);
}

void ResponseView::showFrame()
{
    const QModelIndex current = m_ui->framesTable->currentIndex();
    const QByteArray bytes = current.isValid() ? m_frames->frameBytes(current.row()).left(maxShownBody) : QByteArray();
    m_ui->frameText->setPlainText(shortenedLines(QString::fromUtf8(bytes)));
}

} // namespace diptych
