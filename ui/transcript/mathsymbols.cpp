// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathsymbols.h"

#include <QHash>

#include <map>

namespace diptych {

namespace {

/// "name text" pairs, as they are written below.
void addAll(QHash<QString, MathSymbol> &symbols, MathClass kind, const char16_t *pairs)
{
    const QStringList words = QString::fromUtf16(pairs).split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i + 1 < words.size(); i += 2)
        symbols.insert(words[i], {.text = words[i + 1], .kind = kind});
}

void addOrdinary(QHash<QString, MathSymbol> &symbols)
{
    addAll(symbols, MathClass::Ordinary,
        u"alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
        u"varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ "
        u"upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ "
        u"Upsilon Υ Phi Φ Psi Ψ Omega Ω digamma ϝ varGamma Γ varDelta Δ varPhi Φ varOmega Ω");
    addAll(symbols, MathClass::Ordinary,
        u"infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ forall ∀ exists ∃ nexists ∄ "
        u"emptyset ∅ varnothing ∅ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △ square □ Box □ "
        u"blacksquare ■ qed ∎ diamond ⋄ Diamond ◇ lozenge ◊ star ⋆ bigstar ★ clubsuit ♣ diamondsuit ♦ heartsuit ♥ "
        u"spadesuit ♠ flat ♭ natural ♮ sharp ♯ degree ° prime ′ dagger † ddagger ‡ ldots … dots … dotsc … dotsb ⋯ "
        u"cdots ⋯ vdots ⋮ ddots ⋱ imath ı jmath ȷ complement ∁ surd √ S § P ¶ copyright © pounds £ euro € yen ¥ "
        u"checkmark ✓ R ℝ C ℂ N ℕ Z ℤ Q ℚ lbrace { rbrace } | ‖ Vert ‖ vert | backslash \\ % % $ $ # # & & _ _ "
        u"therefore ∴ because ∵ AA Å aa å ss ß i ı j ȷ O Ø o ø");
}

void addOperators(QHash<QString, MathSymbol> &symbols)
{
    addAll(symbols, MathClass::Binary,
        u"pm ± mp ∓ times × div ÷ cdot · ast ∗ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ cap ∩ "
        u"cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ "
        u"bmod mod ltimes ⋉ rtimes ⋊ boxtimes ⊠ boxplus ⊞ barwedge ⊼ veebar ⊻");
    addAll(symbols, MathClass::Relation,
        u"leq ≤ le ≤ leqslant ⩽ geq ≥ ge ≥ geqslant ⩾ neq ≠ ne ≠ equiv ≡ approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ "
        u"propto ∝ varpropto ∝ ll ≪ gg ≫ lll ⋘ ggg ⋙ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ "
        u"supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ "
        u"nmid ∤ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ asymp ≍ doteq ≐ coloneqq ≔ "
        u"triangleq ≜ lesssim ≲ gtrsim ≳ bowtie ⋈ smile ⌣ frown ⌢ lt < gt > colon : nless ≮ ngtr ≯ nleq ≰ ngeq ≱");
    addAll(symbols, MathClass::Relation,
        u"to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ "
        u"implies ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ "
        u"Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ "
        u"downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ "
        u"rightharpoonup ⇀ rightleftharpoons ⇌ leftrightharpoons ⇋ rightrightarrows ⇉ leadsto ⇝ "
        u"rightsquigarrow ⇝ twoheadrightarrow ↠ upharpoonright ↾ nrightarrow ↛ nRightarrow ⇏ circlearrowleft ↺");
}

void addOthers(QHash<QString, MathSymbol> &symbols)
{
    addAll(symbols, MathClass::Large,
        u"sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ "
        u"bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆");
    addAll(symbols, MathClass::Open, u"langle ⟨ lfloor ⌊ lceil ⌈ lbrack [ lvert | lVert ‖ { { llbracket ⟦");
    addAll(symbols, MathClass::Close, u"rangle ⟩ rfloor ⌋ rceil ⌉ rbrack ] rvert | rVert ‖ } } rrbracket ⟧");
    for (const char *name : {"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin",
             "arccos", "arctan", "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker",
             "deg", "gcd", "lcm", "arg", "hom", "Pr", "argmax", "argmin"})
        symbols.insert(QLatin1String(name), {.text = QLatin1String(name), .kind = MathClass::Function});
    symbols.insert(QStringLiteral("limsup"), {.text = QStringLiteral("lim sup"), .kind = MathClass::Function});
    symbols.insert(QStringLiteral("liminf"), {.text = QStringLiteral("lim inf"), .kind = MathClass::Function});
    for (const char *name : {",", ";", ":", ">", " ", "enspace", "thinspace", "medspace", "thickspace", "space"})
        symbols.insert(QLatin1String(name), {.text = QStringLiteral(" "), .kind = MathClass::Space});
    symbols.insert(QStringLiteral("quad"), {.text = QStringLiteral("  "), .kind = MathClass::Space});
    symbols.insert(QStringLiteral("qquad"), {.text = QStringLiteral("    "), .kind = MathClass::Space});
}

const QHash<QString, MathSymbol> &allSymbols()
{
    static const QHash<QString, MathSymbol> symbols = [] {
        QHash<QString, MathSymbol> all;
        addOrdinary(all);
        addOperators(all);
        addOthers(all);
        return all;
    }();
    return symbols;
}

std::optional<QString> mapped(const QString &text, QStringView from, QStringView to)
{
    QString result;
    for (const QChar c : text) {
        if (c == u' ')
            continue;
        const qsizetype index = from.indexOf(c);
        if (index < 0)
            return {};
        result += to[index];
    }
    return result;
}

} // namespace

