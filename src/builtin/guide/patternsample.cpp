// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/patternsample.h"

#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

constexpr int deepest = 50;
constexpr qsizetype longest = 2000;
constexpr int mostRepeats = 1000;

/// Writes a text while reading the pattern from left to right: the first alternative, the first of a class, as few
/// repetitions as allowed and a number more of those that have no upper end.
class Sampler
{
public:
    Sampler(const QString &pattern, int more)
        : m_pattern(pattern)
        , m_more(more)
    {
    }

    [[nodiscard]] std::optional<QString> sample()
    {
        const QString text = alternatives(0);
        return m_valid && m_at == m_pattern.size() ? std::optional(text) : std::nullopt;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_pattern[m_at]; }

    bool take(char16_t wanted)
    {
        if (peek() != wanted || atEnd())
            return false;
        ++m_at;
        return true;
    }

    QString alternatives(int depth)
    {
        m_valid = m_valid && depth < deepest;
        QString first = m_valid ? sequence(depth) : QString();
        while (m_valid && take(u'|'))
            sequence(depth); // read, not used
        return first;
    }

    QString sequence(int depth)
    {
        QString text;
        while (m_valid && !atEnd() && peek() != u'|' && peek() != u')') {
            const QString piece = atom(depth);
            const int count = repetitions();
            m_valid = m_valid && text.size() + count * piece.size() <= longest;
            if (m_valid)
                text += piece.repeated(count);
        }
        return text;
    }

    QString atom(int depth)
    {
        if (take(u'^') || take(u'$'))
            return {};
        if (take(u'('))
            return group(depth);
        if (take(u'['))
            return QString(fromClass());
        if (take(u'.'))
            return QStringLiteral("a");
        if (take(u'\\'))
            return escaped();
        return QString(m_pattern[m_at++]);
    }

    QString group(int depth)
    {
        if (take(u'?')) {
            static const QRegularExpression named(QStringLiteral("^P?<[A-Za-z_]\\w*>"));
            const auto name = named.match(m_pattern.mid(m_at));
            if (name.hasMatch())
                m_at += name.capturedLength();
            else
                m_valid = m_valid && take(u':');
        }
        const QString text = alternatives(depth + 1);
        m_valid = m_valid && take(u')');
        return text;
    }

    QString escaped()
    {
        if (atEnd()) {
            m_valid = false;
            return {};
        }
        const QChar letter = m_pattern[m_at++];
        switch (letter.unicode()) {
        case u'd':
            return QStringLiteral("0");
        case u'w':
        case u'D':
        case u'S':
            return QStringLiteral("a");
        case u's':
        case u'W':
            return QStringLiteral(" ");
        case u'b':
            return {};
        case u'n':
            return QStringLiteral("\n");
        case u't':
            return QStringLiteral("\t");
        default:
            m_valid = m_valid && !letter.isLetterOrNumber();
            return QString(letter);
        }
    }

    /// One character of a class: its first, or for one that excludes, the first usual one that it does not.
    QChar fromClass()
    {
        const qsizetype start = m_at - 1;
        const bool excludes = take(u'^');
        QString first;
        for (bool begun = false; m_valid && !atEnd() && (peek() != u']' || !begun); begun = true) {
            const QString each = take(u'\\') ? escaped() : QString(m_pattern[m_at++]);
            if (first.isEmpty())
                first = each;
        }
        m_valid = m_valid && take(u']');
        if (!m_valid)
            return {};
        const QRegularExpression whole(m_pattern.mid(start, m_at - start));
        static const QString usual = QStringLiteral("aA0 -_.xX1/:,;!#");
        const auto fits = [&](QChar each) { return whole.match(QString(each)).hasMatch(); };
        if (!excludes && !first.isEmpty() && fits(first[0]))
            return first[0];
        const auto found = std::find_if(usual.begin(), usual.end(), fits);
        m_valid = found != usual.end();
        return m_valid ? *found : QChar();
    }

    int repetitions()
    {
        static const QRegularExpression counts(QStringLiteral("^\\{(\\d{1,4})(,(\\d{1,4})?)?\\}"));
        int least = 1;
        bool open = false;
        const auto count = counts.match(m_pattern.mid(m_at));
        if (take(u'*')) {
            least = 0;
            open = true;
        } else if (take(u'+')) {
            open = true;
        } else if (take(u'?')) {
            least = 0;
        } else if (count.hasMatch()) {
            m_at += count.capturedLength();
            least = count.captured(1).toInt();
            const bool ranged = !count.captured(2).isEmpty();
            const int most = count.captured(3).isEmpty() ? mostRepeats : count.captured(3).toInt();
            if (ranged)
                return finish(std::min({least + m_more, most, mostRepeats}));
        }
        return finish(open ? std::min(least + m_more, mostRepeats) : least);
    }

    /// Whether it is greedy makes no difference.
    int finish(int count)
    {
        if (!take(u'?'))
            take(u'+');
        return count;
    }

    QString m_pattern;
    int m_more;
    qsizetype m_at = 0;
    bool m_valid = true;
};

} // namespace

std::optional<QString> patternSample(const QString &pattern, int length)
{
    const QRegularExpression expression(pattern, QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid() || pattern.size() > 500)
        return {};
    for (const int more : {0, 1, 2, 4, 8, 16, 32, 64, 128}) {
        const auto text = Sampler(pattern, more).sample();
        if (text && text->size() >= length && expression.match(*text).hasMatch())
            return text;
    }
    return {};
}

} // namespace diptych
