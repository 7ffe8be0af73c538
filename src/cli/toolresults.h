// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <QCommandLineParser>
#include <QMap>

namespace diptych {

/// --tool-result and --tool-results: what functions give back, whatever they are called with.
class ToolResults
{
public:
    /// How often one prompt may lead to calls before it is given up.
    static constexpr int maxRounds = 8;

    static void addOptions(QCommandLineParser &parser);
    /// Errors: InvalidRequest, also for a function that the request does not offer.
    [[nodiscard]] static Result<ToolResults> read(const QCommandLineParser &parser, const ChatRequest &request);

    [[nodiscard]] bool isEmpty() const { return m_results.isEmpty(); }
    /// The functions among the calls that have no result.
    [[nodiscard]] QStringList missing(const std::vector<ToolCall> &calls) const;
    /// The results of these calls, in their order.
    [[nodiscard]] std::vector<Message> answers(const std::vector<ToolCall> &calls) const;

private:
    QMap<QString, QString> m_results;
};

} // namespace diptych
