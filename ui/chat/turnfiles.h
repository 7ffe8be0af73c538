// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/attachment.h"
#include "transcript/transcriptblock.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QUrl>

namespace diptych {

/// The files of a turn's prompt as lines of the transcript; their links are attachmentLink()s.
[[nodiscard]] std::vector<TranscriptFile> transcriptFiles(const Message &prompt, int turn);
/// What such a link names; unset for all others and when it is not there.
[[nodiscard]] std::optional<Attachment> linkedAttachment(const QUrl &link, const std::vector<Message> &prompts);
[[nodiscard]] bool isAttachmentLink(const QUrl &link);

/// Small pictures of attachments for the transcripts, made once for all panes, in the background.
class TurnPictures : public QObject
{
    Q_OBJECT
public:
    explicit TurnPictures(QObject *parent = nullptr);
    ~TurnPictures() override;

    /// Reports the pictures of a prompt, at once or when they are ready.
    void want(const Message &prompt);

Q_SIGNALS:
    void ready(const QString &name, const QImage &picture); ///< see TranscriptFile::picture

private:
    QCache<QString, QImage> m_pictures;
    QSet<QString> m_running;
    QThreadPool m_pool;
};

} // namespace diptych
