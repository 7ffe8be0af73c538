// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <chrono>
#include <optional>

namespace diptych::stored {

/// Adds the version and makes the bytes.
[[nodiscard]] QByteArray write(QJsonObject object);
/// Errors: Storage (not a JSON object, or a version newer than this program's).
[[nodiscard]] Result<QJsonObject> read(const QByteArray &json);

// Empty and unset members are left out.
void put(QJsonObject &object, const QString &key, const QString &value);
void put(QJsonObject &object, const QString &key, const std::optional<QString> &value);
void put(QJsonObject &object, const QString &key, std::optional<double> value);
void put(QJsonObject &object, const QString &key, std::optional<qint64> value);
void put(QJsonObject &object, const QString &key, std::optional<int> value);
void put(QJsonObject &object, const QString &key, std::optional<bool> value);
void put(QJsonObject &object, const QString &key, std::optional<std::chrono::microseconds> value);

// A value of another type counts as missing.
[[nodiscard]] QString text(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<QString> optionalText(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<double> number(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<qint64> integer(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<int> smallInteger(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<bool> boolean(const QJsonObject &object, const QString &key);
[[nodiscard]] std::optional<std::chrono::microseconds> microseconds(const QJsonObject &object, const QString &key);

} // namespace diptych::stored
