// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <random>

namespace diptych {

/// A text of made-up words, sentences, code and what breaks careless comparers; the same for the same seed.
inline QString sampleText(unsigned seed, int pieces)
{
    static const char16_t *const words[] {u"the", u"model", u"answers", u"don't", u"naïve", u"größe", u"a", u"of",
        u"tokens", u"42", u"x_1", u"\U0001D538b", u"漢字", u"ไทย", u"e\u0301te\u0301", u"and", u"probability",
        u"\U0001F600", u"\xD83D", u"\xDE00", u"\xFFFE", u"\u0001", u"l’été"};
    static const char16_t *const between[] {u" ", u" ", u" ", u" ", u", ", u". ", u"\n", u"\n\n", u"\r\n", u"  ", u"\t",
        u"\u00A0", u"'", u"", u"\n```python\n", u"\n```\n", u"\n    return 1\n", u"`", u"\u2028", u"**"};
    std::mt19937 random(seed);
    QString text;
    for (int i = 0; i < pieces; ++i) {
        text += QStringView(words[random() % std::size(words)]);
        text += QStringView(between[random() % std::size(between)]);
    }
    return text;
}

/// The same with some words replaced, left out, added and repeated.
inline QString editedText(const QString &text, unsigned seed, int edits)
{
    std::mt19937 random(seed);
    QString result = text;
    for (int i = 0; i < edits; ++i) {
        const qsizetype at = result.isEmpty() ? 0 : static_cast<qsizetype>(random() % result.size());
        switch (random() % 4) {
        case 0:
            result.remove(at, static_cast<qsizetype>(random() % 40));
            break;
        case 1:
            result.insert(at, sampleText(seed + static_cast<unsigned>(i), 1 + static_cast<int>(random() % 9)));
            break;
        case 2:
            result.insert(at, result.mid(at / 2, 60));
            break;
        default:
            result.replace(at, 1, QStringLiteral("changed "));
            break;
        }
    }
    return result;
}

} // namespace diptych
