// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstring>

namespace diptych {

namespace {

/// Splits a text that QJsonDocument has already accepted; needs no error handling of its own.
class Splitter
{
public:
    explicit Splitter(const QByteArray &json)
        : m_json(json)
    {
    }

    std::vector<JsonToken> tokens()
    {
        while (m_position < m_json.size()) {
            const char letter = m_json.at(m_position);
            if (std::strchr(" \t\r\n", letter))
                ++m_position;
            else if (std::strchr("{}[],:", letter))
                punctuation(letter);
            else if (letter == '"')
                string();
            else
                literal();
        }
        return std::move(m_tokens);
    }

private:
    void punctuation(char letter)
    {
        if (letter == ':' && !m_tokens.empty())
            m_tokens.back().isKey = true;
        m_tokens.push_back({.kind = JsonToken::Kind::Punctuation, .punctuation = letter});
        ++m_position;
    }

    void string()
    {
        const qsizetype start = m_position++;
        while (m_position < m_json.size() && m_json.at(m_position) != '"')
            m_position += m_json.at(m_position) == '\\' ? 2 : 1;
        ++m_position;
        // QJsonDocument decodes the escapes, surrogate pairs included.
        const QByteArray wrapped = '[' + m_json.mid(start, m_position - start) + ']';
        m_tokens.push_back(
            {.kind = JsonToken::Kind::String, .text = QJsonDocument::fromJson(wrapped).array().at(0).toString()});
    }

    void literal()
    {
        const qsizetype start = m_position;
        while (m_position < m_json.size() && !std::strchr(" \t\r\n{}[],:\"", m_json.at(m_position)))
            ++m_position;
        m_tokens.push_back(
            {.kind = JsonToken::Kind::Literal, .text = QString::fromLatin1(m_json.mid(start, m_position - start))});
    }

    const QByteArray &m_json;
    qsizetype m_position = 0;
    std::vector<JsonToken> m_tokens;
};

QString newLine(int depth)
{
    return u'\n' + QString(depth * 4, u' ');
}

} // namespace

std::optional<std::vector<JsonToken>> jsonTokens(const QByteArray &json)
{
    QJsonParseError error;
    QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return std::nullopt;
    return Splitter(json).tokens();
}

QString jsonQuoted(const QString &text)
{
    QString quoted = QStringLiteral("\"");
    for (const QChar letter : text) {
        const ushort code = letter.unicode();
        if (letter == u'"' || letter == u'\\')
            quoted += QString(u'\\') + letter;
        else if (letter == u'\n')
            quoted += QStringLiteral("\\n");
        else if (letter == u'\r')
            quoted += QStringLiteral("\\r");
        else if (letter == u'\t')
            quoted += QStringLiteral("\\t");
        else if (code < 0x20 || code == 0x7F || code == 0x2028 || code == 0x2029)
            quoted += QStringLiteral("\\u%1").arg(static_cast<int>(code), 4, 16, QLatin1Char('0'));
        else
            quoted += letter;
    }
    return quoted + u'"';
}

QString prettyTokens(const std::vector<JsonToken> &tokens, const JsonWriter &writer, int startIndent)
{
    QString out;
    int depth = startIndent;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const JsonToken &token = tokens[i];
        if (token.kind != JsonToken::Kind::Punctuation) {
            out += token.kind == JsonToken::Kind::String ? writer.string(token) : writer.literal(token.text);
            continue;
        }
        const bool opens = token.punctuation == '{' || token.punctuation == '[';
        const bool closes = token.punctuation == '}' || token.punctuation == ']';
        const char before = i > 0 ? tokens[i - 1].punctuation : char(0);
        const bool isEmpty = closes && (before == '{' || before == '[');
        if (closes) {
            --depth;
            if (!isEmpty)
                out += newLine(depth);
        }
        out += QLatin1Char(token.punctuation);
        if (opens)
            ++depth;
        const char next = i + 1 < tokens.size() ? tokens[i + 1].punctuation : char(0);
        if ((opens && next != '}' && next != ']') || token.punctuation == ',')
            out += newLine(depth);
        else if (token.punctuation == ':')
            out += u' ';
    }
    return out;
}

QString prettyJson(const QByteArray &json)
{
    const auto tokens = jsonTokens(json);
    if (!tokens)
        return QString::fromUtf8(json);
    return prettyTokens(*tokens,
        {.string = [](const JsonToken &token) { return jsonQuoted(token.text); },
            .literal = [](const QString &literal) { return literal; }});
}

} // namespace diptych
