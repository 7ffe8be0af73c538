// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "core/error.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace diptych {

/// Reads typed members of an object and keeps the first mistake: a file that people write has slips of the pen, and
/// a route that is silently half a route costs money. A member that is absent or null leaves the value as it was.
class ConfigMembers
{
public:
    /// `path`: where the object stands in the file, such as routes[1]; empty: it is the file.
    ConfigMembers(QJsonObject object, QString path);

    [[nodiscard]] QString pathOf(const QString &name) const;
    /// `what` completes "this has to be …". Undefined when it is absent or of another type.
    [[nodiscard]] QJsonValue take(const QString &name, QJsonValue::Type type, const QString &what);
    void text(const QString &name, QString &value);
    void flag(const QString &name, bool &value);
    [[nodiscard]] std::optional<double> number(const QString &name, double least, double most);
    [[nodiscard]] std::optional<qint64> integer(const QString &name, qint64 least, qint64 most);
    [[nodiscard]] std::vector<QString> texts(const QString &name);
    [[nodiscard]] std::optional<ModelRef> model(const QString &name); ///< written as endpoint/model
    [[nodiscard]] std::optional<ModelRef> modelOf(const QString &text, const QString &name);

    void fail(const QString &name, const QString &message);
    /// To be asked last: what was not asked for and is not among `others` is a mistake.
    [[nodiscard]] std::optional<Error> error(const QStringList &others = {});

    /// InvalidRequest, with the path as parameter and in front of the message.
    [[nodiscard]] static Error fault(const QString &path, const QString &message);

private:
    QJsonObject m_object;
    QString m_path;
    QStringList m_known;
    std::optional<Error> m_error;
};

} // namespace diptych
