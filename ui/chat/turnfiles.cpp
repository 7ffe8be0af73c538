// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/turnfiles.h"

#include "chat/attachmenttext.h"
#include "chat/thumbnail.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace diptych {

namespace {

constexpr QSize box {200, 120}; // pixels of a small picture in the transcript
constexpr int sharpness = 2; // for screens of double density
constexpr int mostBytes = 32 * 1024 * 1024; // of the pictures that are kept

QString scheme()
{
    return QStringLiteral("attachment");
}

/// The same file has the same picture, whichever turn it is in. Empty: nothing to be drawn.
QString pictureName(const Attachment &attachment)
{
    const auto *image = std::get_if<ImagePart>(&attachment.part);
    return image && attachment.pixels.isValid()
        ? QStringLiteral("%1-%2").arg(qHash(image->url), 0, 16).arg(image->url.size())
        : QString();
}

} // namespace

std::vector<TranscriptFile> transcriptFiles(const Message &prompt, int turn)
{
    std::vector<TranscriptFile> files;
    int index = 0;
    for (const Attachment &attachment : attachmentsOf(prompt)) {
        QSize size = attachment.pixels;
        if (size.width() > box.width() || size.height() > box.height())
            size = size.scaled(box, Qt::KeepAspectRatio).expandedTo({1, 1});
        files.push_back({.label = QStringLiteral("%1 (%2)").arg(attachment.name, attachmentFacts(attachment)),
            .link = QStringLiteral("%1:%2/%3").arg(scheme()).arg(turn).arg(index++),
            .picture = pictureName(attachment),
            .pictureSize = size});
    }
    return files;
}

bool isAttachmentLink(const QUrl &link)
{
    return link.scheme() == scheme();
}

std::optional<Attachment> linkedAttachment(const QUrl &link, const std::vector<Message> &prompts)
{
    const QStringList numbers = link.path().split(u'/');
    if (!isAttachmentLink(link) || numbers.size() != 2)
        return std::nullopt;
    bool isNumber = false;
    const std::size_t turn = numbers.front().toUInt(&isNumber);
    if (!isNumber || turn >= prompts.size())
        return std::nullopt;
    const std::vector<Attachment> attachments = attachmentsOf(prompts[turn]);
    const std::size_t index = numbers.back().toUInt(&isNumber);
    return isNumber && index < attachments.size() ? std::optional(attachments[index]) : std::nullopt;
}

TurnPictures::TurnPictures(QObject *parent)
    : QObject(parent)
    , m_pictures(mostBytes)
{
    m_pool.setMaxThreadCount(1);
}

TurnPictures::~TurnPictures()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void TurnPictures::want(const Message &prompt)
{
    for (const Attachment &attachment : attachmentsOf(prompt)) {
        const QString name = pictureName(attachment);
        if (name.isEmpty() || m_running.contains(name))
            continue;
        if (const QImage *known = m_pictures.object(name)) {
            Q_EMIT ready(name, *known);
            continue;
        }
        m_running.insert(name);
        auto *watcher = new QFutureWatcher<QImage>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, name] {
            watcher->deleteLater();
            m_running.remove(name);
            if (watcher->future().resultCount() == 0 || watcher->result().isNull())
                return; // the line below the prompt says what it is
            const QImage picture = watcher->result();
            m_pictures.insert(name, new QImage(picture), static_cast<int>(picture.sizeInBytes()));
            Q_EMIT ready(name, picture);
        });
        watcher->setFuture(
            QtConcurrent::run(&m_pool, [attachment] { return thumbnailOf(contentOf(attachment), box * sharpness); }));
    }
}

} // namespace diptych
