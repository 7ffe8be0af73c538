// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prompthistory.h"

namespace diptych {

namespace {

constexpr qsizetype most = 200;

} // namespace

void PromptHistory::setEntries(const QStringList &entries)
{
    m_entries.clear();
    m_index = -1;
    for (const QString &entry : entries)
        add(entry);
}

void PromptHistory::add(const QString &text)
{
    m_index = -1;
    if (text.trimmed().isEmpty())
        return;
    m_entries.removeAll(text);
    m_entries.append(text);
    if (m_entries.size() > most)
        m_entries.removeFirst();
}

std::optional<QString> PromptHistory::older(const QString &shown)
{
    if (!isShowing(shown)) {
        m_written = shown;
        m_index = m_entries.size();
    }
    if (m_index == 0)
        return std::nullopt;
    --m_index;
    // What is written already may be the newest entry itself.
    if (m_entries.at(m_index) == shown && m_index > 0)
        --m_index;
    return m_entries.at(m_index);
}

std::optional<QString> PromptHistory::newer(const QString &shown)
{
    if (!isShowing(shown))
        return std::nullopt;
    ++m_index;
    if (m_index < m_entries.size())
        return m_entries.at(m_index);
    m_index = -1;
    return m_written;
}

bool PromptHistory::isShowing(const QString &shown) const
{
    return m_index >= 0 && m_index < m_entries.size() && m_entries.at(m_index) == shown;
}

} // namespace diptych
