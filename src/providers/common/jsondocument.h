// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

namespace diptych {

/// A small answer, for decoders that keep parts of it for display. Error::Kind::Protocol when it is not JSON; the error
/// itself when it carries one in a member `error`.
[[nodiscard]] Result<QJsonDocument> parseAnswer(const QByteArray &json);

/// Error::Kind::Protocol: `path` is not `expected`, e.g. "data" is not "an array".
[[nodiscard]] Error malformedAnswer(const QByteArray &json, const QString &path, const QString &expected);

} // namespace diptych
