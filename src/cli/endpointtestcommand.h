// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cliendpoint.h"
#include "cli/command.h"

namespace diptych {

/// endpoints test: asks an endpoint for its models and says step by step what went well.
class EndpointTestCommand : public Command
{
    Q_OBJECT
public:
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, const QString &url, Console &console);

    void start() override;
    void interrupt() override;

private:
    EndpointTestCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, bool isJson);
    void finish();

    std::unique_ptr<CliEndpoint> m_endpoint;
    bool m_isJson;
    std::unique_ptr<ModelListReply> m_reply; // after the endpoint: dies first
};

} // namespace diptych