std::optional<MathSymbol> mathSymbol(const QString &command)
{
    const auto found = allSymbols().find(command);
    return found == allSymbols().end() ? std::nullopt : std::optional<MathSymbol>(*found);
}

MathSymbol mathCharacter(QChar c)
{
    switch (c.unicode()) {
    case u'-':
        return {.text = QStringLiteral("−"), .kind = MathClass::Binary};
    case u'*':
        return {.text = QStringLiteral("∗"), .kind = MathClass::Binary};
    case u'+':
    case u'×':
    case u'·':
    case u'±':
        return {.text = c, .kind = MathClass::Binary};
    case u'=':
    case u'<':
    case u'>':
    case u'≤':
    case u'≥':
    case u'≠':
    case u'≈':
    case u'→':
    case u':':
        return {.text = c, .kind = MathClass::Relation};
    case u'(':
    case u'[':
        return {.text = c, .kind = MathClass::Open};
    case u')':
    case u']':
    case u'!':
        return {.text = c, .kind = MathClass::Close};
    case u',':
    case u';':
        return {.text = c, .kind = MathClass::Punctuation};
    case u'~':
        return {.text = QStringLiteral(" "), .kind = MathClass::Space};
    default:
        return {.text = c};
    }
}

std::optional<QString> superscript(const QString &text)
{
    static constexpr QStringView from = u"0123456789+−=(),abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθϕφχ∘′∗†⊤";
    static constexpr QStringView to = u"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾,ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶲᵠᵡ°′*†ᵀ";
    static_assert(from.size() == to.size());
    return mapped(text, from, to);
}

std::optional<QString> subscript(const QString &text)
{
    static constexpr QStringView from = u"0123456789+−=(),aehijklmnoprstuvxβγρϕφχ";
    static constexpr QStringView to = u"₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎,ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ";
    static_assert(from.size() == to.size());
    return mapped(text, from, to);
}

