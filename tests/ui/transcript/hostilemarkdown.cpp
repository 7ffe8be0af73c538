// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostilemarkdown.h"

#include <algorithm>
#include <array>

namespace diptych {

namespace {

QString filled(const char *part, qsizetype size)
{
    const QString text = QString::fromUtf8(part);
    return text.repeated(std::max<qsizetype>(1, size / text.size()));
}

/// Lines, each nested one deeper than the one above.
QString staircase(const char *step, const char *line, qsizetype depth)
{
    QString text;
    for (qsizetype i = 0; i < depth; ++i)
        text += QString::fromLatin1(step).repeated(i) + QString::fromLatin1(line) + u'\n';
    return text;
}

void addUnclosed(std::vector<HostileSample> &all, qsizetype size)
{
    all.push_back({"fence without end", QString(u"```c\n" + filled("int a; // *x* `y` $z$\n", size))});
    all.push_back({"fence of tildes in an item", QString(u"- a\n  ~~~\n" + filled("  code\n", size))});
    all.push_back({"backticks", filled("`", size)});
    all.push_back({"growing runs of backticks", [size] {
                       QString text;
                       for (int i = 1; text.size() < size; ++i)
                           text += QString(i, u'`') + u' ';
                       return text;
                   }()});
    all.push_back({"opening emphasis", filled("*a **a _a __a ~~a ", size)});
    all.push_back({"closing emphasis", filled("a* a** a_ a__ a~~ ", size)});
    all.push_back({"brackets", filled("[", size)});
    all.push_back({"images", filled("![a](", size)});
    all.push_back({"links in links", QString(filled("[a](<b", size / 2) + filled(">)", size / 2))});
    all.push_back({"angle brackets", filled("<a href='", size)});
    all.push_back({"dollars", filled("$x ", size)});
    all.push_back({"displayed formulas", filled("$$\nx\n+ y\n\n", size)});
    all.push_back({"formula brackets", filled("\\[ \\( ", size)});
    all.push_back({"entities", filled("&#x", size)});
    all.push_back({"definitions", filled("[a]: <b> 'c\n", size)});
    all.push_back({"many definitions", filled("[a]: https://e.org\n[a]\n\n", size)});
    all.push_back({"comment", QString(u"<!--" + filled(" - x\n\n", size))});
}

void addDeep(std::vector<HostileSample> &all, qsizetype size)
{
    all.push_back({"quotes 1,000 deep", QString(QStringLiteral(">").repeated(1000) + u" deep\n")});
    all.push_back({"quotes, each line deeper", staircase(">", "> a", std::min<qsizetype>(size / 40, 300))});
    all.push_back({"bullets 1,000 deep", QString(QStringLiteral("- ").repeated(1000) + u"deep\n")});
    all.push_back({"numbers 1,000 deep", QString(QStringLiteral("1. ").repeated(1000) + u"deep\n")});
    all.push_back({"items, each line deeper", staircase("  ", "- a", std::min<qsizetype>(size / 40, 300))});
    all.push_back({"quotes and items", QString(QStringLiteral("> - ").repeated(500) + u"deep\n")});
    all.push_back({"emphasis in emphasis", QString(filled("*", size / 2) + u'a' + filled("*", size / 2))});
    all.push_back({"parentheses in a link", QString(u"[a](" + filled("(", size / 2) + filled(")", size / 2) + u")")});
    all.push_back({"groups in a formula", QString(u"$" + filled("{", size / 2) + u'x' + filled("}", size / 2) + u"$")});
    all.push_back({"fractions", QString(u"$$" + filled("\\frac{a}", 3900) + u"$$")});
}

void addLong(std::vector<HostileSample> &all, qsizetype size)
{
    all.push_back({"one line", filled("word ", size)});
    all.push_back({"one word", filled("w", size)});
    all.push_back({"one line in an item", QString(u"- " + filled("word *b* ", size))});
    all.push_back({"one word in an item", QString(u"1. " + filled("w", size))});
    all.push_back({"one line in a quote", QString(u"> " + filled("word `c` ", size))});
    all.push_back({"one line of code", QString(u"```\n" + filled("x+", size))});
    all.push_back({"one line of indented code", QString(u"    " + filled("x+", size))});
    all.push_back({"one heading", QString(u"# " + filled("head ", size))});
    all.push_back({"one item of many lines", QString(u"- a\n" + filled("  line *b*\n", size))});
    all.push_back({"one item of many paragraphs", QString(u"- a\n" + filled("\n  par *b*\n", size))});
    all.push_back({"one item with much code", QString(u"1. a\n   ```c\n" + filled("   int a;\n", size))});
    all.push_back({"one quote of many lines", filled("> line *b*\n", size)});
    all.push_back({"one quote with much code", QString(u"> ```\n" + filled("> int a;\n", size))});
    all.push_back({"lazy lines", QString(u"> a\n" + filled("lazy *b*\n", size))});
    all.push_back({"a wide table",
        QString(filled("|a", size / 3) + u"|\n" + filled("|-", size / 3) + u"|\n" + filled("|b", size / 3) + u"|\n")});
    all.push_back({"a long table", QString(u"|a|b|c|\n|-|-|-|\n" + filled("|x|**y**|`z`|\n", size))});
    all.push_back({"a row without bars", QString(u"|a|b|\n|-|-|\n" + filled("x ", size))});
    all.push_back({"rules", filled("***\n---\n", size)});
    all.push_back({"numbers", filled("999999999. a\n", size)});
    all.push_back({"empty items", filled("-\n", size)});
    all.push_back({"blank lines", filled("\n", size)});
    all.push_back({"spaces", QString(u"a" + filled(" ", size) + u"b")});
    all.push_back({"tabs", QString(u"- a\n" + filled("\t", size) + u"b")});
    all.push_back({"a long address", QString(u"[a](https://e.org/" + filled("x", size) + u")")});
}

void addInvisible(std::vector<HostileSample> &all, qsizetype size)
{
    all.push_back({"bidi controls", filled("\xe2\x80\xae\xe2\x81\xa6 a \xe2\x81\xa9\xe2\x80\xac ", size)});
    all.push_back({"zero width", filled("a\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf", size)});
    all.push_back({"combining storm", QString(u"a" + filled("\xcc\x81\xcd\x9f\xcc\xb6", size))});
    all.push_back({"right to left", filled("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d **\xd8\xb3** ", size)});
    all.push_back({"terminal escapes", filled("\x1b[31m\x1b]0;title\x07\x1b[2J", size)});
    all.push_back({"html", filled("<script>alert(1)</script><img src=http://127.0.0.1:1/x>\n\n<div>\n", size)});
    all.push_back({"addresses", filled("[x](javascript:a) ![y](file:///etc/passwd) <data:text/html,x> ", size)});
    all.push_back({"text that lies", filled("[https://good.org](https://evil.org) ", size)});
    all.push_back({"nul", QString(QChar(u'\0')).repeated(size)});
    all.push_back(
        {"lone surrogates", QString(QChar(0xD800)).repeated(size / 2) + QString(QChar(0xDC00)).repeated(size / 2)});
    all.push_back({"not characters", [size] {
                       QString text;
                       for (qsizetype i = 0; i < std::min<qsizetype>(size, 4000); ++i)
                           text += QChar(char16_t(0xFDC0 + i % 64));
                       return QString(text + QChar(0xFFFE) + QChar(0xFFFF) + QChar(0xFFFC));
                   }()});
    all.push_back({"emoji joined", filled("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 ", size)});
    all.push_back({"line ends", filled("a\r\r\n\n\rb\xe2\x80\xa8\xe2\x80\xa9", size)});
}

} // namespace

std::vector<HostileSample> hostileMarkdown(qsizetype size)
{
    std::vector<HostileSample> all;
    addUnclosed(all, size);
    addDeep(all, size);
    addLong(all, size);
    addInvisible(all, size);
    return all;
}

QString randomMarkdown(std::mt19937 &random, int fragments)
{
    static const std::array<const char *, 76> parts {"\n", "\n\n", "\n", " ", "  ", "    ", "\t", "word ", "two words",
        "a", "1", "*", "**", "_", "__", "~~", "`", "``", "```", "\n```\n", "\n```c\n", "\n~~~\n", "> ", "\n> ", "\n>\n",
        "- ", "\n- ", "\n  - ", "\n* ", "\n+ x", "\n1. ", "\n7) ", "   ", "\n# ", "#", "\n---\n", "\n===\n", "\n***\n",
        "[", "]", "(", ")", "](", "[a](b)", "![i](x.png)", "<", ">", "<https://e.org>", "www.e.org", "&amp;", "&#0;",
        "&", "\\", "\\*", "|", "\n|a|b|\n|-|-|\n", "\n| c | d |", ":--", "$", "$$", "$x^2$", "\n$$\n", "\\(", "\\)",
        "\n\\[\n", "\\]", "$5", "[r]: https://e.org\n", "[r]", "<b>", "\xf0\x9f\x98\x80", "\xe2\x80\xae", "\x1b[1m",
        "\r\n", "- [ ] t", "\xc3\xa9"};
    QString text;
    for (int i = 0; i < fragments; ++i)
        text += QString::fromUtf8(parts[random() % parts.size()]);
    return text;
}

std::vector<QString> randomPieces(const QString &text, std::mt19937 &random, int longest)
{
    std::vector<QString> pieces;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype size = 1 + qsizetype(random() % unsigned(longest));
        pieces.push_back(text.mid(at, size));
        at += size;
    }
    return pieces;
}

} // namespace diptych
