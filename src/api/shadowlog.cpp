// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/shadowlog.h"

#include <algorithm>

namespace diptych {

const ShadowPair *ShadowLog::find(quint64 id) const
{
    const auto found =
        std::find_if(m_pairs.begin(), m_pairs.end(), [id](const ShadowPair &pair) { return pair.id == id; });
    return found == m_pairs.end() ? nullptr : &*found;
}

ShadowPair *ShadowLog::mutableFind(quint64 id)
{
    return const_cast<ShadowPair *>(find(id));
}

quint64 ShadowLog::add(ShadowPair pair)
{
    pair.id = ++m_last;
    m_pairs.push_back(std::move(pair));
    if (m_pairs.size() > most)
        m_pairs.pop_front();
    Q_EMIT changed(m_last);
    return m_last;
}

void ShadowLog::clear()
{
    m_pairs.clear();
    Q_EMIT changed(0);
}

} // namespace diptych
