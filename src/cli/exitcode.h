// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace diptych {

/// What the process tells the shell. The values are documented and stay.
enum class ExitCode {
    Ok = 0,
    Failed = 1, ///< the request was sent and failed
    Usage = 2, ///< the command line is wrong
    Unsupported = 3, ///< the model can not do what was asked
    Authentication = 4, ///< the key is missing, wrong or not allowed here
    Network = 5, ///< no connection, TLS, or a deadline passed
    Interrupted = 130,
};

[[nodiscard]] ExitCode exitCodeFor(const Error &error);
/// The paragraph of --help about exit codes.
[[nodiscard]] QString exitCodeHelp();

} // namespace diptych
