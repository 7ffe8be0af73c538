// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/fieldreader.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::FieldReader", source);
}

/// Unset when the value is not a whole number that fits.
std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    const qint64 read = value.toInteger(0);
    if (!value.isDouble() || read != value.toInteger(1))
        return std::nullopt;
    return read;
}

} // namespace

QString elementPath(const QString &path, qsizetype index)
{
    return QStringLiteral("%1[%2]").arg(path).arg(index);
}

FieldReader::FieldReader(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{
}

QJsonValue FieldReader::any(const QString &name)
{
    m_read.insert(name);
    const QJsonValue value = m_object.value(name);
    return value.isUndefined() ? QJsonValue(QJsonValue::Null) : value;
}

std::optional<QString> FieldReader::string(const QString &name)
{
    const QJsonValue value = any(name);
    if (value.isString())
        return value.toString();
    if (!value.isNull())
        failType(name, text("a string"));
    return std::nullopt;
}

std::optional<bool> FieldReader::boolean(const QString &name)
{
    const QJsonValue value = any(name);
    if (value.isBool())
        return value.toBool();
    if (!value.isNull())
        failType(name, text("true or false"));
    return std::nullopt;
}

std::optional<double> FieldReader::number(const QString &name, double least, double most)
{
    const QJsonValue value = any(name);
    if (value.isNull())
        return std::nullopt;
    if (!value.isDouble()) {
        failType(name, text("a number"));
        return std::nullopt;
    }
    const double read = value.toDouble();
    if (read >= least && read <= most)
        return read;
    fail(name,
        most == std::numeric_limits<double>::max()
            ? text("%1 must be at least %2.").arg(pathOf(name)).arg(least)
            : text("%1 must be between %2 and %3.").arg(pathOf(name)).arg(least).arg(most));
    return std::nullopt;
}

std::optional<qint64> FieldReader::integer(const QString &name, qint64 least, qint64 most)
{
    const QJsonValue value = any(name);
    if (value.isNull())
        return std::nullopt;
    const std::optional<qint64> read = wholeNumber(value);
    if (!read) {
        failType(name, text("an integer"));
        return std::nullopt;
    }
    if (*read >= least && *read <= most)
        return read;
    fail(name,
        *read < least ? text("%1 must be at least %2.").arg(pathOf(name)).arg(least)
                      : text("%1 must be at most %2.").arg(pathOf(name)).arg(most));
    return std::nullopt;
}

std::optional<int> FieldReader::smallInteger(const QString &name, int least, int most)
{
    const std::optional<qint64> read = integer(name, least, most);
    return read ? std::optional<int>(static_cast<int>(*read)) : std::nullopt;
}

std::optional<QJsonObject> FieldReader::object(const QString &name)
{
    const QJsonValue value = any(name);
    if (value.isObject())
        return value.toObject();
    if (!value.isNull())
        failType(name, text("an object"));
    return std::nullopt;
}

std::optional<QJsonArray> FieldReader::array(const QString &name)
{
    const QJsonValue value = any(name);
    if (value.isArray())
        return value.toArray();
    if (!value.isNull())
        failType(name, text("an array"));
    return std::nullopt;
}

std::optional<QStringList> FieldReader::strings(const QString &name)
{
    const QJsonValue value = any(name);
    if (value.isNull())
        return std::nullopt;
    if (value.isString())
        return QStringList {value.toString()};
    if (!value.isArray()) {
        failType(name, text("a string or an array of strings"));
        return std::nullopt;
    }
    QStringList list;
    const QJsonArray elements = value.toArray();
    for (qsizetype i = 0; i < elements.size(); ++i) {
        if (!elements.at(i).isString()) {
            failType(elementPath(name, i), text("a string"));
            return std::nullopt;
        }
        list.push_back(elements.at(i).toString());
    }
    return list;
}

void FieldReader::fail(const QString &name, const QString &message)
{
    record(Error::Kind::InvalidRequest, name, message);
}

void FieldReader::failMissing(const QString &name)
{
    fail(name, text("%1 is required.").arg(pathOf(name)));
}

void FieldReader::failUnsupported(const QString &name, const QString &message)
{
    record(Error::Kind::Unsupported, name, message);
}

void FieldReader::failType(const QString &name, const QString &wanted)
{
    fail(name, text("%1 must be %2.").arg(pathOf(name), wanted));
}

void FieldReader::record(Error::Kind kind, const QString &name, const QString &message)
{
    if (!m_error)
        m_error = Error {.kind = kind, .message = message, .parameter = pathOf(name)};
}

void FieldReader::adopt(const FieldReader &inner)
{
    if (!m_error)
        m_error = inner.m_error;
}

QString FieldReader::pathOf(const QString &name) const
{
    if (m_path.isEmpty() || name.isEmpty())
        return m_path.isEmpty() ? name : m_path;
    return QStringLiteral("%1.%2").arg(m_path, name);
}

FieldReader elementReader(FieldReader &outer, const QJsonArray &array, qsizetype index, const QString &name)
{
    const QString element = elementPath(name, index);
    if (!array.at(index).isObject())
        outer.fail(element, text("%1 must be an object.").arg(outer.pathOf(element)));
    return FieldReader(array.at(index).toObject(), outer.pathOf(element));
}

FieldReader memberReader(FieldReader &outer, const QString &name)
{
    const std::optional<QJsonObject> object = outer.object(name);
    if (!object)
        outer.failMissing(name);
    return FieldReader(object.value_or(QJsonObject()), outer.pathOf(name));
}

QString requiredText(FieldReader &reader, const QString &name)
{
    const std::optional<QString> value = reader.string(name);
    if (!value)
        reader.failMissing(name);
    return value.value_or(QString());
}

QJsonObject FieldReader::rest() const
{
    QJsonObject left;
    for (auto member = m_object.begin(); member != m_object.end(); ++member) {
        if (!m_read.contains(member.key()))
            left.insert(member.key(), member.value());
    }
    return left;
}

} // namespace diptych
