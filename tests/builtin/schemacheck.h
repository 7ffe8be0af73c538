// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace diptych {

/// What is wrong with a value by a JSON schema, one line per fault; empty when it is valid. Written apart from the code
/// that fills schemas in, for the keywords that it knows.
[[nodiscard]] QStringList schemaFaults(const QJsonValue &value, const QJsonValue &schema, const QJsonObject &root);

} // namespace diptych
