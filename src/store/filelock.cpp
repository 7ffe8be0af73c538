// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filelock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych {

FileLock::FileLock(QString path)
    : m_path(std::move(path))
{
}

FileLock::~FileLock()
{
    unlock();
}

FileLock::Attempt FileLock::lockOnce()
{
    const QByteArray name = QFile::encodeName(m_path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return Attempt::Impossible;
    struct stat held = {};
    struct stat named = {};
    // The holder removes the file before it lets go: what was opened here may no longer be what the name stands for.
    const bool isMine = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &held) == 0
        && ::stat(name.constData(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    if (!isMine) {
        ::close(descriptor);
        return Attempt::Held;
    }
    m_descriptor = descriptor;
    return Attempt::Locked;
}

bool FileLock::tryLock(std::chrono::milliseconds timeout)
{
    if (isLocked())
        return true;
    QElapsedTimer clock;
    clock.start();
    Attempt attempt = lockOnce();
    while (attempt == Attempt::Held && clock.elapsed() < timeout.count()) {
        QThread::msleep(5);
        attempt = lockOnce();
    }
    return attempt == Attempt::Locked;
}

void FileLock::unlock()
{
    if (!isLocked())
        return;
    ::unlink(QFile::encodeName(m_path).constData());
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace diptych
