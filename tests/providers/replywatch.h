// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

namespace diptych::test {

/// Counts what a chat reply emits, also after it is gone.
struct ReplyWatch {
    explicit ReplyWatch(ChatReply *reply);
    int deltas = 0;
    int finished = 0;
    int attempts = 0;
    QString text {};
    QObject context {}; // last: its connections go first
};

/// What went wrong, to be printed by a failing test; empty when nothing did.
[[nodiscard]] QByteArray problem(const Reply &reply);
/// False when the reply did not finish within five seconds.
[[nodiscard]] bool waitFor(Reply &reply);

} // namespace diptych::test
