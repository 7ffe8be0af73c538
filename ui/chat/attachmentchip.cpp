// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/attachmentchip.h"

#include "chat/attachmenttext.h"
#include "models/formatting.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace diptych {

namespace {

constexpr int iconSide = 32;
constexpr int longestName = 170; // pixels

} // namespace

AttachmentChip::AttachmentChip(const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_name(name)
    , m_open(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFocusProxy(m_open);
    m_open->setObjectName(QStringLiteral("openButton"));
    m_open->setAutoRaise(true);
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_open->setIconSize({iconSide, iconSide});
    m_open->setFocusPolicy(Qt::StrongFocus);
    m_open->installEventFilter(this);
    m_remove->setObjectName(QStringLiteral("removeButton"));
    m_remove->setAutoRaise(true);
    m_remove->setIcon(themeIcon(QStringLiteral("close")));
    m_remove->setFocusPolicy(Qt::NoFocus); // Delete does the same
    m_remove->setToolTip(tr("Take it away (Delete)"));
    m_remove->setAccessibleName(tr("Take %1 away").arg(name));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    row->addWidget(m_open);
    row->addWidget(m_remove);
    connect(m_open, &QToolButton::clicked, this, &AttachmentChip::openRequested);
    connect(m_remove, &QToolButton::clicked, this, &AttachmentChip::removeRequested);
    paintFrame();
    setReading();
}

void AttachmentChip::setReading()
{
    m_open->setIcon(themeIcon(QStringLiteral("attach")));
    showText(tr("reading…"));
}

void AttachmentChip::setAttachment(const Attachment &attachment)
{
    m_attachment = attachment;
    m_name = attachment.name;
    m_open->setIcon(themeIcon(attachmentIcon(attachment.kind)));
    showText(formatBytes(attachment.size));
    const QString facts = attachmentFacts(attachment);
    m_open->setToolTip(QStringLiteral("%1\n%2").arg(attachment.name, facts));
    m_open->setAccessibleName(tr("Attachment %1, %2").arg(attachment.name, facts));
    m_open->setAccessibleDescription(tr("Enter opens it, Delete takes it away"));
    m_remove->setAccessibleName(tr("Take %1 away").arg(attachment.name));
}

void AttachmentChip::setThumbnail(const QImage &thumbnail)
{
    if (!thumbnail.isNull())
        m_open->setIcon(QIcon(QPixmap::fromImage(thumbnail)));
}

void AttachmentChip::showText(const QString &facts)
{
    const QString name = m_open->fontMetrics().elidedText(m_name, Qt::ElideMiddle, longestName);
    // An ampersand would underline the letter behind it.
    m_open->setText(QStringLiteral("%1\n%2").arg(name, facts).replace(u'&', QStringLiteral("&&")));
    m_open->setAccessibleName(tr("Attachment %1, %2").arg(m_name, facts));
}

bool AttachmentChip::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        focusNextPrevChild(static_cast<QKeyEvent *>(event)->key() == Qt::Key_Right);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openRequested();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void AttachmentChip::paintFrame()
{
    QPalette colors;
    colors.setColor(QPalette::Window, themeColor(ThemeColor::AccentSoft, QGuiApplication::palette()));
    setPalette(colors);
}

void AttachmentChip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        paintFrame();
}

} // namespace diptych
