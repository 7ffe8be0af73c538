// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/mathtext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace diptych;

class TestMathText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFormulas_data();
    void readsFormulas();
    void setsRowsBelowEachOther_data();
    void setsRowsBelowEachOther();
    void leavesWhatIsBroken_data();
    void leavesWhatIsBroken();
    void hostileFormulasCostLittle_data();
    void hostileFormulasCostLittle();
};

namespace {

struct Sample {
    const char *latex;
    const char *text;
};

constexpr Sample samples[] {
    // Letters, numbers, spaces
    {"x", "x"},
    {"x  y", "xy"},
    {"3.14", "3.14"},
    {"\\alpha\\beta \\Gamma", "αβΓ"},
    {"a\\,b\\;c\\quad d", "a b c  d"},
    {"a~b", "a b"},
    {"\\ell_2", "ℓ₂"},
    {"\\infty", "∞"},
    {"50\\%", "50%"},
    {"\\$5", "$5"},
    {"\\{a\\}", "{a}"},
    {"", ""},
    {"中 + 文", "中 + 文"},
    // Operators, signs, relations
    {"a+b", "a + b"},
    {"a-b", "a − b"},
    {"-b", "−b"},
    {"a=-b", "a = −b"},
    {"(-1)^n", "(−1)ⁿ"},
    {"a\\cdot b\\times c", "a · b × c"},
    {"\\pm 1", "±1"},
    {"x\\leq y\\neq z", "x ≤ y ≠ z"},
    {"a := b", "a := b"},
    {"A \\implies B \\iff C", "A ⟹ B ⟺ C"},
    {"x \\in \\mathbb{R}", "x ∈ ℝ"},
    {"f: X \\to Y", "f : X → Y"},
    {"x \\not\\in A \\not= B", "x ∉ A ≠ B"},
    {"\\forall x \\exists y", "∀x∃y"},
    {"f(x, y)", "f(x, y)"},
    {"n!", "n!"},
    {"|x|", "|x|"},
    {"\\|v\\|", "‖v‖"},
    {"f'(x) + f''", "f′(x) + f″"},
    // Scripts
    {"x^2", "x²"},
    {"x_1", "x₁"},
    {"x_i^2", "xᵢ²"},
    {"x^2_i", "xᵢ²"},
    {"x^{10}", "x¹⁰"},
    {"e^{i\\pi}", "e^(iπ)"},
    {"e^{-x}", "e⁻ˣ"},
    {"e^{-x^2}", "e^(−x²)"},
    {"2^{n+1}", "2ⁿ⁺¹"},
    {"a_{i,j}", "aᵢ,ⱼ"},
    {"W^\\top x", "Wᵀx"},
    {"x_{\\max}", "xₘₐₓ"},
    {"x^\\infty", "x^∞"},
    {"A^T A^{-1}", "AᵀA⁻¹"},
    {"90^\\circ", "90°"},
    {"90^{\\circ}\\text{C}", "90°C"},
    {"x^*", "x*"},
    {"{}^{14}C", "¹⁴C"},
    {"_2F_1", "₂F₁"},
    {"{x_1}^2", "x₁²"},
    {"H_2O", "H₂O"},
    // Fractions, roots, binomials
    {"\\frac{1}{2}", "½"},
    {"\\frac12", "½"},
    {"\\frac{a}{b}", "a/b"},
    {"\\frac{a+b}{c}", "(a + b)/c"},
    {"\\frac{a}{b+c}", "a/(b + c)"},
    {"\\frac{1}{2a}", "1/(2a)"},
    {"\\frac{dy}{dx}", "dy/dx"},
    {"\\frac{\\partial f}{\\partial x}", "∂f/∂x"},
    {"\\dfrac{x^2}{y^2}", "x²/y²"},
    {"\\frac{22}{7}", "22/7"},
    {"\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"},
    {"\\frac{\\sqrt{\\pi}}{2}", "√π/2"},
    {"\\frac{\\frac{a}{b}}{c}", "(a/b)/c"},
    {"\\sqrt2", "√2"},
    {"\\sqrt{x+1}", "√(x + 1)"},
    {"\\sqrt[3]{x}", "∛x"},
    {"\\sqrt[n]{x}", "ⁿ√x"},
    {"\\binom{n}{k}", "(n choose k)"},
    // Sums, integrals, limits, functions
    {"\\sum_{i=1}^{n} i^2", "∑ᵢ₌₁ⁿ i²"},
    {"\\sum\\limits_{k=0}^\\infty a_k", "∑ₖ₌₀^∞ aₖ"},
    {"\\int_0^1 x\\,dx", "∫₀¹ x dx"},
    {"\\lim_{x \\to 0} \\frac{\\sin x}{x}", "lim_(x→0) (sin x)/x"},
    {"\\sin^2\\theta+\\cos^2\\theta=1", "sin² θ + cos² θ = 1"},
    {"\\log(x)", "log(x)"},
    {"y\\log p", "y log p"},
    {"-\\sin x", "−sin x"},
    {"-\\sum_i \\left[y_i\\right]", "−∑ᵢ [yᵢ]"},
    {"\\ln x", "ln x"},
    {"\\operatorname{softmax}(z)", "softmax(z)"},
    {"\\arg\\max_\\theta L", "arg max_θ L"},
    {"a \\bmod b", "a mod b"},
    {"a \\equiv b \\pmod{n}", "a ≡ b (mod n)"},
    // Text, fonts, accents
    {"x \\text{ if } y", "x if y"},
    {"\\text{rate} = 5\\%", "rate = 5%"},
    {"\\mathrm{d}x", "dx"},
    {"\\mathbf{v}\\cdot\\vec{w}", "v · w\u20d7"},
    {"\\hat{y}", "y\u0302"},
    {"\\bar x", "x\u0304"},
    {"\\overline{AB}", "A\u0305B\u0305"},
    {"\\widehat{abc}", "hat(abc)"},
    {"\\mathcal{L}(\\theta)", "ℒ(θ)"},
    {"\\mathbb{E}[X]", "𝔼[X]"},
    // Delimiters
    {"\\left(\\frac{a}{b}\\right)^2", "(a/b)²"},
    {"\\left[0, 1\\right)", "[0, 1)"},
    {"\\left.x\\right|_0", "x|₀"},
    {"\\langle u, v\\rangle", "⟨u, v⟩"},
    {"\\lfloor x \\rfloor", "⌊x⌋"},
    {"\\bigl(x\\bigr)", "(x)"},
    {"P\\left(A \\middle| B\\right)", "P(A | B)"},
    // Arrangements on one line
    {"\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}", "(a, b; c, d)"},
    {"\\begin{bmatrix}1\\\\2\\end{bmatrix}", "[1; 2]"},
    {"\\begin{cases} 1 & x>0 \\\\ 0 & \\text{otherwise} \\end{cases}", "{1 x > 0; 0 otherwise"},
    {"a &= b \\\\ &= c", "a = b; = c"},
    {"\\sum_{\\substack{i<n\\\\j<m}} x", "∑_(i<n, j<m) x"},
    // Others
    {"\\boxed{42}", "[42]"},
    {"\\underbrace{a+b}_{n}", "a + bₙ"},
    {"A \\xrightarrow{f} B", "A ─f→ B"},
    {"\\textcolor{red}{x}", "x"},
    {"x \\label{eq:1}", "x"},
    {"\\displaystyle x", "x"},
    // Unknown: as it is written
    {"\\foo", "\\foo"},
    {"\\foo{x^2} + 1", "\\foo{x²} + 1"},
    {"\\ce{H2O}", "\\ce{H2O}"},
};

} // namespace

