// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"
#include "providers/common/requestrunner.h"

namespace diptych {

/// Sends bytes as they are to a route of an endpoint, with its address, version and key, and writes what comes back as
/// it comes: for trying what no adapter knows.
class SendCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    SendCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, HttpRequest request, Recorder recorder);
    void end(ExitCode code, const std::optional<Error> &error);

    std::unique_ptr<CliEndpoint> m_endpoint;
    HttpRequest m_request;
    Recorder m_recorder;
    std::unique_ptr<RequestRunner> m_runner; // after the endpoint: dies first
};

} // namespace diptych
