// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/halfjoiner.h"

#include "providers/common/jsontext.h"

namespace diptych {

void HalfJoiner::join(const Key &key, QString &piece)
{
    if (piece.isEmpty())
        return;
    if (const QChar half = m_halves.take(key); !half.isNull())
        piece.prepend(half);
    if (piece.back().isHighSurrogate()) {
        m_halves.insert(key, piece.back());
        piece.chop(1);
    }
    piece = repairedText(piece);
}

} // namespace diptych
