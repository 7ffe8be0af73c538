// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/sessionbundle.h"

#include <QStringList>

#include <functional>

namespace diptych {

/// Who takes what is read.
struct SessionFileReader {
    /// A session that was read. A failure that is not InvalidRequest ends the reading.
    std::function<Result<void>(SessionBundle)> take {};
    /// Something that could not be read, with the name of its file and the place in it. Reading goes on.
    std::function<void(const QString &)> problem {};
    /// Told after each session: bytes of the file so far, and in all. False ends the reading.
    std::function<bool(qint64, qint64)> progress {};
};

/// Reads sessions from a file: our JSON; conversations.json of ChatGPT; an export of Open WebUI; a conversation of LM
/// Studio; or a ZIP archive in which one of these is. What it is shows in its content, not in its name.
/// Errors: Storage (can not be read), InvalidRequest (nothing of the kind in it), Cancelled, what `take` failed with.
[[nodiscard]] Result<void> readSessionFile(const QString &path, const SessionFileReader &reader);

} // namespace diptych