QString mathAlphabet(const QString &command, const QString &text)
{
    static const std::map<QString, std::pair<QStringView, QStringView>> alphabets {
        {QStringLiteral("mathbb"), {u"CHNPQRZ", u"ℂℍℕℙℚℝℤ"}},
        {QStringLiteral("mathcal"), {u"BEFHILMRego", u"ℬℰℱℋℐℒℳℛℯℊℴ"}},
        {QStringLiteral("mathscr"), {u"BEFHILMRego", u"ℬℰℱℋℐℒℳℛℯℊℴ"}},
        {QStringLiteral("mathfrak"), {u"CHIRZ", u"ℭℌℑℜℨ"}}};
    const auto alphabet = alphabets.find(command);
    QString result;
    for (const QChar c : text) {
        const qsizetype index = alphabet == alphabets.end() ? -1 : alphabet->second.first.indexOf(c);
        const bool isDoubleStruck = command == u"mathbb" && (c == u'1' || (c >= u'A' && c <= u'Z'));
        if (index >= 0)
            result += alphabet->second.second[index];
        else if (isDoubleStruck)
            result += QString::fromUcs4(
                std::array<char32_t, 1> {char32_t(c == u'1' ? 0x1D7D9 : 0x1D538 + c.unicode() - u'A')}.data(), 1);
        else
            result += c;
    }
    return result;
}

QChar mathAccent(const QString &command)
{
    static const std::map<QString, char16_t> accents {{QStringLiteral("hat"), 0x0302},
        {QStringLiteral("check"), 0x030C}, {QStringLiteral("tilde"), 0x0303}, {QStringLiteral("bar"), 0x0304},
        {QStringLiteral("dot"), 0x0307}, {QStringLiteral("ddot"), 0x0308}, {QStringLiteral("vec"), 0x20D7},
        {QStringLiteral("breve"), 0x0306}, {QStringLiteral("acute"), 0x0301}, {QStringLiteral("grave"), 0x0300},
        {QStringLiteral("mathring"), 0x030A}, {QStringLiteral("widehat"), 0x0302},
        {QStringLiteral("widetilde"), 0x0303}, {QStringLiteral("overline"), 0x0305},
        {QStringLiteral("underline"), 0x0332}, {QStringLiteral("overrightarrow"), 0x20D7},
        {QStringLiteral("cancel"), 0x0336}, {QStringLiteral("not"), 0x0338}};
    const auto found = accents.find(command);
    return found == accents.end() ? QChar() : QChar(found->second);
}

QString vulgarFraction(const QString &numerator, const QString &denominator)
{
    static const std::map<std::pair<QString, QString>, QString> known {
        {{QStringLiteral("1"), QStringLiteral("2")}, QStringLiteral("½")},
        {{QStringLiteral("1"), QStringLiteral("3")}, QStringLiteral("⅓")},
        {{QStringLiteral("2"), QStringLiteral("3")}, QStringLiteral("⅔")},
        {{QStringLiteral("1"), QStringLiteral("4")}, QStringLiteral("¼")},
        {{QStringLiteral("3"), QStringLiteral("4")}, QStringLiteral("¾")},
        {{QStringLiteral("1"), QStringLiteral("5")}, QStringLiteral("⅕")},
        {{QStringLiteral("1"), QStringLiteral("6")}, QStringLiteral("⅙")},
        {{QStringLiteral("1"), QStringLiteral("8")}, QStringLiteral("⅛")}};
    const auto found = known.find({numerator, denominator});
    return found == known.end() ? QString() : found->second;
}

QString negated(const QString &relation)
{
    static constexpr QStringView from = u"=∈∋⊂⊃⊆⊇≡∼≈≅<>≤≥∃∣∥→⇒";
    static constexpr QStringView to = u"≠∉∌⊄⊅⊈⊉≢≁≉≇≮≯≰≱∄∤∦↛⇏";
    static_assert(from.size() == to.size());
    const qsizetype index = relation.size() == 1 ? from.indexOf(relation.front()) : -1;
    return index < 0 ? QString() : QString(to[index]);
}

} // namespace diptych
