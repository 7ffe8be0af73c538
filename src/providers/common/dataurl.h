// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// What a data URL holds.
struct DataUrl {
    QString mediaType {}; ///< "image/png", in lower case
    QString base64 {}; ///< not empty, and valid
    bool operator==(const DataUrl &) const = default;
};

[[nodiscard]] bool isDataUrl(const QString &url);
[[nodiscard]] bool isWebUrl(const QString &url); ///< http: or https:

/// Unset when it is not a data URL with a media type and with something in it. Source: RFC 2397.
[[nodiscard]] std::optional<DataUrl> parseDataUrl(const QString &url);

} // namespace diptych
