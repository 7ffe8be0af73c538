// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "markdownsamples.h"

namespace diptych {

std::vector<MarkdownSample> markdownSamples()
{
    return {
        {"paragraphs", QStringLiteral("One line\nand its second.\n\nAnother, with *soft* and **hard** words.\n")},
        {"emphasis over a line", QStringLiteral("a **bold\nstill bold** and _it_ ~~gone~~ `co*de*` \\*plain\\*")},
        {"headings", QStringLiteral("# One\ntext\n## Two ##\nSetext\n======\nMore\n---\nend")},
        {"bullets", QStringLiteral("Things:\n- one\n- two\n  more of two\n- three\n\ntext after")},
        {"numbers over blank lines", QStringLiteral("1. one\n\n2. two\n\n   second paragraph\n\n3. three\n")},
        {"number starts elsewhere", QStringLiteral("4. four\n4. five\n9) nine")},
        {"nested lists", QStringLiteral("1. a\n   - b\n     - c\n   - d\n2. e\n   1. f\n   2. g\n")},
        {"tasks", QStringLiteral("- [ ] open\n- [x] done\n  - [X] nested\n")},
        {"bullets change", QStringLiteral("- a\n* b\n+ c\n")},
        {"lazy item", QStringLiteral("- first\nlazy line\n- second\n\nnot in the list")},
        {"code in an item", QStringLiteral("1. Run:\n   ```bash\n   ls -l\n\n   pwd\n   ```\n2. Done\n")},
        {"code", QStringLiteral("Text\n```python\ndef f(x):\n\n    return x  # *no*\n```\nafter")},
        {"code without end", QStringLiteral("```cpp\nint main()\n{\n``\n")},
        {"code with tildes", QStringLiteral("~~~\n```\ninner\n```\n~~~\n\n````md\n```\n````\n")},
        {"empty code", QStringLiteral("```\n```\nx\n```js\n\n```")},
        {"indented code", QStringLiteral("Text\n\n    four spaces\n\n    more\n\nback")},
        {"quote", QStringLiteral("> quoted *text*\n> > deeper\n> again\n\nplain\n> lazy\nline\n")},
        {"quote with list", QStringLiteral("> - a\n> - b\n>\n> text\n")},
        {"table", QStringLiteral("| a | b |\n|---|--:|\n| 1 | `x` |\n| 2 | **y** |\n\nafter")},
        {"table in text", QStringLiteral("Look:\n\na | b\n-|--\n1 | 2\n\n# next\n")},
        {"rules", QStringLiteral("a\n\n---\n\nb\n***\nc\n\n- - -\n")},
        {"links", QStringLiteral("[x](https://e.org/a_b) <https://e.org> www.e.org me@e.org [y](javascript:alert(1))")},
        {"images", QStringLiteral("![a *cat*](file:///etc/passwd) and ![](http://127.0.0.1/x.png)\n")},
        {"definitions", QStringLiteral("[r]: https://e.org\n\nSee [r] and [the r][r].\n\nAnd [r] again.\n")},
        {"html", QStringLiteral("<b>x</b>\n\n<script>alert(1)</script>\n\n<img src=\"http://127.0.0.1/\">\n")},
        {"entities", QStringLiteral("&lt;b&gt; &amp;amp; &#65; &#x202E;x &nosuch; &copy;")},
        {"latex", QStringLiteral("$x_1 + y^2$ and\n\n$$\n\\int_0^1 x\\,dx\n$$\n")},
        {"latex in text",
            QStringLiteral("so $$x = 1$$, and *then* $a_1$\nand \\(b*c*d\\) or `$x$`. It costs $5 and $6.\n")},
        {"latex over lines", QStringLiteral("We have\n\n\\[\na\n+ b\n- c\n= d\n\\]\nwhere $a$ is.\n\n$$\nx\n---\n")},
        {"latex in lists",
            QStringLiteral("1. One $x$:\n   \\[\n   x^2\n   \\]\n2. Two\n\n   $$y$$\n\n> $$\n> z\n> $$\n")},
        {"latex in a table", QStringLiteral("| a | $x$ |\n|---|---|\n| $$y$$ | $|z|$ |\n| $5 | $6 |\n")},
        {"latex given up", QStringLiteral("$$\n- a\n- b\n\n$x and\n\n\\[ y\n# head\n$$\n```\ncode\n```\n")},
        {"latex elsewhere",
            QStringLiteral("# A $x$\n\n[to $y$](https://e.org/$z$) ![$i$](x.png) **$b$**\n\n    $c$\n")},
        {"line ends", QStringLiteral("a\r\nb\r\n\r\n- c\r\n- d\r\r\n```\r\ncode\r\n```\r\n")},
        {"controls",
            QString::fromUtf8("a\x1b[31mred \xe2\x80\xae"
                              "evil \xef\xb7\x90 \xe2\x80\xa9x\x7f")
                + QChar(u'\0')},
        {"surrogates", QString::fromUtf8("\xf0\x9f\x98\x80 **\xf0\x9f\x98\x80**\n\n- \xe4\xb8\xad\xe6\x96\x87\n")},
        {"spaces at the end", QStringLiteral("two spaces  \nbreak\\\nbreak \n\n   \n\nend   ")},
        {"only marks", QStringLiteral("**\n\n- \n\n1.\n\n#\n\n>\n\n|\n")},
    };
}

QString longMarkdown(qsizetype size)
{
    const QString part = QStringLiteral(
        "## Section with `code`\n\nA paragraph of **some length** that explains a thing or two, with a "
        "[link](https://e.org) "
        "and *emphasis* so that marks arrive now and then, as they do in answers of models.\n\n"
        "1. First item with some words in it\n2. Second item, **bold**\n   - nested one\n   - nested two\n\n"
        "```python\ndef f(values):\n    total = 0\n    for value in values:\n        total += value * 2\n"
        "    return total\n```\n\n| name | value |\n|---|---|\n| alpha | 1 |\n| beta | 2 |\n\n"
        "> A quote, to be complete.\n\n---\n\n");
    QString text;
    while (text.size() < size)
        text += part;
    return text;
}

} // namespace diptych
