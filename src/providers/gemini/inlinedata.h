// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace diptych::gemini {

/// A part with bytes in it (`inlineData`) or with a file that Google's side can reach (`fileData`), from a URL: data:
/// URLs, gs:// and the service's own file addresses. Nothing for any other URL, because the service does not fetch from
/// the web.
/// Source: Gemini API, Part.inlineData and Part.fileData.
[[nodiscard]] std::optional<QJsonObject> mediaPart(const QString &url);

/// A part with sound; wav and mp3 become audio/wav and audio/mp3.
[[nodiscard]] QJsonObject audioPart(const AudioPart &audio);

} // namespace diptych::gemini
