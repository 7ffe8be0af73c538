// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace diptych {

/// A parameter outside the common API that a server is known to take: what the Extras editor completes and explains.
struct KnownExtra {
    enum class Type { Boolean, Integer, Number, Text, List, Object, Any };
    QString key {}; ///< as in the root of the body
    Type type = Type::Any;
    QString description {}; ///< one short sentence, with the unit
    QStringList values {}; ///< the allowed texts; empty: any
    std::optional<double> minimum {};
    std::optional<double> maximum {};
    QJsonValue example {}; ///< what completion inserts
    bool operator==(const KnownExtra &) const = default;
};

} // namespace diptych
