// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exitcode.h"

#include <QCoreApplication>

namespace diptych {

ExitCode exitCodeFor(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Cancelled:
        return ExitCode::Interrupted;
    case Error::Kind::Unsupported:
        return ExitCode::Unsupported;
    case Error::Kind::Authentication:
        return ExitCode::Authentication;
    case Error::Kind::Network:
    case Error::Kind::Tls:
    case Error::Kind::Timeout:
        return ExitCode::Network;
    default:
        return ExitCode::Failed;
    }
}

QString exitCodeHelp()
{
    return QCoreApplication::translate("diptych::ExitCode",
        "Exit status:\n"
        "  0    success\n"
        "  1    the request failed\n"
        "  2    wrong usage\n"
        "  3    the model can not do that\n"
        "  4    the key is missing or was refused\n"
        "  5    no connection, bad certificate, or a deadline passed\n"
        "  130  interrupted\n");
}

} // namespace diptych