void TestMathText::readsFormulas_data()
{
    QTest::addColumn<QString>("latex");
    QTest::addColumn<QString>("text");
    for (const Sample &sample : samples)
        QTest::newRow(sample.latex) << QString::fromUtf8(sample.latex) << QString::fromUtf8(sample.text);
}

void TestMathText::readsFormulas()
{
    QFETCH(QString, latex);
    QFETCH(QString, text);
    QCOMPARE(mathText(latex, false), text);
}

void TestMathText::setsRowsBelowEachOther_data()
{
    QTest::addColumn<QString>("latex");
    QTest::addColumn<QString>("text");
    QTest::newRow("matrix") << QStringLiteral("A = \\begin{pmatrix} a & 10 \\\\ 100 & d \\end{pmatrix}")
                            << QString::fromUtf8("A = ⎛ a   10⎞\n    ⎝100  d ⎠");
    QTest::newRow("cases") << QStringLiteral(
        "f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ -1 & \\text{else} \\end{cases}")
                           << QString::fromUtf8("f(x) = ⎧1   if x > 0\n       ⎩−1  else");
    QTest::newRow("three rows") << QStringLiteral("\\left[\\begin{matrix} 1 \\\\ 2 \\\\ 3 \\end{matrix}\\right]^T x")
                                << QString::fromUtf8("⎡1⎤ᵀ\n⎢2⎥ x\n⎣3⎦");
    QTest::newRow("equations") << QStringLiteral("\\begin{aligned} x + y &= 3 \\\\ x &= 1 \\end{aligned}")
                               << QString::fromUtf8("x + y = 3\n    x = 1");
    QTest::newRow("without environment") << QStringLiteral("a = b \\\\ c = d") << QStringLiteral("a = b\nc = d");
    QTest::newRow("too wide for rows") << QStringLiteral(
        "R = \\begin{pmatrix} a \\\\ b \\end{pmatrix} + \\text{some words that make the formula wide}")
                                       << QStringLiteral("R = (a; b) + some words that make the formula wide");
    QTest::newRow("one line") << QStringLiteral("E = mc^2") << QString::fromUtf8("E = mc²");
    QTest::newRow("matrix in a script stays small")
        << QStringLiteral("x^{\\begin{matrix}1\\\\2\\end{matrix}}") << QStringLiteral("x^(1; 2)");
}

