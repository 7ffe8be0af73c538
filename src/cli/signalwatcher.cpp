// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/signalwatcher.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace diptych {

namespace {

// A signal handler gets no context; this is the only way to tell it where to write.
std::atomic<int> wakeUpDescriptor {-1};

extern "C" void wakeUp(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(wakeUpDescriptor.load(), &byte, 1);
}

void setHandler(void (*handler)(int))
{
    struct sigaction action {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatcher::read);
    wakeUpDescriptor = m_pipe[1];
    setHandler(wakeUp);
}

SignalWatcher::~SignalWatcher()
{
    if (!m_notifier)
        return;
    setHandler(SIG_DFL);
    wakeUpDescriptor = -1;
    delete m_notifier; // before its descriptor is closed
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

void SignalWatcher::read()
{
    char byte = 0;
    if (::read(m_pipe[0], &byte, 1) == 1)
        Q_EMIT interrupted();
}

} // namespace diptych
