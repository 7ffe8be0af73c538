// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of a formula that take arguments, and the environments.
#include "transcript/mathparser.h"

#include <QSet>

#include <algorithm>
#include <map>

namespace diptych {

namespace {

bool isModifier(QChar c)
{
    return c.isMark() || c.category() == QChar::Letter_Modifier || c.category() == QChar::Number_Other || c == u'′'
        || c == u'°';
}

/// Whether a part of a fraction needs no parentheses: one number, one name, one symbol, a function of something, or,
/// above the line, a product of letters.
bool standsAlone(const QString &text, bool isBelow)
{
    if (text.startsWith(u'(') && text.indexOf(u')') == text.size() - 1)
        return true;
    qsizetype letters = 0;
    bool isNumber = true;
    for (const QChar c : text) {
        if (c.isLowSurrogate() || isModifier(c) || c == u'√')
            continue;
        if (!c.isLetterOrNumber() && c != u'.' && c != u'∂' && c != u'∞' && !c.isHighSurrogate())
            return false;
        isNumber = isNumber && (c.isDigit() || c == u'.');
        ++letters;
    }
    const bool isDifferential = text.startsWith(u'd') || text.startsWith(u'∂');
    return isNumber || letters <= 1 || !isBelow || (isDifferential && letters == 2);
}

QString inFraction(const QString &text, bool isBelow)
{
    return standsAlone(text, isBelow) ? text : QStringLiteral("(%1)").arg(text);
}

/// An accent on a letter; on more than one, only those that make a line.
QString accented(const QString &name, const QString &text)
{
    const QChar accent = mathAccent(name);
    const bool isLine = name == u"overline" || name == u"underline" || name == u"cancel";
    const qsizetype letters = mathColumns(text);
    if (letters != 1 && !isLine)
        return QStringLiteral("%1(%2)").arg(name.startsWith(u"wide") ? name.mid(4) : name, text);
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        result += text[i];
        const bool isSplit = i + 1 < text.size() && (text[i + 1].isMark() || text[i + 1].isLowSurrogate());
        if (!isSplit)
            result += accent;
    }
    return result;
}

} // namespace

MathParser::Atom MathParser::command()
{
    const QString name = takeCommand();
    if (name.isEmpty()) {
        m_isBroken = true; // a backslash at the end
        return {};
    }
    static const QSet<QString> dropped {QStringLiteral("displaystyle"), QStringLiteral("textstyle"),
        QStringLiteral("scriptstyle"), QStringLiteral("limits"), QStringLiteral("nolimits"), QStringLiteral("nonumber"),
        QStringLiteral("notag"), QStringLiteral("big"), QStringLiteral("Big"), QStringLiteral("bigg"),
        QStringLiteral("Bigg"), QStringLiteral("bigl"), QStringLiteral("bigr"), QStringLiteral("Bigl"),
        QStringLiteral("Bigr"), QStringLiteral("biggl"), QStringLiteral("biggr"), QStringLiteral("Biggl"),
        QStringLiteral("Biggr"), QStringLiteral("bigm"), QStringLiteral("Bigm"), QStringLiteral("hline"),
        QStringLiteral("bf"), QStringLiteral("rm"), QStringLiteral("it"), QStringLiteral("!"), QStringLiteral("/")};
    if (dropped.contains(name))
        return {.kind = MathClass::Space};
    if (const auto symbol = mathSymbol(name))
        return {.box = MathBox::fromText(symbol->text), .kind = symbol->kind};
    for (const auto read :
        {&MathParser::fraction, &MathParser::decoration, &MathParser::textual, &MathParser::arrangement}) {
        if (const auto atom = (this->*read)(name))
            return *atom;
    }
    return unknown(name);
}

std::optional<MathParser::Atom> MathParser::fraction(const QString &name)
{
    if (name == u"sqrt")
        return Atom {.box = root()};
    const bool isFraction = name == u"frac" || name == u"dfrac" || name == u"tfrac" || name == u"cfrac";
    const bool isBinomial = name == u"binom" || name == u"dbinom" || name == u"tbinom";
    if (!isFraction && !isBinomial)
        return {};
    const QString above = argument().text();
    const QString below = argument().text();
    if (isBinomial)
        return Atom {.box = MathBox::fromText(QStringLiteral("(%1 choose %2)").arg(above, below))};
    const QString own = vulgarFraction(above, below);
    if (!own.isEmpty())
        return Atom {.box = MathBox::fromText(own)};
    return Atom {.box = MathBox::fromText(inFraction(above, false) + u'/' + inFraction(below, true))};
}

