// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationstarttrace.h"

#include <QEvent>
#include <QFile>
#include <QTextStream>
#include <QWidget>

#include <ctime>
#include <unistd.h>

namespace diptych {

namespace {

/// Milliseconds since the process was started, from the kernel's books: what the loader did before main() counts too.
qint64 processAge()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    // The name of the program is in parentheses and may hold blanks; field 22 is the 20th behind it.
    const QByteArray fields = stat.readAll().split(')').last().trimmed();
    const qint64 startTicks = fields.split(' ').value(19).toLongLong();
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - startTicks * 1000 / sysconf(_SC_CLK_TCK);
}

} // namespace

ApplicationStartTrace::ApplicationStartTrace(QWidget &window)
    : QObject(&window)
{
    if (qEnvironmentVariableIsSet("DIPTYCH_TRACE_START"))
        window.installEventFilter(this);
}

bool ApplicationStartTrace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        QTextStream(stderr) << "first paint: " << processAge() << " ms\n";
        watched->removeEventFilter(this);
    }
    return false;
}

} // namespace diptych
