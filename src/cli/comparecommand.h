// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/answerprinter.h"
#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"

namespace diptych {

/// compare: asks several models the same thing at the same time. Text comes out answer by answer, in the order of the
/// command line; JSON lines as they arrive.
class CompareCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    struct Answer {
        QString model;
        AnswerPrinter printer;
        std::vector<ChatDelta> waiting; // until it is this answer's turn
        std::unique_ptr<ChatReply> reply;
        bool isPrinted = false;
    };
    CompareCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, ChatRequest request,
        const QStringList &models, const AnswerPrinter::Style &style, Recorder recorder);
    void take(std::size_t index, const ChatDelta &delta);
    void advance();
    void writeHeading(std::size_t index);
    void end(Answer &answer);

    std::unique_ptr<CliEndpoint> m_endpoint;
    ChatRequest m_request;
    bool m_isJson;
    Recorder m_recorder;
    std::vector<Answer> m_answers; // after the endpoint: dies first
    std::size_t m_current = 0; ///< the answer whose turn it is
    std::size_t m_printed = 0;
    ExitCode m_code = ExitCode::Ok;
};

} // namespace diptych
