// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QJsonObject>

#include <span>

namespace diptych {

/// Exchanges as an HTTP archive, one entry each. Times that are not known are -1; what HAR has no member for (frames,
/// attempts) stands under names that begin with an underscore, as the format allows. Values of secret headers read ***
/// and secrets in the URL are taken out; request and response bodies are kept, for they are what the archive is for.
/// Source: HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/
[[nodiscard]] QJsonObject toHar(std::span<const Exchange> exchanges);

} // namespace diptych
