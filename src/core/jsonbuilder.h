// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QVarLengthArray>

namespace diptych {

class JsonObjectBuilder;

// JSON written at once instead of being kept as values, for what is large and never looked at again: building a
// QJsonObject copies each text three times, and writing it out once more. Unpaired surrogates in texts become U+FFFD;
// QJsonValues are written as QJsonDocument does.

/// A JSON array.
class JsonArrayBuilder
{
public:
    void append(const QString &text);
    void append(const QJsonValue &value);
    void append(const JsonObjectBuilder &object);
    [[nodiscard]] bool isEmpty() const { return m_elements.isEmpty(); }
    [[nodiscard]] QByteArray json() const;

private:
    friend class JsonObjectBuilder;
    void separate();
    void appendTo(QByteArray &json) const;

    QByteArray m_elements; // with commas between them
};

/// A JSON object. Its members are sorted by name, as those of QJsonObject are.
class JsonObjectBuilder
{
public:
    /// Names are plain: ASCII without anything that JSON escapes. The value of a name that is there already is
    /// replaced.
    void insert(QLatin1String name, const QString &text);
    void insert(QLatin1String name, const QJsonValue &value);
    void insert(QLatin1String name, const JsonArrayBuilder &array);
    void insert(QLatin1String name, const JsonObjectBuilder &object);
    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }
    [[nodiscard]] bool contains(QLatin1String name) const;
    [[nodiscard]] QByteArray json() const;

private:
    friend class JsonArrayBuilder;
    struct Member {
        QLatin1String name {};
        qsizetype begin = 0; // of its value in m_values
        qsizetype size = 0;
    };
    /// Makes what was appended to m_values since `begin` the value of a member.
    void addMember(QLatin1String name, qsizetype begin);
    void appendTo(QByteArray &json) const;

    QVarLengthArray<Member, 8> m_members; // sorted
    QByteArray m_values;
};

} // namespace diptych
