// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// How a symbol stands to its neighbours; decides the spaces.
enum class MathClass {
    Ordinary,
    Binary, ///< +, ×: spaces on both sides, unless it is a sign
    Relation, ///< =, ≤: spaces on both sides
    Open,
    Close,
    Punctuation, ///< a space behind it
    Function, ///< sin, lim: a space unless a parenthesis follows
    Large, ///< ∑, ∫
    Space,
};

struct MathSymbol {
    QString text {};
    MathClass kind = MathClass::Ordinary;
};

/// The symbol of a LaTeX command, named without its backslash; unset when it is not known.
[[nodiscard]] std::optional<MathSymbol> mathSymbol(const QString &command);
/// How a single character of a formula is shown.
[[nodiscard]] MathSymbol mathCharacter(QChar c);
/// The text in superior or inferior characters; unset when one of them does not exist.
[[nodiscard]] std::optional<QString> superscript(const QString &text);
[[nodiscard]] std::optional<QString> subscript(const QString &text);
/// Letters in the alphabet of a font command ("mathbb"); those that most fonts lack stay as they are.
[[nodiscard]] QString mathAlphabet(const QString &command, const QString &text);
/// The combining character of an accent command ("hat"); null for others.
[[nodiscard]] QChar mathAccent(const QString &command);
/// A fraction that has a character of its own, such as ½; empty for others.
[[nodiscard]] QString vulgarFraction(const QString &numerator, const QString &denominator);
/// The character for a crossed-out relation; empty when there is none.
[[nodiscard]] QString negated(const QString &relation);

} // namespace diptych
