// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/attachmentbar.h"

#include "chat/attachmentchip.h"
#include "chat/attachmentpreview.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QScrollBar>

#include <algorithm>

namespace diptych {

AttachmentBar::AttachmentBar(QWidget *parent)
    : QScrollArea(parent)
    , m_loader(new AttachmentLoader(this))
    , m_row(new QHBoxLayout)
{
    setAccessibleName(tr("Attachments"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *place = new QWidget;
    auto *line = new QHBoxLayout(place);
    line->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(spacing::tight);
    line->addLayout(m_row);
    line->addStretch();
    place->installEventFilter(this);
    setWidget(place);
    connect(m_loader, &AttachmentLoader::loaded, this, &AttachmentBar::take);
    hide();
}

void AttachmentBar::addFiles(const QList<QUrl> &files)
{
    for (const QUrl &file : files) {
        const QString path = file.toLocalFile();
        const QString name = QFileInfo(path).fileName();
        if (!hasRoom(name))
            return;
        insertChip(++m_lastId, name);
        m_loader->readFile(m_lastId, path);
    }
}

void AttachmentBar::addPicture(const QImage &picture)
{
    const QString name = tr("pasted picture %1.png").arg(++m_pictures);
    if (!hasRoom(name))
        return;
    insertChip(++m_lastId, name);
    m_loader->readPicture(m_lastId, name, picture);
}

void AttachmentBar::setAttachments(const std::vector<Attachment> &attachments)
{
    while (!m_items.empty())
        remove(m_items.back().id);
    for (const Attachment &attachment : attachments)
        addAttachment(attachment);
    Q_EMIT changed();
}

void AttachmentBar::addAttachment(const Attachment &attachment)
{
    if (!hasRoom(attachment.name))
        return;
    insertChip(++m_lastId, attachment.name)->setAttachment(attachment);
    if (attachment.kind == Attachment::Kind::Picture)
        m_loader->makeThumbnail(m_lastId, attachment);
    Q_EMIT changed();
}

void AttachmentBar::clear()
{
    setAttachments({});
}

bool AttachmentBar::hasRoom(const QString &name)
{
    if (m_items.size() < static_cast<std::size_t>(attachmentlimits::count))
        return true;
    Q_EMIT refused(tr("%1 is one too many: a prompt takes %2 files.").arg(name).arg(attachmentlimits::count));
    return false;
}

AttachmentChip *AttachmentBar::insertChip(int id, const QString &name)
{
    auto *chip = new AttachmentChip(name, widget());
    m_items.push_back({.id = id, .chip = chip});
    m_row->addWidget(chip);
    connect(chip, &AttachmentChip::openRequested, this, [this, id] { open(id); });
    connect(chip, &AttachmentChip::removeRequested, this, [this, id] {
        const std::ptrdiff_t index = find(id) - m_items.begin();
        const std::optional<Attachment> taken = find(id)->chip->attachment();
        remove(id);
        // The keyboard goes on with the neighbour.
        if (m_items.empty())
            Q_EMIT emptied();
        else
            m_items[std::min(static_cast<std::size_t>(index), m_items.size() - 1)].chip->setFocus();
        Q_EMIT changed();
        if (taken)
            Q_EMIT removed(*taken);
    });
    chip->show();
    show();
    Q_EMIT changed();
    return chip;
}

std::vector<AttachmentBar::Item>::iterator AttachmentBar::find(int id)
{
    return std::find_if(m_items.begin(), m_items.end(), [id](const Item &item) { return item.id == id; });
}

void AttachmentBar::remove(int id)
{
    m_loader->stop(id);
    const auto item = find(id);
    if (item == m_items.end())
        return;
    m_row->removeWidget(item->chip);
    item->chip->hide();
    item->chip->deleteLater(); // its signal may be on the stack
    m_items.erase(item);
    setVisible(!m_items.empty());
}

void AttachmentBar::take(int id, const LoadedAttachment &loaded)
{
    const auto item = find(id);
    if (item == m_items.end())
        return;
    if (!loaded.attachment) {
        remove(id);
        Q_EMIT refused(loaded.attachment.error().message);
        Q_EMIT changed();
        return;
    }
    qint64 bytes = sentBytes(*loaded.attachment);
    for (const Item &other : m_items) {
        if (other.id != id && other.chip->attachment())
            bytes += sentBytes(*other.chip->attachment());
    }
    if (bytes > attachmentlimits::allBytes) {
        remove(id);
        Q_EMIT refused(tr("With %1 the prompt would be larger than 50 MB.").arg(loaded.attachment->name));
        Q_EMIT changed();
        return;
    }
    item->chip->setAttachment(*loaded.attachment);
    item->chip->setThumbnail(loaded.thumbnail);
    Q_EMIT changed();
}

void AttachmentBar::fitHeight()
{
    const bool scrolls = widget()->minimumSizeHint().width() > width();
    setFixedHeight(widget()->sizeHint().height() + (scrolls ? horizontalScrollBar()->sizeHint().height() : 0));
}

bool AttachmentBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize))
        fitHeight();
    return QScrollArea::eventFilter(watched, event);
}

void AttachmentBar::open(int id)
{
    const auto item = find(id);
    if (item == m_items.end() || !item->chip->attachment())
        return;
    auto *preview = new AttachmentPreview(*item->chip->attachment(), window());
    preview->setAttribute(Qt::WA_DeleteOnClose);
    preview->open();
}

bool AttachmentBar::isReading() const
{
    return std::any_of(m_items.begin(), m_items.end(), [](const Item &item) { return !item.chip->attachment(); });
}

std::vector<Attachment> AttachmentBar::attachments() const
{
    std::vector<Attachment> attachments;
    for (const Item &item : m_items) {
        if (item.chip->attachment())
            attachments.push_back(*item.chip->attachment());
    }
    return attachments;
}

} // namespace diptych
