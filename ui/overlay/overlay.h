// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace diptych {

/// What is laid over the answers of a comparison.
enum class Overlay {
    Plain, ///< nothing: Markdown set in type
    Diff, ///< what differs from the baseline pane's answer
    Logprobs, ///< how likely each token was
    Raw, ///< the text as characters, and the message as JSON
};

/// As kept in Session::view: plain, diff, logprobs, raw.
[[nodiscard]] QString overlayName(Overlay overlay);
/// Plain for anything unknown.
[[nodiscard]] Overlay overlayFromName(const QString &name);

/// One answer of a comparison: a pane's to a turn, which is an index into Session::turns.
struct AnswerKey {
    QString paneId {};
    int turn = -1;
    bool operator==(const AnswerKey &) const = default;
};

inline size_t qHash(const AnswerKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.paneId, key.turn);
}

} // namespace diptych
