// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/changelog.h"

#include "core/jsonwriter.h"

#include <QCoreApplication>
#include <QMetaEnum>

#include <algorithm>

namespace diptych {

namespace {

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

/// The object that a member of the body is; empty when it is something else.
QJsonObject objectOf(const std::variant<QJsonValue, QByteArray> &value)
{
    const auto *json = std::get_if<QJsonValue>(&value);
    return json ? json->toObject() : QJsonObject();
}

} // namespace

std::size_t BodyEncoder::indexOf(QStringView name) const
{
    const auto found =
        std::find_if(m_members.begin(), m_members.end(), [name](const Member &member) { return member.name == name; });
    return static_cast<std::size_t>(found - m_members.begin());
}

void BodyEncoder::write(
    Change::Kind kind, const QString &field, const QString &wire, Value value, const QString &reason)
{
    Q_ASSERT_X(!contains(wire), "BodyEncoder", "a field is written once");
    m_changes.push_back({.kind = kind, .field = field, .wire = wire, .reason = reason});
    if (!wire.contains(u'.')) {
        m_members.push_back({wire, std::move(value)});
        return;
    }
    Q_ASSERT_X(std::holds_alternative<QJsonValue>(value), "BodyEncoder", "text stands at the root");
    const QStringList path = wire.split(u'.');
    const std::size_t index = indexOf(path.first());
    if (index == m_members.size())
        m_members.push_back({path.first(), QJsonObject()});
    QJsonObject object = objectOf(m_members[index].value);
    insertAt(object, path.mid(1), std::get<QJsonValue>(value));
    m_members[index].value = object;
}

void BodyEncoder::sent(const QString &field, const QJsonValue &value)
{
    write(Change::Kind::Sent, field, field, value, {});
}

void BodyEncoder::sent(const QString &field, const JsonArrayBuilder &value)
{
    write(Change::Kind::Sent, field, field, value.json(), {});
}

void BodyEncoder::renamed(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Renamed, field, wire, value, reason);
}

void BodyEncoder::converted(const QString &field, const QString &wire, const QJsonValue &value, const QString &reason)
{
    write(Change::Kind::Converted, field, wire, value, reason);
}

void BodyEncoder::converted(
    const QString &field, const QString &wire, const JsonArrayBuilder &value, const QString &reason)
{
    write(Change::Kind::Converted, field, wire, value.json(), reason);
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
    const std::size_t index = indexOf(key);
    if (index == m_members.size()) {
        m_members.push_back({key, value});
    } else {
        const auto *present = std::get_if<QJsonValue>(&m_members[index].value);
        if (!present || !present->isObject() || !value.isObject())
            return key;
        QJsonObject merged = present->toObject();
        if (const QString collision = mergeInto(merged, value.toObject(), key); !collision.isEmpty())
            return collision;
        m_members[index].value = merged;
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
    const std::size_t index = indexOf(path.first());
    return index < m_members.size() && (path.size() == 1 || hasAt(objectOf(m_members[index].value), path.mid(1)));
}

QByteArray BodyEncoder::body() const
{
    QByteArray text;
    char separator = '{';
    for (const auto &[name, value] : m_members) {
        text += separator;
        appendJsonText(text, name);
        text += ':';
        if (const auto *json = std::get_if<QByteArray>(&value))
            text += *json;
        else
            appendJson(text, std::get<QJsonValue>(value));
        separator = ',';
    }
    return text + (m_members.empty() ? "{}" : "}");
}

QString changeKindName(Change::Kind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<Change::Kind>().valueToKey(static_cast<int>(kind))).toLower();
}

} // namespace diptych
