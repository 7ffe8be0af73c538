// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The structure of a formula: rows, atoms, scripts, spaces. Its commands are in mathcommands.cpp.
#include "transcript/mathparser.h"

#include "transcript/mathtext.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestFormula = 4000; ///< characters
constexpr int deepest = 40; ///< levels of groups
constexpr qsizetype mostLines = 40;
constexpr qsizetype widestFormula = 44; ///< columns, of a formula of several lines
constexpr qsizetype widestBox = 2000; ///< columns, of a box of several lines

bool isBetweenOperands(MathClass before)
{
    return before == MathClass::Ordinary || before == MathClass::Close;
}

/// Text in a script that has no characters of its own: "^(n−1)".
QString writtenOut(QChar mark, const QString &text)
{
    const bool isSimple = text.size() <= 1 || (text.startsWith(u'(') && text.endsWith(u')') && text.count(u'(') == 1)
        || std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
    return isSimple ? QString(mark + text) : QStringLiteral("%1(%2)").arg(mark).arg(text);
}

} // namespace

MathParser::MathParser(const QString &latex, bool isDisplayed)
    : m_text(latex)
    , m_isDisplayed(isDisplayed)
{
}

std::optional<MathBox> MathParser::parse()
{
    if (m_text.size() > longestFormula)
        return {};
    const Rows all = rows();
    skipSpace();
    if (m_isBroken || m_at < m_text.size())
        return {};
    MathBox box = laidOut(QStringLiteral("aligned"), all);
    // Wide rows would be broken in a pane, each by itself.
    if (m_isDisplayed && box.isTall() && box.width() > widestFormula)
        return MathParser(m_text, false).parse();
    for (QString &line : box.lines) {
        while (line.endsWith(u' '))
            line.chop(1);
    }
    if (!m_isDisplayed && box.isTall())
        box = MathBox::fromText(box.text());
    return m_isBroken ? std::nullopt : std::optional<MathBox>(box);
}

void MathParser::skipSpace()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace())
        ++m_at;
}

QChar MathParser::peek()
{
    skipSpace();
    return m_at < m_text.size() ? m_text[m_at] : QChar();
}

QString MathParser::peekCommand() const
{
    if (m_at + 1 >= m_text.size() || m_text[m_at] != u'\\')
        return {};
    qsizetype end = m_at + 1;
    while (end < m_text.size() && m_text[end].unicode() < 128 && m_text[end].isLetter())
        ++end;
    return m_text.mid(m_at + 1, std::max<qsizetype>(1, end - m_at - 1));
}

QString MathParser::takeCommand()
{
    const QString name = peekCommand();
    m_at += 1 + name.size();
    return name;
}

QString MathParser::takeRawGroup()
{
    if (peek() != u'{') {
        m_isBroken = m_isBroken || m_at >= m_text.size();
        return m_isBroken ? QString() : m_text.mid(m_at++, 1);
    }
    const qsizetype start = m_at + 1;
    int open = 0;
    for (; m_at < m_text.size(); ++m_at) {
        const QChar c = m_text[m_at];
        if (c == u'\\')
            ++m_at;
        else if (c == u'{')
            ++open;
        else if (c == u'}' && --open == 0)
            return m_text.mid(start, m_at++ - start);
    }
    m_isBroken = true;
    return {};
}

QString MathParser::takeOption()
{
    if (peek() != u'[')
        return {};
    const qsizetype end = m_text.indexOf(u']', m_at);
    if (end < 0)
        return {};
    const QString option = m_text.mid(m_at + 1, end - m_at - 1);
    m_at = end + 1;
    return option;
}

QString MathParser::takeDelimiter()
{
    const QChar c = peek();
    if (c == u'\\') {
        const auto symbol = mathSymbol(takeCommand());
        m_isBroken = m_isBroken || !symbol;
        return symbol ? symbol->text : QString();
    }
    if (c.isNull() || c == u'}') {
        m_isBroken = true;
        return {};
    }
    ++m_at;
    return c == u'.' ? QString() : c == u'<' ? QStringLiteral("⟨") : c == u'>' ? QStringLiteral("⟩") : QString(c);
}

bool MathParser::endsRow()
{
    const QChar c = peek();
    if (c.isNull() || c == u'}' || c == u'&' || m_isBroken)
        return true;
    const QString name = peekCommand();
    return name == u"\\" || name == u"cr" || name == u"end" || name == u"right" || name == u"middle";
}

bool MathParser::mayGoOn(const MathBox &box)
{
    const bool isTooLarge = box.lines.size() > mostLines || (box.isTall() && box.width() > widestBox);
    m_isBroken = m_isBroken || isTooLarge;
    return !m_isBroken;
}

MathBox MathParser::row()
{
    const QScopedValueRollback<int> deeper(m_depth, m_depth + 1);
    m_isBroken = m_isBroken || m_depth > deepest;
    Row atoms;
    while (!endsRow()) {
        atoms.push_back(atom());
        addScripts(atoms.back());
    }
    MathBox box = m_isBroken ? MathBox() : joined(atoms);
    return mayGoOn(box) ? box : MathBox();
}

