// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace diptych {

/// Holds a file exclusively as long as it lives. The kernel lets go of it when the process ends, however it ends, so
/// that an abandoned lock can not be mistaken for a held one (a process id can).
class FileLock
{
public:
    explicit FileLock(QString path);
    ~FileLock(); ///< removes the file if it is held

    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

    /// Creates the file if needed. False when somebody else holds it for the whole `timeout`, and at once when the file
    /// can not be created.
    [[nodiscard]] bool tryLock(std::chrono::milliseconds timeout = std::chrono::milliseconds(0));
    [[nodiscard]] bool isLocked() const { return m_descriptor >= 0; }
    [[nodiscard]] const QString &path() const { return m_path; }
    void unlock();

private:
    enum class Attempt { Locked, Held, Impossible };
    [[nodiscard]] Attempt lockOnce();

    QString m_path;
    int m_descriptor = -1;
};

} // namespace diptych
