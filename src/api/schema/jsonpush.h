// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringView>

#include <vector>

namespace diptych {

/// Where something stands in a text, in UTF-16 units.
struct TextSpan {
    qsizetype start = 0;
    qsizetype end = 0;
    bool operator==(const TextSpan &) const = default;
};

/// Reads a JSON text that arrives in pieces, cut anywhere, and says what is certain at once: a word or a number only
/// when it has ended. Strict JSON, of one value with nothing after it.
/// Source: RFC 8259. Pure: no I/O.
class JsonPush
{
public:
    /// Who is told. Spans count from the beginning of the text.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        virtual void opened(bool isArray, qsizetype start) = 0;
        virtual void named(const QString &key, TextSpan span) = 0; ///< a member of the innermost object begins
        virtual void scalar(const QJsonValue &value, TextSpan span) = 0;
        virtual void closed(qsizetype end) = 0; ///< the innermost object or array
    };

    explicit JsonPush(Listener &listener)
        : m_listener(listener)
    {
    }

    void add(QStringView text);
    /// There is no more: a number at the end is complete now.
    void finish();

    [[nodiscard]] bool isComplete() const { return m_state == State::After; }
    [[nodiscard]] bool isEmpty() const { return m_state == State::Value && m_nesting.empty() && m_token.isEmpty(); }
    /// A place where no JSON can go on; -1: none so far.
    [[nodiscard]] qsizetype mistakeAt() const { return m_mistake; }

private:
    enum class State { Value, FirstItem, FirstName, Name, Colon, Next, Text, NameText, Word, After };

    bool take(QChar unit);
    bool takeValue(QChar unit);
    bool takeText(QChar unit);
    bool takeWord(QChar unit);
    bool takeNext(QChar unit);
    bool open(QChar unit);
    bool close(QChar unit);
    void startToken(State state, QChar unit);
    void endValue();

    Listener &m_listener;
    State m_state = State::Value;
    std::vector<QChar> m_nesting {}; // '{' and '['
    QString m_token {}; // of a text or word under way
    bool m_isEscaped = false;
    int m_hexDigits = 0; // still to come after \u
    qsizetype m_tokenStart = 0;
    qsizetype m_offset = 0;
    qsizetype m_mistake = -1;
};

} // namespace diptych
