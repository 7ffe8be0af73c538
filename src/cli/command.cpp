// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

namespace diptych {

Command::Command(Console &console)
    : m_console(console)
{
}

Command::~Command() = default;

tl::unexpected<Error> usageError(const QString &message)
{
    return Failure(Error {.kind = Error::Kind::InvalidRequest, .message = message});
}

} // namespace diptych
