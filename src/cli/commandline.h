// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/terminaloutput.h"

#include <QStringList>

namespace diptych {

/// Runs the command that the arguments (the program's name first) ask for, with the application's event loop. Returns
/// the exit code.
[[nodiscard]] int runCommandLine(const QStringList &arguments, Console &console);

} // namespace diptych
