// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"
#include "runs/capabilityprobe.h"

namespace diptych {

/// probe: asks a model what it can do, or says what would be asked.
class ProbeCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    struct Options {
        QString model {};
        QStringList only {}; ///< abilities; empty: all
        bool isConfirmed = false;
        bool isJson = false;
    };
    ProbeCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, Options options, Recorder recorder);
    void takeModels();
    void printPlan(const ProbePlan &plan, const Charge &charge);
    void ask(const ProbePlan &plan);
    void print(const ProbeFinding &finding);
    void finishProbe();
    void fail(const Error &error);
    void end(ExitCode code);

    std::unique_ptr<CliEndpoint> m_endpoint;
    Options m_options;
    Recorder m_recorder;
    std::unique_ptr<ModelListReply> m_models; // after the endpoint: dies first
    std::unique_ptr<CapabilityProbe> m_probe;
};

} // namespace diptych
