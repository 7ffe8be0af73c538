// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"

namespace diptych {

/// info: what the endpoint says of a model.
class InfoCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    InfoCommand(
        Console &console, std::unique_ptr<CliEndpoint> endpoint, const QString &model, bool isJson, Recorder recorder);
    void finish();

    std::unique_ptr<CliEndpoint> m_endpoint;
    QString m_model;
    bool m_isJson;
    Recorder m_recorder;
    std::unique_ptr<ModelInfoReply> m_reply; // after the endpoint: dies first
};

} // namespace diptych