MathBox MathParser::root()
{
    const QString degree = takeOption();
    const QString inside = argument().text();
    const QString body =
        mathColumns(inside) == 1 || standsAlone(inside, true) ? inside : QStringLiteral("(%1)").arg(inside);
    if (degree == u"3")
        return MathBox::fromText(QString(u'∛' + body));
    if (degree == u"4")
        return MathBox::fromText(QString(u'∜' + body));
    const QString small = superscript(degree).value_or(QStringLiteral("(%1)").arg(degree));
    return MathBox::fromText(degree.isEmpty() ? QString(u'√' + body) : QString(small + u'√' + body));
}

std::optional<MathParser::Atom> MathParser::decoration(const QString &name)
{
    if (name == u"not") {
        const Atom next = atom();
        const QString crossed = negated(next.box.text());
        return Atom {.box = MathBox::fromText(crossed.isEmpty() ? next.box.text() + mathAccent(name) : crossed),
            .kind = next.kind};
    }
    if (!mathAccent(name).isNull())
        return Atom {.box = MathBox::fromText(accented(name, argument().text()))};
    if (name == u"boxed" || name == u"fbox")
        return Atom {.box = withDelimiters(QStringLiteral("["), argument(), QStringLiteral("]"))};
    if (name == u"overbrace" || name == u"underbrace")
        return Atom {.box = argument()};
    if (name == u"overset" || name == u"stackrel" || name == u"underset") {
        const QString mark = argument().text();
        Atom body {.box = argument(), .kind = MathClass::Relation};
        const auto small = name == u"underset" ? subscript(mark) : superscript(mark);
        body.box = MathBox::fromText(body.box.text() + small.value_or(QStringLiteral("(%1)").arg(mark)));
        return body;
    }
    if (name == u"xrightarrow" || name == u"xleftarrow") {
        const QString below = takeOption();
        const QString text = below.isEmpty() ? argument().text() : argument().text() + u", " + below;
        return Atom {.box = MathBox::fromText(
                         name == u"xrightarrow" ? QStringLiteral("─%1→").arg(text) : QStringLiteral("←%1─").arg(text)),
            .kind = MathClass::Relation};
    }
    return {};
}

std::optional<MathParser::Atom> MathParser::textual(const QString &name)
{
    static const QSet<QString> plain {QStringLiteral("text"), QStringLiteral("textrm"), QStringLiteral("textbf"),
        QStringLiteral("textit"), QStringLiteral("texttt"), QStringLiteral("textsf"), QStringLiteral("mbox"),
        QStringLiteral("hbox"), QStringLiteral("emph")};
    static const QSet<QString> fonts {QStringLiteral("mathrm"), QStringLiteral("mathbf"), QStringLiteral("mathit"),
        QStringLiteral("mathsf"), QStringLiteral("mathtt"), QStringLiteral("mathbb"), QStringLiteral("mathcal"),
        QStringLiteral("mathscr"), QStringLiteral("mathfrak"), QStringLiteral("boldsymbol"), QStringLiteral("bm"),
        QStringLiteral("pmb"), QStringLiteral("mathbfit"), QStringLiteral("mathnormal"), QStringLiteral("mathop")};
    if (plain.contains(name)) {
        QString text = takeRawGroup();
        text.remove(u'$');
        text.replace(u'\n', u' ');
        for (const char16_t escaped : {u'%', u'&', u'_', u'#', u'{', u'}'})
            text.replace(QString(u'\\' + QString(QChar(escaped))), QString(QChar(escaped)));
        return Atom {.box = MathBox::fromText(text)};
    }
    if (fonts.contains(name))
        return Atom {.box = MathBox::fromText(mathAlphabet(name, argument().text()))};
    if (name == u"operatorname") {
        if (peek() == u'*')
            ++m_at;
        return Atom {.box = argument(), .kind = MathClass::Function};
    }
    if (name == u"pmod" || name == u"mod")
        return Atom {.box = MathBox::fromText(QStringLiteral(" (mod %1)").arg(argument().text()))};
    if (name == u"tag")
        return Atom {.box = MathBox::fromText(QStringLiteral("   (%1)").arg(takeRawGroup()))};
    if (name == u"label" || name == u"phantom" || name == u"hphantom" || name == u"vphantom" || name == u"color"
        || name == u"hspace" || name == u"vspace" || name == u"require") {
        (void)takeRawGroup();
        return Atom {.kind = MathClass::Space};
    }
    if (name == u"textcolor" || name == u"colorbox") {
        (void)takeRawGroup();
        return Atom {.box = argument()};
    }
    return {};
}

