// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <utility>

namespace diptych {

/// Joins characters that were cut in two. Servers written in JavaScript cut their texts between UTF-16 units, so that
/// one piece ends in half a character and the next begins with the other half.
class HalfJoiner
{
public:
    /// Which text a piece belongs to: choice, and field or tool call of it.
    using Key = std::pair<int, int>;

    [[nodiscard]] bool concerns(const QString &piece) const
    {
        return !m_halves.isEmpty()
            || (!piece.isEmpty() && (piece.back().isHighSurrogate() || piece.front().isLowSurrogate()));
    }
    /// Puts the half that is waiting in front and takes off the one that the piece ends in. A half that stays alone
    /// becomes U+FFFD.
    void join(const Key &key, QString &piece);

private:
    QHash<Key, QChar> m_halves;
};

} // namespace diptych
