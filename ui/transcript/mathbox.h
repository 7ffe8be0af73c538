// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace diptych {

/// A part of a formula as lines of text, put side by side with others along their base lines. In a fixed-width font the
/// columns of matrices stand below each other. Pure.
struct MathBox {
    QStringList lines {QString()};
    qsizetype base = 0; ///< the line that stands beside one-line neighbours

    static MathBox fromText(const QString &text) { return {.lines = {text}}; }
    [[nodiscard]] bool isTall() const { return lines.size() > 1; }
    [[nodiscard]] bool isEmpty() const { return lines.size() == 1 && lines.front().isEmpty(); }
    /// The text of one line; of several, they are joined by "; ".
    [[nodiscard]] QString text() const { return lines.join(QStringLiteral("; ")); }
    /// Columns of the widest line.
    [[nodiscard]] qsizetype width() const;
};

/// Columns that a text takes: characters without combining marks.
[[nodiscard]] qsizetype mathColumns(const QString &text);
/// Boxes from left to right.
[[nodiscard]] MathBox besideEachOther(const std::vector<MathBox> &boxes);
/// Boxes below each other, left edges together, the base in the middle.
[[nodiscard]] MathBox belowEachOther(const std::vector<MathBox> &boxes);

enum class ColumnAlign { Left, Center, RightLeft /**< in turns, for equations */ };
/// Rows of cells as a table without lines.
[[nodiscard]] MathBox mathTable(
    const std::vector<std::vector<MathBox>> &rows, ColumnAlign align, const QString &separator);
/// With delimiters as tall as the box; empty ones are left out.
[[nodiscard]] MathBox withDelimiters(const QString &open, const MathBox &box, const QString &close);

} // namespace diptych
