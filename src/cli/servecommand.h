// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/builtinprovider.h"
#include "cli/command.h"
#include "gateway/gateway.h"

namespace diptych {

/// serve: the built-in models for other programs on this machine, until interrupted.
class ServeCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    ServeCommand(Console &console, BuiltinOptions models, const GatewayOptions &options);
    void writeAddress();
    void writeEntry(const GatewayLogEntry &entry);

    BuiltinProvider m_models;
    Gateway m_gateway;
    bool m_isKeyRandom;
};

} // namespace diptych
