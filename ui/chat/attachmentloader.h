// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/attachment.h"

#include <QImage>
#include <QThreadPool>

#include <atomic>
#include <map>
#include <memory>

namespace diptych {

/// A file that was read, with a small picture of it where there is one.
struct LoadedAttachment {
    Result<Attachment> attachment {};
    QImage thumbnail {};
};

/// Reads files in the background, each under a number of the caller's. Destroying it stops what is under way.
class AttachmentLoader : public QObject
{
    Q_OBJECT
public:
    explicit AttachmentLoader(QObject *parent = nullptr);
    ~AttachmentLoader() override;

    void readFile(int id, const QString &path);
    void readPicture(int id, const QString &name, const QImage &picture); ///< from the clipboard; becomes a PNG
    void makeThumbnail(int id, const Attachment &attachment); ///< of one that is read already
    void stop(int id); ///< nothing is reported of it any more

Q_SIGNALS:
    void loaded(int id, const diptych::LoadedAttachment &loaded);

private:
    using Stop = std::shared_ptr<std::atomic_bool>;
    void start(int id, std::function<LoadedAttachment(const Stop &)> work);

    QThreadPool m_pool;
    std::map<int, Stop> m_running;
};

} // namespace diptych
