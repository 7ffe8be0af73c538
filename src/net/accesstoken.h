// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QDateTime>

namespace diptych {

/// A token as a program printed it.
struct AccessToken {
    Secret value {};
    QDateTime expiresAt {}; ///< UTC; null: it does not say
    bool operator==(const AccessToken &) const = default;
};

/// Reads a token by itself, or a JSON object with accessToken, access_token or token (also inside `status`) and
/// expiresOn, expires_on or expires_in; without these the `exp` of a JSON web token counts.
/// Errors: Authentication; the message never holds what was printed.
/// Source: az account get-access-token, azd auth token, gcloud auth print-access-token, RFC 6749 §5.1, RFC 7519 §4.1.4.
[[nodiscard]] Result<AccessToken> readAccessToken(const QByteArray &printed, const QDateTime &now);

/// The last lines of what a program wrote to standard error, with everything that looks like a token as ***.
[[nodiscard]] QString redactedOutput(const QByteArray &text);

} // namespace diptych