MathParser::Rows MathParser::rows()
{
    Rows all(1);
    while (!m_isBroken) {
        all.back().push_back(row());
        if (peek() == u'&') {
            ++m_at;
        } else if (const QString name = peekCommand(); name == u"\\" || name == u"cr") {
            (void)takeCommand();
            if (m_at < m_text.size() && m_text[m_at] == u'[')
                (void)takeOption(); // extra space between the rows
            all.emplace_back();
            m_isBroken = m_isBroken || all.size() > size_t(mostLines);
        } else {
            break;
        }
    }
    // A last line end does not begin a row.
    if (all.size() > 1 && all.back().size() == 1 && all.back().front().isEmpty())
        all.pop_back();
    return all;
}

MathBox MathParser::argument()
{
    if (peek() == u'{') {
        ++m_at;
        MathBox box = row();
        if (peek() == u'}')
            ++m_at;
        else
            m_isBroken = true;
        return box;
    }
    if (endsRow()) {
        m_isBroken = true;
        return {};
    }
    return atom().box;
}

MathParser::Atom MathParser::atom()
{
    const QScopedValueRollback<int> deeper(m_depth, m_depth + 1);
    m_isBroken = m_isBroken || m_depth > deepest;
    const QChar c = peek();
    if (m_isBroken)
        return {};
    if (c == u'{')
        return {.box = argument()};
    if (c == u'\\')
        return command();
    if (c == u'^' || c == u'_')
        return {}; // a script of nothing
    if (c == u'\'') {
        const qsizetype start = m_at;
        while (peek() == u'\'')
            ++m_at;
        const qsizetype count = m_at - start;
        return {.box = MathBox::fromText(count == 2 ? QStringLiteral("″") : QString(count, u'′'))};
    }
    const qsizetype size = c.isHighSurrogate() && m_at + 1 < m_text.size() ? 2 : 1;
    const QString text = m_text.mid(m_at, size);
    m_at += size;
    if (size == 2)
        return {.box = MathBox::fromText(text)};
    const MathSymbol symbol = mathCharacter(c);
    return {.box = MathBox::fromText(symbol.text), .kind = symbol.kind};
}

void MathParser::addScripts(Atom &atom)
{
    while (peek() == u'\\' && (peekCommand() == u"limits" || peekCommand() == u"nolimits"))
        (void)takeCommand();
    QString below;
    QString above;
    std::vector<MathBox> tall;
    for (QChar c = peek(); (c == u'^' || c == u'_') && !m_isBroken; c = peek()) {
        ++m_at;
        const QScopedValueRollback<int> script(m_scriptDepth, m_scriptDepth + 1);
        const QString text = argument().text();
        const auto small = c == u'^' ? superscript(text) : subscript(text);
        (c == u'^' ? above : below) += small ? *small : writtenOut(c, text);
        m_isBroken = m_isBroken || above.size() + below.size() > widestBox;
    }
    if (below.isEmpty() && above.isEmpty())
        return;
    if (atom.box.isTall()) {
        MathBox scripts {.lines = QStringList(atom.box.lines.size()), .base = atom.box.base};
        scripts.lines.front() = above;
        scripts.lines.back() += below;
        atom.box = besideEachOther({atom.box, scripts});
    } else {
        atom.box.lines.front() += below + above;
    }
}

MathBox MathParser::joined(const Row &row) const
{
    std::vector<MathBox> boxes;
    MathClass before = MathClass::Open; // as at the start of a parenthesis: what follows is a sign
    bool isSpaced = true;
    const auto space = [&boxes, &isSpaced] {
        if (!isSpaced)
            boxes.push_back(MathBox::fromText(QStringLiteral(" ")));
        isSpaced = true;
    };
    const bool isTight = m_scriptDepth > 0;
    bool wantsSpace = false;
    for (const Atom &atom : row) {
        MathClass kind = atom.kind;
        const bool isSign = kind == MathClass::Binary && !isBetweenOperands(before);
        if (isSign)
            kind = MathClass::Ordinary;
        const bool isRelation = kind == MathClass::Relation;
        const bool isFunction = kind == MathClass::Function && isBetweenOperands(before);
        const bool isAttached = kind == MathClass::Punctuation
            || (kind == MathClass::Close && before != MathClass::Large && before != MathClass::Punctuation)
            || (before == MathClass::Function && kind == MathClass::Open);
        const bool needsSpace = isFunction || (wantsSpace && !isAttached);
        if (kind != MathClass::Space && !isTight && (needsSpace || isRelation || kind == MathClass::Binary)
            && !(isRelation && before == MathClass::Relation))
            space();
        else if (isTight && before == MathClass::Function && kind == MathClass::Ordinary)
            space();
        boxes.push_back(atom.box);
        isSpaced = kind == MathClass::Space || (atom.box.isEmpty() && isSpaced);
        if (!atom.box.isEmpty() && kind != MathClass::Space) {
            wantsSpace = kind == MathClass::Binary || isRelation || kind == MathClass::Punctuation
                || kind == MathClass::Function || kind == MathClass::Large;
            before = isSign ? MathClass::Open : kind; // what follows a sign stands next to it
        }
    }
    return besideEachOther(boxes);
}

QString mathText(const QString &latex, bool isDisplayed)
{
    const std::optional<MathBox> box = MathParser(latex, isDisplayed).parse();
    return box ? box->lines.join(u'\n') : QString();
}

} // namespace diptych
