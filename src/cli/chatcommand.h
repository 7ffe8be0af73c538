// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/answerprinter.h"
#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"
#include "cli/toolresults.h"

namespace diptych {

/// chat: asks one model, streams its answer. When that asks for functions whose results are given, sends them and goes
/// on to the final answer.
class ChatCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    static void addRequestOptions(QCommandLineParser &parser); ///< what readRequest() and the answer's printer take
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);
    /// The request of the command line; its model is that of the prompt's file, if that names one.
    [[nodiscard]] static Result<ChatRequest> readRequest(const QCommandLineParser &parser);

    void start() override;
    void interrupt() override;

private:
    ChatCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request, AnswerPrinter printer,
        ToolResults toolResults, Recorder recorder);
    void ask();
    void end();
    /// Sends what the functions gave back; false when that is not to be done.
    [[nodiscard]] bool answerCalls();
    void take(const ChatDelta &delta);

    std::unique_ptr<CliEndpoint> m_endpoint;
    ChatRequest m_request;
    AnswerPrinter m_printer;
    ToolResults m_toolResults;
    Recorder m_recorder;
    int m_rounds = 0; // of calls and results
    std::unique_ptr<ChatReply> m_reply; // after the endpoint: dies first
};

/// Characters of all messages, for estimates.
[[nodiscard]] qsizetype promptLength(const ChatRequest &request);

} // namespace diptych
