// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <limits>
#include <optional>

namespace diptych {

/// Reads the members of a JSON object with strict types and keeps the first mistake, with its path. A member that is
/// absent or null reads as unset. Knows in the end which members nobody asked for.
class FieldReader
{
public:
    /// `path` of the object itself, e.g. "messages[0]"; empty for the root.
    explicit FieldReader(QJsonObject object, QString path = {});

    [[nodiscard]] std::optional<QString> string(const QString &name);
    [[nodiscard]] std::optional<bool> boolean(const QString &name);
    [[nodiscard]] std::optional<double> number(const QString &name,
        double least = std::numeric_limits<double>::lowest(), double most = std::numeric_limits<double>::max());
    [[nodiscard]] std::optional<qint64> integer(const QString &name, qint64 least = std::numeric_limits<qint64>::min(),
        qint64 most = std::numeric_limits<qint64>::max());
    [[nodiscard]] std::optional<int> smallInteger(
        const QString &name, int least, int most = std::numeric_limits<int>::max());
    [[nodiscard]] std::optional<QJsonObject> object(const QString &name);
    [[nodiscard]] std::optional<QJsonArray> array(const QString &name);
    /// An array of strings, or one string standing for an array of one.
    [[nodiscard]] std::optional<QStringList> strings(const QString &name);
    /// Any type; null when absent.
    [[nodiscard]] QJsonValue any(const QString &name);

    /// Records a mistake at a member; an empty name means the object itself.
    void fail(const QString &name, const QString &message);
    void failMissing(const QString &name);
    void failUnsupported(const QString &name, const QString &message);
    /// Takes over the mistake of a reader of something inside.
    void adopt(const FieldReader &inner);

    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// The path of a member, e.g. "messages[0].content".
    [[nodiscard]] QString pathOf(const QString &name) const;
    /// The members that were never asked for.
    [[nodiscard]] QJsonObject rest() const;

private:
    void record(Error::Kind kind, const QString &name, const QString &message);
    void failType(const QString &name, const QString &wanted);

    QJsonObject m_object;
    QString m_path;
    QSet<QString> m_read;
    std::optional<Error> m_error;
};

/// The members of an element of an array, which has to be an object.
[[nodiscard]] FieldReader elementReader(
    FieldReader &outer, const QJsonArray &array, qsizetype index, const QString &name);
/// The members of a member that has to be there and has to be an object.
[[nodiscard]] FieldReader memberReader(FieldReader &outer, const QString &name);
[[nodiscard]] QString requiredText(FieldReader &reader, const QString &name);

/// "messages", 2 → "messages[2]".
[[nodiscard]] QString elementPath(const QString &path, qsizetype index);

} // namespace diptych
