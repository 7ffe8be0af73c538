// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/randomkey.h"

#include <QRandomGenerator>

#include <vector>

namespace diptych {

Secret randomKey(int byteCount)
{
    std::vector<quint32> words(static_cast<std::size_t>(byteCount) / sizeof(quint32));
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return Secret(QByteArray(reinterpret_cast<const char *>(words.data()), byteCount).toHex());
}

} // namespace diptych
