// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "feederprocess.h"

#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace diptych {

FeederProcess::FeederProcess()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(BENCH_FEEDER), {});
    m_port = static_cast<quint16>(readLine().toUInt());
    if (m_port == 0)
        qFatal("the feeder did not start");
}

FeederProcess::~FeederProcess()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(3000);
}

QByteArray FeederProcess::readLine()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(10'000))
            return {};
    }
    return m_process.readLine().trimmed();
}

Endpoint FeederProcess::endpoint(const QString &path) const
{
    return {.id = QStringLiteral("feeder"),
        .kind = Endpoint::Kind::OpenAiCompatible,
        .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/%2").arg(m_port).arg(path)),
        .auth = Endpoint::Auth::None,
        .defaultModel = QStringLiteral("bench")};
}

std::optional<qint64> FeederProcess::waitForClose()
{
    const QByteArray line = readLine();
    if (!line.startsWith("closed "))
        return std::nullopt;
    return line.mid(7).toLongLong();
}

double processCpuSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentBytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = statm.readAll().split(' ');
    return pages.value(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE));
}

} // namespace diptych
