// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectionoptions.h"
#include "core/result.h"

#include <QSslConfiguration>
#include <QSslError>

namespace diptych {

/// The system's certificate authorities with those of the options, and the client certificate. Fails with
/// Error::Kind::Tls when a file is missing or holds nothing usable.
[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(const TlsOptions &options);

/// Why a certificate was refused, for people, with what can be done about it.
[[nodiscard]] QString describeTlsErrors(const QList<QSslError> &errors, const QString &hostAndPort);

} // namespace diptych
