// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("diptych-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIPTYCH_VERSION));
    diptych::Console console;
    return diptych::runCommandLine(QCoreApplication::arguments(), console);
}
