// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/jsonpush.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <optional>

namespace diptych {

namespace {

constexpr std::size_t deepest = 400;

bool isBlank(QChar unit)
{
    return unit == u' ' || unit == u'\n' || unit == u'\r' || unit == u'\t';
}

/// The value of a text with its quotes, a number or a word; unset: it is none.
std::optional<QJsonValue> valueOf(const QString &token)
{
    const QJsonDocument document = QJsonDocument::fromJson("[" + token.toUtf8() + "]");
    if (!document.isArray() || document.array().size() != 1)
        return {};
    return document.array().at(0);
}

const QRegularExpression &numberShape()
{
    static const QRegularExpression shape(QStringLiteral("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z"));
    return shape;
}

/// Qt reads "1." and "\\q" too.
bool isWord(const QString &word)
{
    return word == QLatin1String("true") || word == QLatin1String("false") || word == QLatin1String("null")
        || numberShape().match(word).hasMatch();
}

/// Whether more characters could make a number or word of it.
bool mayBecomeValue(const QString &word)
{
    constexpr qsizetype longest = 1000; // of a number; each further digit reads it again
    if (word.size() > longest)
        return false;
    for (const QString &known : {QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("null")}) {
        if (known.startsWith(word))
            return true;
    }
    const auto match = numberShape().match(word, 0, QRegularExpression::PartialPreferCompleteMatch);
    return match.hasMatch() || match.hasPartialMatch();
}

} // namespace

void JsonPush::add(QStringView text)
{
    for (const QChar unit : text) {
        if (m_mistake >= 0)
            return;
        if (!take(unit)) {
            m_mistake = m_offset;
            return;
        }
        ++m_offset;
    }
}

void JsonPush::finish()
{
    // What may follow a number is what ends it. Half of one is no mistake: the text was cut.
    if (m_mistake < 0 && m_state == State::Word && m_nesting.empty() && isWord(m_token))
        takeWord(u' ');
}

bool JsonPush::take(QChar unit)
{
    if (m_state == State::Text || m_state == State::NameText)
        return takeText(unit);
    if (m_state == State::Word)
        return takeWord(unit);
    if (isBlank(unit))
        return true;
    switch (m_state) {
    case State::Value:
        return takeValue(unit);
    case State::FirstItem:
        return unit == u']' ? close(unit) : takeValue(unit);
    case State::FirstName:
    case State::Name:
        if (unit == u'}' && m_state == State::FirstName)
            return close(unit);
        if (unit != u'"')
            return false;
        startToken(State::NameText, unit);
        return true;
    case State::Colon:
        m_state = State::Value;
        return unit == u':';
    case State::Next:
        return takeNext(unit);
    default:
        return false;
    }
}

bool JsonPush::takeValue(QChar unit)
{
    if (unit == u'{' || unit == u'[')
        return open(unit);
    startToken(unit == u'"' ? State::Text : State::Word, unit);
    return unit == u'"' || mayBecomeValue(m_token);
}

bool JsonPush::open(QChar unit)
{
    if (m_nesting.size() >= deepest)
        return false;
    m_nesting.push_back(unit);
    m_state = unit == u'{' ? State::FirstName : State::FirstItem;
    m_listener.opened(unit == u'[', m_offset);
    return true;
}

bool JsonPush::close(QChar unit)
{
    if (m_nesting.empty() || m_nesting.back() != (unit == u'}' ? u'{' : u'['))
        return false;
    m_nesting.pop_back();
    endValue();
    m_listener.closed(m_offset + 1);
    return true;
}

bool JsonPush::takeNext(QChar unit)
{
    if (unit != u',')
        return (unit == u'}' || unit == u']') && close(unit);
    m_state = m_nesting.back() == u'{' ? State::Name : State::Value;
    return true;
}

bool JsonPush::takeText(QChar unit)
{
    if (unit < u' ')
        return false;
    m_token += unit;
    if (m_hexDigits > 0) {
        --m_hexDigits;
        return QStringView(u"0123456789abcdefABCDEF").contains(unit);
    }
    if (m_isEscaped) {
        m_isEscaped = false;
        m_hexDigits = unit == u'u' ? 4 : 0;
        return QStringView(u"\"\\/bfnrtu").contains(unit);
    }
    if (unit == u'\\') {
        m_isEscaped = true;
        return true;
    }
    if (unit != u'"')
        return true;
    const std::optional<QJsonValue> value = valueOf(m_token);
    if (!value || !value->isString())
        return false;
    const TextSpan span {m_tokenStart, m_offset + 1};
    m_token.clear();
    if (m_state == State::NameText) {
        m_state = State::Colon;
        m_listener.named(value->toString(), span);
    } else {
        endValue();
        m_listener.scalar(*value, span);
    }
    return true;
}

bool JsonPush::takeWord(QChar unit)
{
    if (!isBlank(unit) && unit != u',' && unit != u'}' && unit != u']') {
        m_token += unit;
        return mayBecomeValue(m_token);
    }
    const std::optional<QJsonValue> value = isWord(m_token) ? valueOf(m_token) : std::nullopt;
    if (!value)
        return false;
    m_token.clear();
    endValue();
    m_listener.scalar(*value, {m_tokenStart, m_offset});
    return isBlank(unit) || (m_state == State::Next && takeNext(unit));
}

void JsonPush::startToken(State state, QChar unit)
{
    m_state = state;
    m_token = unit;
    m_isEscaped = false;
    m_hexDigits = 0;
    m_tokenStart = m_offset;
}

void JsonPush::endValue()
{
    m_state = m_nesting.empty() ? State::After : State::Next;
}

} // namespace diptych
