// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diptych {

/// The addresses that links of an answer are given by name, "[name]: https://…".
/// Source: CommonMark 0.31, section 4.7.
class LinkDefinitions
{
public:
    /// Notes what a block defines; its other lines are left alone.
    void note(const QString &markdown);
    /// All that was noted, as Markdown that shows nothing.
    [[nodiscard]] const QString &markdown() const { return m_markdown; }
    [[nodiscard]] bool isEmpty() const { return m_names.empty(); }
    [[nodiscard]] size_t count() const { return m_names.size(); }
    /// Whether a text names one of the definitions from number `from` on.
    [[nodiscard]] bool isUsedIn(const QString &text, size_t from) const;

private:
    /// Takes the definition that begins at a line; returns its number of lines, 0 if it is none.
    qsizetype take(const QStringList &lines, qsizetype at);

    QString m_markdown;
    std::vector<QString> m_names; ///< "[name]", in small letters
};

} // namespace diptych
