// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/attachmentloader.h"

#include "chat/thumbnail.h"

#include <QBuffer>
#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace diptych {

namespace {

constexpr int threads = 2;
constexpr QSize thumbnailSize {96, 96}; // pixels, enough for screens of double density

LoadedAttachment withThumbnail(Result<Attachment> attachment)
{
    LoadedAttachment loaded {.attachment = std::move(attachment)};
    if (loaded.attachment && loaded.attachment->kind == Attachment::Kind::Picture)
        loaded.thumbnail = thumbnailOf(contentOf(*loaded.attachment), thumbnailSize);
    return loaded;
}

} // namespace

AttachmentLoader::AttachmentLoader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(threads);
}

AttachmentLoader::~AttachmentLoader()
{
    for (const auto &[id, stop] : m_running)
        *stop = true;
    m_pool.clear();
    m_pool.waitForDone();
}

void AttachmentLoader::readFile(int id, const QString &path)
{
    start(
        id, [path](const Stop &stop) { return withThumbnail(readAttachment(path, [stop] { return stop->load(); })); });
}

void AttachmentLoader::readPicture(int id, const QString &name, const QImage &picture)
{
    start(id, [name, picture](const Stop &) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        picture.save(&buffer, "PNG");
        return withThumbnail(attachmentFromBytes(name, png));
    });
}

void AttachmentLoader::makeThumbnail(int id, const Attachment &attachment)
{
    start(id, [attachment](const Stop &) { return withThumbnail(attachment); });
}

void AttachmentLoader::stop(int id)
{
    const auto running = m_running.find(id);
    if (running == m_running.end())
        return;
    *running->second = true;
    m_running.erase(running);
}

void AttachmentLoader::start(int id, std::function<LoadedAttachment(const Stop &)> work)
{
    const auto stop = std::make_shared<std::atomic_bool>(false);
    m_running.insert_or_assign(id, stop);
    auto *watcher = new QFutureWatcher<LoadedAttachment>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id, stop] {
        watcher->deleteLater();
        if (*stop || watcher->future().resultCount() == 0)
            return;
        m_running.erase(id);
        Q_EMIT loaded(id, watcher->result());
    });
    watcher->setFuture(QtConcurrent::run(&m_pool, [work = std::move(work), stop] { return work(stop); }));
}

} // namespace diptych