void TestMathText::setsRowsBelowEachOther()
{
    QFETCH(QString, latex);
    QFETCH(QString, text);
    QCOMPARE(mathText(latex, true), text);
}

void TestMathText::leavesWhatIsBroken_data()
{
    QTest::addColumn<QString>("latex");
    for (const char *latex : {"{", "}", "\\frac{a}", "\\frac", "x^", "x_{", "\\left(x", "\\right)",
             "\\begin{pmatrix} a", "\\end{pmatrix}", "\\begin{pmatrix} a \\end{bmatrix}", "\\", "\\text{", "\\sqrt",
             "a } b", "\\hat", "\\begin", "\\left\\foo x \\right)"})
        QTest::newRow(latex) << QString::fromLatin1(latex);
    QTest::newRow("too deep") << QString(QStringLiteral("{").repeated(200) + u'x' + QStringLiteral("}").repeated(200));
    QTest::newRow("too long") << QStringLiteral("x+").repeated(5000);
    QTest::newRow("too many rows") << QStringLiteral("x\\\\").repeated(500);
}

void TestMathText::leavesWhatIsBroken()
{
    QFETCH(QString, latex);
    QCOMPARE(mathText(latex, true), QString());
    QCOMPARE(mathText(latex, false), QString());
}

void TestMathText::hostileFormulasCostLittle_data()
{
    QTest::addColumn<QString>("latex");
    const QString row = QString(QStringLiteral("x&").repeated(90) + u"x\\\\");
    QTest::newRow("wide matrix beside many letters")
        << QString(u"\\begin{matrix}" + row.repeated(20) + u"\\end{matrix}").left(3000).append(u"\\end{matrix}");
    for (const char *part :
        {"\\frac", "{", "^", "_", "\\hat", "\\sqrt[", "\\left(", "\\begin{matrix}", "'", "\\not", "\\overline{x}",
            "x^x", "\\text{", "&", "\\\\", "\\foo{", "\\sqrt{\\overline{", "\xf0\x9d\x94\xbc", "\xcc\x81"}) {
        const QString text = QString::fromUtf8(part);
        QTest::newRow(part) << text.repeated(4000 / text.size());
    }
    const QString matrix = QStringLiteral("\\begin{pmatrix}1\\\\2\\\\3\\end{pmatrix}");
    QTest::newRow("matrices") << matrix.repeated(4000 / matrix.size());
}

void TestMathText::hostileFormulasCostLittle()
{
    QFETCH(QString, latex);
    QElapsedTimer clock;
    clock.start();
    const QString text = mathText(latex, true);
    QVERIFY2(clock.elapsed() < 50, qPrintable(QStringLiteral("%1 ms").arg(clock.elapsed())));
    QVERIFY2(text.size() < 40 * latex.size() + 100, qPrintable(QString::number(text.size())));
}

QTEST_APPLESS_MAIN(TestMathText)
#include "tst_mathtext.moc"
