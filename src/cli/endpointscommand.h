// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace diptych {

/// endpoints recognise | env | convert-v1 | test: what a URL or the environment stands for, and whether it answers.
class EndpointsCommand
{
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);
};

} // namespace diptych
