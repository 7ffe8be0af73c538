// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/exitcode.h"
#include "cli/terminaloutput.h"
#include "core/result.h"

#include <QCommandLineParser>
#include <QObject>

#include <memory>

namespace diptych {

/// One command under way. Emits `finished()` once after `start()`.
class Command : public QObject
{
    Q_OBJECT
public:
    ~Command() override;

    virtual void start() = 0;
    /// Ctrl-C: stop what is under way, keep what has arrived, finish.
    virtual void interrupt() = 0;

Q_SIGNALS:
    void finished(diptych::ExitCode code);

protected:
    explicit Command(Console &console);
    [[nodiscard]] Console &console() const { return m_console; }

private:
    Console &m_console;
};

/// What makes a command from its command line. Errors: InvalidRequest is wrong usage, others as they happened.
using CommandResult = Result<std::unique_ptr<Command>>;

/// The failing side for a command line that makes no sense.
[[nodiscard]] tl::unexpected<Error> usageError(const QString &message);

} // namespace diptych
