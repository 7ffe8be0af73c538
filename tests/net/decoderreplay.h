// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace diptych {

/// All the ways in which the tests cut a stream: whole, at every byte into two, and byte by byte.
inline std::vector<std::vector<QByteArray>> cuts(const QByteArray &stream)
{
    std::vector<std::vector<QByteArray>> result {{stream}};
    for (qsizetype at = 1; at < stream.size(); ++at)
        result.push_back({stream.left(at), stream.mid(at)});
    std::vector<QByteArray> bytes;
    for (const char byte : stream)
        bytes.emplace_back(1, byte);
    result.push_back(bytes);
    return result;
}

} // namespace diptych
