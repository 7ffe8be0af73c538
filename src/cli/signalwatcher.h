// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace diptych {

/// Turns the first SIGINT or SIGTERM into a Qt signal; the second one ends the process at once. One at a time.
class SignalWatcher : public QObject
{
    Q_OBJECT
public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void interrupted();

private:
    void read();

    int m_pipe[2] = {-1, -1};
    QSocketNotifier *m_notifier = nullptr; // a child
};

} // namespace diptych
