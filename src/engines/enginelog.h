// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <deque>

namespace diptych {

/// The last lines that a program wrote, safe to be shown: without control characters, in bounded memory.
class EngineLog
{
public:
    static constexpr int maxLines = 1'000;
    static constexpr int maxLineLength = 2'000; ///< bytes; what is longer is broken

    /// Takes bytes as they come; gives the lines that became complete.
    [[nodiscard]] QStringList append(const QByteArray &bytes);
    /// What is left without an end of line becomes a line.
    [[nodiscard]] QStringList flush();
    void clear();

    [[nodiscard]] const std::deque<QString> &lines() const { return m_lines; }
    [[nodiscard]] QStringList tail(int count) const;

private:
    void take(const QByteArray &line, QStringList &complete);

    QByteArray m_rest;
    std::deque<QString> m_lines;
};

} // namespace diptych
