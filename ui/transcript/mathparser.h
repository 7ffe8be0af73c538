// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/mathbox.h"
#include "transcript/mathsymbols.h"

#include <optional>

namespace diptych {

/// Reads one LaTeX formula into a box of text; see mathText().
class MathParser
{
public:
    MathParser(const QString &latex, bool isDisplayed);

    /// Unset when the formula should better be shown as it is written.
    [[nodiscard]] std::optional<MathBox> parse();

private:
    struct Atom {
        MathBox box {};
        MathClass kind = MathClass::Ordinary;
    };
    using Row = std::vector<Atom>;
    using Rows = std::vector<std::vector<MathBox>>;

    // Reading:
    void skipSpace();
    [[nodiscard]] QChar peek();
    /// The name of the command that begins here, which is left alone; empty when there is none.
    [[nodiscard]] QString peekCommand() const;
    [[nodiscard]] QString takeCommand();
    [[nodiscard]] QString takeRawGroup();
    [[nodiscard]] QString takeOption(); ///< "[…]" as it is written
    [[nodiscard]] QString takeDelimiter();
    [[nodiscard]] bool endsRow();

    [[nodiscard]] MathBox row();
    [[nodiscard]] Rows rows();
    [[nodiscard]] MathBox argument();
    [[nodiscard]] Atom atom();
    [[nodiscard]] Atom command();
    /// Commands with arguments; unset when it is none of them.
    [[nodiscard]] std::optional<Atom> fraction(const QString &name);
    [[nodiscard]] std::optional<Atom> decoration(const QString &name);
    [[nodiscard]] std::optional<Atom> textual(const QString &name);
    [[nodiscard]] std::optional<Atom> arrangement(const QString &name);
    [[nodiscard]] MathBox root();
    [[nodiscard]] Atom fenced();
    [[nodiscard]] MathBox environment(const QString &name);
    [[nodiscard]] MathBox laidOut(const QString &name, const Rows &cells) const;
    [[nodiscard]] MathBox matrix(const Rows &cells, const QString &open, const QString &close) const;
    [[nodiscard]] Atom unknown(const QString &name);
    void addScripts(Atom &atom);
    [[nodiscard]] MathBox joined(const Row &row) const;
    [[nodiscard]] bool mayGoOn(const MathBox &box);

    QString m_text;
    qsizetype m_at = 0;
    bool m_isDisplayed = false;
    bool m_isBroken = false;
    int m_depth = 0;
    int m_scriptDepth = 0; ///< inside superior and inferior text: no spaces
};

} // namespace diptych
