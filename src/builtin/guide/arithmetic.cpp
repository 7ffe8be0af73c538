// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/arithmetic.h"

#include <QRegularExpression>

#include <cmath>

namespace diptych {

namespace {

/// Recursive descent over one expression. Anything unexpected makes the whole invalid.
class Parser
{
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {
    }

    std::optional<double> parse()
    {
        const double value = sum();
        skipBlanks();
        return m_valid && m_at == m_text.size() ? std::optional(value) : std::nullopt;
    }

private:
    static constexpr int deepest = 100; // parentheses and signs; keeps the recursion bounded

    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    bool take(char16_t wanted)
    {
        skipBlanks();
        if (m_at == m_text.size() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    double sum()
    {
        double value = product();
        while (m_valid) {
            if (take(u'+'))
                value += product();
            else if (take(u'-'))
                value -= product();
            else
                break;
        }
        return value;
    }

    double product()
    {
        double value = factor();
        while (m_valid) {
            if (take(u'*'))
                value *= factor();
            else if (take(u'/'))
                value /= factor();
            else
                break;
        }
        return value;
    }

    double factor()
    {
        if (++m_depth > deepest)
            m_valid = false;
        double value = 0;
        if (!m_valid) {
            return value;
        }
        if (take(u'-'))
            value = -factor();
        else
            value = power();
        --m_depth;
        return value;
    }

    double power()
    {
        const double base = operand();
        return take(u'^') ? std::pow(base, factor()) : base;
    }

    double operand()
    {
        double value = 0;
        if (take(u'(')) {
            value = sum();
            m_valid = m_valid && take(u')');
        } else {
            value = number();
        }
        while (take(u'%'))
            value /= 100;
        return value;
    }

    double number()
    {
        skipBlanks();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && (m_text[m_at].isDigit() || m_text[m_at] == u'.'))
            ++m_at;
        bool ok = false;
        const double value = m_text.mid(start, m_at - start).toDouble(&ok);
        m_valid = m_valid && ok;
        return value;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_valid = true;
};

QString withoutAsking(QString text)
{
    static const QRegularExpression asking(
        QStringLiteral("^(please\\s+)?(what\\s+is|what's|what\\s+does|how\\s+much\\s+is|calculate|compute|evaluate|"
                       "solve|work\\s+out)\\s+"));
    static const QRegularExpression ending(QStringLiteral("(\\s*(=|equal|equals|please|[?.!]))+\\s*$"));
    return text.remove(asking).remove(ending);
}

QString withSigns(QString text)
{
    struct Spelling {
        QLatin1String word;
        QLatin1String sign;
    };
    static constexpr Spelling spellings[] = {{QLatin1String("divided by"), QLatin1String("/")},
        {QLatin1String("multiplied by"), QLatin1String("*")}, {QLatin1String("to the power of"), QLatin1String("^")},
        {QLatin1String("percent"), QLatin1String("%")}, {QLatin1String("plus"), QLatin1String("+")},
        {QLatin1String("minus"), QLatin1String("-")}, {QLatin1String("times"), QLatin1String("*")},
        {QLatin1String("over"), QLatin1String("/")}, {QLatin1String("squared"), QLatin1String("^2")},
        {QLatin1String("**"), QLatin1String("^")}};
    for (const Spelling &spelling : spellings)
        text.replace(spelling.word, spelling.sign);
    static const QRegularExpression of(QStringLiteral("%\\s*of\\b"));
    static const QRegularExpression crossing(QStringLiteral("(?<=[\\d)])\\s*x\\s*(?=[\\d(])"));
    static const QRegularExpression thousands(QStringLiteral("(?<=\\d),(?=\\d{3}(?!\\d))"));
    static const QRegularExpression root(QStringLiteral("(?:the\\s+)?square\\s+root\\s+of\\s+(\\d+(?:\\.\\d+)?)"));
    text.replace(root, QStringLiteral("\\1^0.5"));
    text.replace(of, QStringLiteral("% *")).replace(crossing, QStringLiteral(" * ")).remove(thousands);
    return text.replace(QChar(0x00d7), u'*').replace(QChar(0x00f7), u'/').replace(QChar(0x2212), u'-').simplified();
}

} // namespace

std::optional<Calculation> calculate(const QString &question)
{
    if (question.size() > 500)
        return {};
    const QString text = withSigns(withoutAsking(question.trimmed().toLower()));
    static const QRegularExpression allowed(QStringLiteral("^[\\d\\s.+*/^()%-]+$"));
    static const QRegularExpression operation(QStringLiteral("[\\d)%]\\s*[+*/^%-]"));
    if (!allowed.match(text).hasMatch() || !operation.match(text).hasMatch())
        return {};
    // A date such as 2026-11-24 is not a subtraction.
    static const QRegularExpression date(QStringLiteral("^\\d{4}-\\d{2}-\\d{2}$"));
    const std::optional<double> value = Parser(text).parse();
    if (!value || date.match(text).hasMatch())
        return {};
    return Calculation {.expression = text, .value = std::isfinite(*value) ? value : std::nullopt};
}

} // namespace diptych
