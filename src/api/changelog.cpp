// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/changelog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>

#include <algorithm>

namespace diptych {

namespace {

// QJsonDocument takes only arrays and objects at the top; wrapping a value in an array and cutting the brackets off
// gives its exact text.
QByteArray textOf(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

} // namespace

void BodyEncoder::write(
    Change::Kind kind, const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    Q_ASSERT_X(!contains(wire), "BodyEncoder", "a field is written once");
    m_members.emplace_back(wire, value);
    m_changes.push_back({.kind = kind, .field = field, .wire = wire, .reason = reason});
}

void BodyEncoder::sent(const QString &field, const QJsonValue &value)
{
    write(Change::Kind::Sent, field, field, value, {});
}

void BodyEncoder::renamed(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Renamed, field, wire, value, reason);
}

void BodyEncoder::converted(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Converted, field, wire, value, reason);
}

void BodyEncoder::added(const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Added, {}, wire, value, reason);
}

void BodyEncoder::dropped(const QString &field, const QString &reason)
{
    m_changes.push_back({.kind = Change::Kind::Dropped, .field = field, .reason = reason});
}

void BodyEncoder::addedHeader(const QByteArray &name, const QByteArray &value, const QString &reason)
{
    m_headers.emplace_back(name, value);
    m_changes.push_back(
        {.kind = Change::Kind::Added, .wire = QStringLiteral("header ") + QString::fromLatin1(name), .reason = reason});
}

bool BodyEncoder::contains(const QString &wire) const
{
    return std::any_of(
        m_members.begin(), m_members.end(), [&wire](const auto &member) { return member.first == wire; });
}

QByteArray BodyEncoder::body() const
{
    QByteArray text = "{";
    for (const auto &[name, value] : m_members) {
        if (text.size() > 1)
            text += ',';
        text += textOf(name) + ':' + textOf(value);
    }
    return text + '}';
}

QString changeKindName(Change::Kind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<Change::Kind>().valueToKey(static_cast<int>(kind))).toLower();
}

} // namespace diptych
