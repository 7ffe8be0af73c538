// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/answerprinter.h"
#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"

namespace diptych {

/// complete: continues a text.
class CompleteCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    CompleteCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, CompletionRequest request,
        AnswerPrinter printer, Recorder recorder);
    void take(const CompletionDelta &delta);

    std::unique_ptr<CliEndpoint> m_endpoint;
    CompletionRequest m_request;
    AnswerPrinter m_printer;
    Recorder m_recorder;
    std::unique_ptr<CompletionReply> m_reply; // after the endpoint: dies first
};

} // namespace diptych
