// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <QProcess>

#include <optional>

namespace diptych {

/// The loopback server of the benchmarks in a process of its own, so that its work is not counted as the client's.
class FeederProcess
{
public:
    FeederProcess();
    ~FeederProcess();

    /// Serves what `path` says; see feeder.cpp.
    [[nodiscard]] Endpoint endpoint(const QString &path) const;
    /// Waits until the feeder reports that a client closed its connection; nanoseconds of the steady clock.
    [[nodiscard]] std::optional<qint64> waitForClose();

private:
    [[nodiscard]] QByteArray readLine();

    QProcess m_process;
    quint16 m_port = 0;
};

/// User and system time of this process so far, in seconds.
[[nodiscard]] double processCpuSeconds();
/// Resident memory of this process in bytes.
[[nodiscard]] double residentBytes();

} // namespace diptych
