// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/exitcode.h"
#include "cli/report.h"

#include <QCommandLineParser>

namespace diptych {

/// Writes one answer, as text while it arrives or as JSON lines: delta, done, error.
class AnswerPrinter
{
public:
    struct Style {
        bool isJson = false;
        bool isQuiet = false; ///< no line of times and counts
        bool isComparison = false; ///< that line is part of the answer: standard output instead of standard error
        QJsonObject tag {}; ///< put into every JSON line
        QString subject {}; ///< put in front of errors
    };
    /// What --json and --quiet say.
    [[nodiscard]] static Style style(const QCommandLineParser &parser);

    AnswerPrinter(Console &console, Style style);

    /// Says on standard error which parameters are left out or changed, unless --quiet was given.
    void begin(const Reply &reply);
    void delta(const ChatDelta &delta);
    void delta(const CompletionDelta &delta);
    /// Calls that were answered before the answer: on standard error, or as a line of JSON.
    void answerCalls(const std::vector<ToolCall> &calls, const std::vector<Message> &results);
    /// The end of the answer, good or bad.
    [[nodiscard]] ExitCode finish(const ChatReply &reply, qsizetype promptLength);
    [[nodiscard]] ExitCode finish(const CompletionReply &reply, qsizetype promptLength);

private:
    struct Summary {
        QString text {};
        QString model {};
        QString finishReason {};
        QString refusal {};
        std::vector<ToolCall> toolCalls {};
        std::optional<Usage> usage {};
    };
    void writeText(int choice, const QString &text, const QJsonObject &more);
    void writeJson(QJsonObject line);
    void writeDone(const Summary &summary, const AnswerMetrics &metrics);
    void writeCalls(const Summary &summary);
    [[nodiscard]] ExitCode finish(const Reply &reply, const Summary &summary, qsizetype promptLength);

    Console &m_console;
    Style m_style;
    bool m_endsWithLineFeed = true;
};

} // namespace diptych
