// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/answerprinter.h"
#include "cli/cliendpoint.h"
#include "cli/command.h"

namespace diptych {

/// chat: asks one model, streams its answer.
class ChatCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);
    /// The request of the command line, without a model.
    [[nodiscard]] static Result<ChatRequest> readRequest(const QCommandLineParser &parser);

    void start() override;
    void interrupt() override;

private:
    ChatCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request, AnswerPrinter printer);
    void take(const ChatDelta &delta);

    std::unique_ptr<CliEndpoint> m_endpoint;
    ChatRequest m_request;
    AnswerPrinter m_printer;
    std::unique_ptr<ChatReply> m_reply; // after the endpoint: dies first
};

/// Characters of all messages, for estimates.
[[nodiscard]] qsizetype promptLength(const ChatRequest &request);

} // namespace diptych
