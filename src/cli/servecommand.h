// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/gatewayservice.h"

#include <QTimer>

namespace diptych {

/// serve: the gateway for other programs, until it is interrupted. What is under way then is still answered.
class ServeCommand : public Command
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds patience {30}; ///< for answers under way after the first interrupt

    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    ServeCommand(Console &console, const ServeConfig &config, BuiltinOptions models);
    void writeAddress();
    void writeEntry(const GatewayLogEntry &entry);

    GatewayService m_service;
    QTimer m_patience;
    bool m_isKeyRandom;
};

} // namespace diptych
