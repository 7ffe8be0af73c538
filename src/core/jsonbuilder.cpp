// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonbuilder.h"

#include "core/jsonwriter.h"

#include <algorithm>

namespace diptych {

void JsonArrayBuilder::separate()
{
    if (!m_elements.isEmpty())
        m_elements += ',';
}

void JsonArrayBuilder::append(const QString &text)
{
    separate();
    appendJsonText(m_elements, text, LoneSurrogate::Replaced);
}

void JsonArrayBuilder::append(const QJsonValue &value)
{
    separate();
    appendJson(m_elements, value);
}

void JsonArrayBuilder::append(const JsonObjectBuilder &object)
{
    separate();
    object.appendTo(m_elements);
}

void JsonArrayBuilder::appendTo(QByteArray &json) const
{
    json += '[';
    json += m_elements;
    json += ']';
}

QByteArray JsonArrayBuilder::json() const
{
    QByteArray text;
    text.reserve(m_elements.size() + 2);
    appendTo(text);
    return text;
}

void JsonObjectBuilder::addMember(QLatin1String name, qsizetype begin)
{
    const Member added {name, begin, m_values.size() - begin};
    const auto isBefore = [](const Member &member, QLatin1String key) { return member.name < key; };
    const auto place = std::lower_bound(m_members.begin(), m_members.end(), name, isBefore);
    if (place != m_members.end() && place->name == name)
        *place = added;
    else
        m_members.insert(place, added);
}

void JsonObjectBuilder::insert(QLatin1String name, const QString &text)
{
    const qsizetype begin = m_values.size();
    appendJsonText(m_values, text, LoneSurrogate::Replaced);
    addMember(name, begin);
}

void JsonObjectBuilder::insert(QLatin1String name, const QJsonValue &value)
{
    const qsizetype begin = m_values.size();
    appendJson(m_values, value);
    addMember(name, begin);
}

void JsonObjectBuilder::insert(QLatin1String name, const JsonArrayBuilder &array)
{
    const qsizetype begin = m_values.size();
    array.appendTo(m_values);
    addMember(name, begin);
}

void JsonObjectBuilder::insert(QLatin1String name, const JsonObjectBuilder &object)
{
    const qsizetype begin = m_values.size();
    object.appendTo(m_values);
    addMember(name, begin);
}

bool JsonObjectBuilder::contains(QLatin1String name) const
{
    return std::any_of(
        m_members.begin(), m_members.end(), [name](const Member &member) { return member.name == name; });
}

void JsonObjectBuilder::appendTo(QByteArray &json) const
{
    char separator = '{';
    for (const Member &member : m_members) {
        json += separator;
        json += '"';
        json.append(member.name.data(), member.name.size());
        json += "\":";
        json.append(m_values.constData() + member.begin, member.size);
        separator = ',';
    }
    json += m_members.isEmpty() ? "{}" : "}";
}

QByteArray JsonObjectBuilder::json() const
{
    QByteArray text;
    appendTo(text);
    return text;
}

} // namespace diptych
