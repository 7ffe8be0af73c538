// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"

namespace diptych {

/// models: what the endpoint lists, a line each.
class ModelsCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    ModelsCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, bool isJson, Recorder recorder);
    void finish();

    std::unique_ptr<CliEndpoint> m_endpoint;
    bool m_isJson;
    Recorder m_recorder;
    std::unique_ptr<ModelListReply> m_reply; // after the endpoint: dies first
};

} // namespace diptych
