// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/changelog.h"

#include <QCoreApplication>
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

/// Puts a value into an object at a path; objects on the way are made.
void insertAt(QJsonObject &object, const QStringList &path, const QJsonValue &value)
{
    if (path.size() == 1) {
        object.insert(path.first(), value);
        return;
    }
    QJsonObject inner = object.value(path.first()).toObject();
    insertAt(inner, path.mid(1), value);
    object.insert(path.first(), inner);
}

bool hasAt(const QJsonObject &object, const QStringList &path)
{
    const auto member = object.find(path.first());
    return member != object.end() && (path.size() == 1 || hasAt(member->toObject(), path.mid(1)));
}

/// Adds the members of `more`; the path of the first that is there already, or nothing.
QString mergeInto(QJsonObject &object, const QJsonObject &more, const QString &prefix)
{
    for (auto member = more.begin(); member != more.end(); ++member) {
        const QString path = prefix + u'.' + member.key();
        const auto present = object.find(member.key());
        if (present == object.end()) {
            object.insert(member.key(), member.value());
        } else if (present->isObject() && member.value().isObject()) {
            QJsonObject inner = present->toObject();
            if (const QString collision = mergeInto(inner, member.value().toObject(), path); !collision.isEmpty())
                return collision;
            object.insert(member.key(), inner);
        } else {
            return path;
        }
    }
    return {};
}

} // namespace

void BodyEncoder::write(
    Change::Kind kind, const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    Q_ASSERT_X(!contains(wire), "BodyEncoder", "a field is written once");
    m_changes.push_back({.kind = kind, .field = field, .wire = wire, .reason = reason});
    const QStringList path = wire.split(u'.');
    if (path.size() == 1) {
        m_members.emplace_back(wire, value);
        return;
    }
    auto root = std::find_if(
        m_members.begin(), m_members.end(), [&path](const auto &member) { return member.first == path.first(); });
    if (root == m_members.end())
        root = m_members.insert(m_members.end(), {path.first(), QJsonObject()});
    QJsonObject object = root->second.toObject();
    insertAt(object, path.mid(1), value);
    root->second = object;
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

void BodyEncoder::convertedPart(const QString &field, const QString &wire, const QString &reason)
{
    m_changes.push_back({.kind = Change::Kind::Converted, .field = field, .wire = wire, .reason = reason});
}

void BodyEncoder::added(const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Added, {}, wire, value, reason);
}

void BodyEncoder::dropped(const QString &field, const QString &reason)
{
    m_changes.push_back({.kind = Change::Kind::Dropped, .field = field, .reason = reason});
}

void BodyEncoder::refuse(const QString &field, const QString &reason)
{
    if (m_refusal)
        return;
    m_refusal = Error {.kind = Error::Kind::Unsupported,
        .message = QCoreApplication::translate("diptych::BodyEncoder",
            "\"%1\" does not map to this API: %2. The endpoint is set to \"strict\", so nothing was sent.")
                       .arg(field, reason),
        .parameter = field};
}

void BodyEncoder::unmapped(const QString &field, const QString &reason)
{
    dropped(field, reason);
    if (m_adaptation == Adaptation::Strict)
        refuse(field, reason);
}

void BodyEncoder::approximated(
    const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    converted(field, wire, value, reason);
    if (m_adaptation == Adaptation::Strict)
        refuse(field, reason);
}

QString BodyEncoder::extra(const QString &key, const QJsonValue &value, const QString &reason)
{
    const auto present = std::find_if(
        m_members.begin(), m_members.end(), [&key](const auto &member) { return member.first == key; });
    if (present == m_members.end()) {
        m_members.emplace_back(key, value);
    } else {
        if (!present->second.isObject() || !value.isObject())
            return key;
        QJsonObject merged = present->second.toObject();
        if (const QString collision = mergeInto(merged, value.toObject(), key); !collision.isEmpty())
            return collision;
        present->second = merged;
    }
    m_changes.push_back({.kind = reason.isEmpty() ? Change::Kind::Sent : Change::Kind::Added,
        .field = reason.isEmpty() ? key : QString(),
        .wire = key,
        .reason = reason});
    return {};
}

void BodyEncoder::addedHeader(const QByteArray &name, const QByteArray &value, const QString &reason)
{
    m_headers.emplace_back(name, value);
    m_changes.push_back(
        {.kind = Change::Kind::Added, .wire = QStringLiteral("header ") + QString::fromLatin1(name), .reason = reason});
}

bool BodyEncoder::contains(const QString &wire) const
{
    const QStringList path = wire.split(u'.');
    const auto root = std::find_if(
        m_members.begin(), m_members.end(), [&path](const auto &member) { return member.first == path.first(); });
    return root != m_members.end() && (path.size() == 1 || hasAt(root->second.toObject(), path.mid(1)));
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
