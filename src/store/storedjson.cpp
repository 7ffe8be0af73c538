// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storedjson.h"

#include "store/sessioncodec.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace diptych::stored {

namespace {

Failure damaged(const QString &message)
{
    return Failure({.kind = Error::Kind::Storage, .message = message});
}

} // namespace

QByteArray write(QJsonObject object)
{
    object[QStringLiteral("v")] = storedValueVersion;
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QJsonObject> read(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return damaged(QCoreApplication::translate("diptych::SessionStore", "This record is damaged."));
    const QJsonObject object = document.object();
    if (object[QStringLiteral("v")].toInt(1) > storedValueVersion) {
        return damaged(QCoreApplication::translate(
            "diptych::SessionStore", "This record was written by a newer version of Diptych."));
    }
    return object;
}

void put(QJsonObject &object, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        object[key] = value;
}

void put(QJsonObject &object, const QString &key, const std::optional<QString> &value)
{
    if (value)
        object[key] = *value;
}

void put(QJsonObject &object, const QString &key, std::optional<double> value)
{
    if (value)
        object[key] = *value;
}

void put(QJsonObject &object, const QString &key, std::optional<qint64> value)
{
    if (value)
        object[key] = *value;
}

void put(QJsonObject &object, const QString &key, std::optional<int> value)
{
    if (value)
        object[key] = *value;
}

void put(QJsonObject &object, const QString &key, std::optional<bool> value)
{
    if (value)
        object[key] = *value;
}

void put(QJsonObject &object, const QString &key, std::optional<std::chrono::microseconds> value)
{
    if (value)
        object[key] = qint64(value->count());
}

QString text(const QJsonObject &object, const QString &key)
{
    return object[key].toString();
}

std::optional<QString> optionalText(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object[key];
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

std::optional<double> number(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object[key];
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<qint64> integer(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object[key];
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

std::optional<int> smallInteger(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object[key];
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

std::optional<bool> boolean(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object[key];
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

std::optional<std::chrono::microseconds> microseconds(const QJsonObject &object, const QString &key)
{
    const auto count = integer(object, key);
    return count ? std::optional(std::chrono::microseconds(*count)) : std::nullopt;
}

} // namespace diptych::stored
