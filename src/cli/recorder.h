// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "cli/exitcode.h"
#include "cli/terminaloutput.h"
#include "api/replayfile.h"

#include <QCommandLineParser>

namespace diptych {

/// --har and --record: what went over the wire, as files. Both hold the bodies and no secrets.
class Recorder
{
public:
    static void addOptions(QCommandLineParser &parser);
    explicit Recorder(const QCommandLineParser &parser);

    /// Keeps what a finished reply recorded, also of one that failed. Nothing when neither option was given.
    void take(const Reply &reply, const QJsonObject &commonRequest = {});
    void take(RecordedExchange recorded);
    /// Writes the files: one archive with all exchanges; a replay file for each, the second called NAME-2 and so on.
    /// Gives `code` back, or Failed instead of Ok, with a line on standard error, when one can not be written.
    [[nodiscard]] ExitCode save(Console &console, ExitCode code) const;

private:
    QString m_har;
    QString m_replay;
    std::vector<RecordedExchange> m_taken;
};

} // namespace diptych
