// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace diptych {

/// The arguments of a call for clients that take them as an object. Whatever a model wrote instead of one comes as the
/// text "arguments" in one.
[[nodiscard]] QJsonObject argumentsObject(const QString &arguments);
/// The other way round: as the common request keeps them.
[[nodiscard]] QString argumentsText(const QJsonObject &arguments);
/// Whether the text is an object already, and not the beginning of one.
[[nodiscard]] bool isWholeObject(const QString &arguments);

} // namespace diptych
