// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/mathspans.h"

#include <map>
#include <optional>
#include <set>

namespace diptych {

/// Finds the formulas in Markdown; see MathSpans for the rules. The work grows with the length only, whatever stands
/// there.
class MathScanner
{
public:
    struct Found {
        qsizetype from = 0;
        qsizetype to = 0; ///< behind the closing delimiter
        MathSpan span {};
    };

    explicit MathScanner(const QString &markdown);
    [[nodiscard]] std::optional<Found> next();

    /// The delimiter that closes the displayed formula which begins with this line and goes on in the next; empty when
    /// none does.
    [[nodiscard]] static QStringView openDelimiter(QStringView line);
    /// Whether what stands between single dollars is a formula rather than prose with two prices.
    [[nodiscard]] static bool looksLikeFormula(QStringView content);

private:
    void beginLine();
    void skipFence(QStringView fence);
    void skipCode();
    [[nodiscard]] std::optional<Found> dollars();
    [[nodiscard]] std::optional<Found> brackets();
    [[nodiscard]] Found found(qsizetype end, qsizetype delimiter, bool isDisplayed) const;
    [[nodiscard]] bool isPlausible(qsizetype end, bool isInTable) const;
    /// Where the paragraph ends that `m_at` is in.
    [[nodiscard]] qsizetype paragraphEnd();
    /// The first place from `from` on where `delimiter` stands, not escaped; -1 if there is none.
    [[nodiscard]] qsizetype closing(QStringView delimiter, qsizetype from);
    [[nodiscard]] qsizetype lineEnd(qsizetype at) const;
    [[nodiscard]] QStringView text(qsizetype from, qsizetype to) const
    {
        return QStringView(m_text).mid(from, to - from);
    }

    QString m_text;
    qsizetype m_at = 0;
    qsizetype m_lineStart = -1; ///< of the line that was looked at last
    bool m_isInTable = false; ///< the line begins with a bar
    qsizetype m_paragraphEnd = -1;
    std::map<QString, qsizetype> m_closings; ///< what closing() found last
    std::map<qsizetype, std::set<qsizetype>> m_backticks; ///< where runs begin, by their length
};

} // namespace diptych