std::optional<MathParser::Atom> MathParser::arrangement(const QString &name)
{
    if (name == u"left")
        return fenced();
    if (name == u"begin")
        return Atom {.box = environment(takeRawGroup())};
    if (name == u"substack") {
        if (peek() != u'{')
            return {};
        ++m_at;
        const Rows lines = rows();
        m_isBroken = m_isBroken || peek() != u'}';
        ++m_at;
        QStringList texts;
        for (const auto &line : lines)
            texts += besideEachOther(line).text();
        return Atom {.box = MathBox::fromText(texts.join(QStringLiteral(", ")))};
    }
    return {};
}

MathParser::Atom MathParser::fenced()
{
    const QString open = takeDelimiter();
    std::vector<MathBox> parts {row()};
    while (peekCommand() == u"middle" && !m_isBroken) {
        (void)takeCommand();
        parts.push_back(MathBox::fromText(QStringLiteral(" %1 ").arg(takeDelimiter())));
        parts.push_back(row());
    }
    if (peekCommand() != u"right") {
        m_isBroken = true;
        return {};
    }
    (void)takeCommand();
    const QString close = takeDelimiter();
    return {.box = withDelimiters(open, besideEachOther(parts), close), .kind = MathClass::Close};
}

MathBox MathParser::environment(const QString &name)
{
    const QString plain = name.endsWith(u'*') ? name.chopped(1) : name;
    if (plain == u"array" || plain == u"alignedat" || plain == u"alignat")
        (void)takeRawGroup(); // how the columns are aligned
    const Rows cells = rows();
    const bool isClosed = peekCommand() == u"end" && !takeCommand().isEmpty() && takeRawGroup() == name;
    m_isBroken = m_isBroken || !isClosed;
    return m_isBroken ? MathBox() : laidOut(plain, cells);
}

MathBox MathParser::matrix(const Rows &cells, const QString &open, const QString &close) const
{
    if (m_isDisplayed && m_scriptDepth == 0)
        return withDelimiters(open, mathTable(cells, ColumnAlign::Center, QStringLiteral("  ")), close);
    QStringList lines;
    for (const auto &row : cells) {
        QStringList texts;
        for (const MathBox &cell : row)
            texts += cell.text();
        lines += texts.join(QStringLiteral(", "));
    }
    return MathBox::fromText(open + lines.join(QStringLiteral("; ")) + close);
}

MathBox MathParser::laidOut(const QString &name, const Rows &cells) const
{
    static const std::map<QString, std::pair<QString, QString>> matrices {
        {QStringLiteral("matrix"), {QString(), QString()}}, {QStringLiteral("array"), {QString(), QString()}},
        {QStringLiteral("smallmatrix"), {QString(), QString()}},
        {QStringLiteral("pmatrix"), {QStringLiteral("("), QStringLiteral(")")}},
        {QStringLiteral("bmatrix"), {QStringLiteral("["), QStringLiteral("]")}},
        {QStringLiteral("Bmatrix"), {QStringLiteral("{"), QStringLiteral("}")}},
        {QStringLiteral("vmatrix"), {QStringLiteral("│"), QStringLiteral("│")}},
        {QStringLiteral("Vmatrix"), {QStringLiteral("‖"), QStringLiteral("‖")}}};
    const auto found = matrices.find(name);
    if (found != matrices.end())
        return matrix(cells, found->second.first, found->second.second);
    const bool isTall = m_isDisplayed && m_scriptDepth == 0;
    if (name == u"cases" && isTall)
        return withDelimiters(QStringLiteral("{"), mathTable(cells, ColumnAlign::Left, QStringLiteral("  ")), {});
    if (isTall)
        return mathTable(cells, ColumnAlign::RightLeft, QStringLiteral(" "));
    QStringList lines;
    for (const auto &row : cells) {
        QStringList texts;
        for (const MathBox &cell : row)
            texts += cell.text();
        lines += texts.join(u' ').trimmed();
    }
    const QString text = lines.join(QStringLiteral("; "));
    return MathBox::fromText(name == u"cases" ? QStringLiteral("{%1").arg(text) : text);
}

MathParser::Atom MathParser::unknown(const QString &name)
{
    std::vector<MathBox> parts {MathBox::fromText(u'\\' + name)};
    // What stands in braces behind it is its argument, and shown as such.
    while (m_at < m_text.size() && m_text[m_at] == u'{' && !m_isBroken)
        parts.push_back(withDelimiters(QStringLiteral("{"), argument(), QStringLiteral("}")));
    return {.box = besideEachOther(parts)};
}

} // namespace diptych
