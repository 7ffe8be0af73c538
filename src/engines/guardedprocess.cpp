// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/guardedprocess.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds usualGrace {3'000};
constexpr int reapMilliseconds = 2'000; // a killed process is gone at once; only a broken disk keeps it

/// Runs in the new process before the program does.
void bindToParent(pid_t parent)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // ended before the line above
        ::_exit(1);
}

QString howItEnded(int code, QProcess::ExitStatus status)
{
    // QProcess gives the signal's number as the code of a crash.
    return status == QProcess::CrashExit ? GuardedProcess::tr("It was ended by signal %1.").arg(code)
                                         : GuardedProcess::tr("It ended with exit code %1.").arg(code);
}

} // namespace

GuardedProcess::GuardedProcess(QObject *parent)
    : QObject(parent)
{
    m_grace.setSingleShot(true);
    m_grace.setInterval(usualGrace);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([parent = ::getpid()] { bindToParent(parent); });
    m_guard.setStandardOutputFile(QProcess::nullDevice());
    m_guard.setStandardErrorFile(QProcess::nullDevice());
    // What is sent to our process group or terminal must not reach the guard before it did its work.
    m_guard.setChildProcessModifier([] { ::setsid(); });
    connect(&m_grace, &QTimer::timeout, this, &GuardedProcess::killGroup);
    connect(&m_process, &QProcess::started, this, &GuardedProcess::watch);
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
        [this] { Q_EMIT outputRead(m_process.readAllStandardOutput()); });
    connect(&m_process, &QProcess::finished, this,
        [this](int code, QProcess::ExitStatus status) { takeEnd(howItEnded(code, status)); });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            takeEnd(tr("It could not be started: %1.").arg(m_process.errorString()));
    });
}

GuardedProcess::~GuardedProcess()
{
    m_process.disconnect(this);
    m_guard.disconnect(this);
    if (isRunning()) {
        killGroup();
        m_process.kill();
        m_process.waitForFinished(reapMilliseconds);
    }
    killGroup();
    m_guard.kill();
    m_guard.waitForFinished(reapMilliseconds);
}

void GuardedProcess::start(
    const QString &program, const QStringList &arguments, const QList<std::pair<QString, QString>> &variables)
{
    Q_ASSERT(!isRunning());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : variables)
        environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
    m_process.start(program, arguments, QIODevice::ReadOnly);
}

void GuardedProcess::watch()
{
    m_group = m_process.processId();
    // The death signal reaches the program, not what it started. A shell in a session of its own waits on a pipe that
    // only we hold open, and ends the whole group when the pipe closes, however that happens.
    m_guard.start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("read _; kill -9 -\"$1\""), QStringLiteral("guard"),
            QString::number(m_group)});
}

void GuardedProcess::stop()
{
    if (!isRunning() || m_grace.isActive())
        return;
    if (m_group <= 0 || ::kill(pid_t(-m_group), SIGTERM) != 0)
        m_process.terminate();
    m_grace.start();
}

void GuardedProcess::killGroup() const
{
    if (m_group > 0)
        ::kill(pid_t(-m_group), SIGKILL);
}

void GuardedProcess::takeEnd(const QString &how)
{
    m_grace.stop();
    if (m_process.bytesAvailable() > 0)
        Q_EMIT outputRead(m_process.readAllStandardOutput());
    killGroup(); // what it started and left behind
    m_group = 0;
    m_guard.kill();
    m_guard.waitForFinished(reapMilliseconds);
    Q_EMIT ended(how);
}

} // namespace diptych
