// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/attachmentpreview.h"

#include "chat/attachmenttext.h"
#include "chat/thumbnail.h"
#include "models/formatting.h"
#include "models/tokenestimate.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QFutureWatcher>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace diptych {

namespace {

constexpr QSize startSize {640, 480};
constexpr QSize largestPicture {2400, 2400}; // pixels; more is not shown

} // namespace

AttachmentPreview::AttachmentPreview(const Attachment &attachment, QWidget *parent)
    : QDialog(parent)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close, this))
{
    setWindowTitle(attachment.name);
    resize(startSize);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::normal);
    const qint64 tokens = qRound64(estimatedTokens(Message {.content = {attachment.part}}));
    auto *facts =
        new QLabel(tr("%1 · about %2 tokens").arg(attachmentFacts(attachment), QLocale().toString(tokens)), this);
    facts->setTextFormat(Qt::PlainText);
    makeCaption(facts);
    column->addWidget(facts);
    if (attachment.kind == Attachment::Kind::Picture)
        addPicture(attachment, *column);
    else if (attachment.kind == Attachment::Kind::Sound)
        column->addWidget(new QLabel(tr("Sounds are sent as they are; they can not be played here."), this), 1);
    else
        addText(attachment, *column);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(m_buttons);
}

AttachmentPreview::~AttachmentPreview()
{
    m_pool.waitForDone();
}

void AttachmentPreview::offerToAttach()
{
    auto *again = m_buttons->addButton(tr("Attach again"), QDialogButtonBox::ActionRole);
    again->setObjectName(QStringLiteral("againButton"));
    connect(again, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT attachRequested();
    });
}

void AttachmentPreview::addPicture(const Attachment &attachment, QVBoxLayout &column)
{
    m_place = new QLabel(tr("reading…"), this);
    m_place->setObjectName(QStringLiteral("picture"));
    m_place->setAlignment(Qt::AlignCenter);
    m_place->setMinimumSize(1, 1);
    m_place->setAccessibleName(tr("Picture %1").arg(attachment.name));
    column.addWidget(m_place, 1);
    auto *watcher = new QFutureWatcher<QImage>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        m_picture = watcher->result();
        if (m_picture.isNull())
            m_place->setText(tr("This picture can not be drawn here. It is sent all the same."));
        fitPicture();
    });
    watcher->setFuture(
        QtConcurrent::run(&m_pool, [attachment] { return thumbnailOf(contentOf(attachment), largestPicture); }));
}

void AttachmentPreview::addText(const Attachment &attachment, QVBoxLayout &column)
{
    auto *text = new QPlainTextEdit(this);
    text->setObjectName(QStringLiteral("text"));
    text->setAccessibleName(tr("Text of %1").arg(attachment.name));
    text->setReadOnly(true);
    text->setFont(monospaceFont());
    text->setPlainText(shortenedLines(QString::fromUtf8(contentOf(attachment))));
    column.addWidget(text, 1);
}

void AttachmentPreview::fitPicture()
{
    if (!m_place || m_picture.isNull())
        return;
    const qreal ratio = devicePixelRatioF();
    const QSize room = m_place->size() * ratio;
    const bool fits = m_picture.width() <= room.width() && m_picture.height() <= room.height();
    QImage shown = fits ? m_picture : m_picture.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    shown.setDevicePixelRatio(ratio);
    m_place->setPixmap(QPixmap::fromImage(shown));
}

void AttachmentPreview::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    fitPicture();
}

} // namespace diptych
