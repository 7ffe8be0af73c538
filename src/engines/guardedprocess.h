// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace diptych {

/// A program started by us that never outlives us, with everything that it starts itself: it runs in a process group of
/// its own, and the group is ended when this object goes and when this process ends in any way, also by a crash or
/// kill -9. Input is empty; both outputs come as one stream.
class GuardedProcess : public QObject
{
    Q_OBJECT
public:
    explicit GuardedProcess(QObject *parent = nullptr);
    ~GuardedProcess() override; ///< ends the group at once

    /// Without a shell. `variables` are added to the environment. `ended()` follows in any case.
    void start(
        const QString &program, const QStringList &arguments, const QList<std::pair<QString, QString>> &variables);
    /// Asks the group to end; what still runs after the grace is killed.
    void stop();
    void setGrace(std::chrono::milliseconds grace) { m_grace.setInterval(grace); } ///< 3 s unless set
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); } ///< 0: not running

Q_SIGNALS:
    void outputRead(const QByteArray &bytes);
    /// Once after each start(). `how`: one sentence for people, e.g. "It ended with exit code 1."
    void ended(const QString &how);

private:
    void watch();
    void takeEnd(const QString &how);
    void killGroup() const;

    QProcess m_process;
    QProcess m_guard; ///< waits for our end in a session of its own
    QTimer m_grace;
    qint64 m_group = 0;
};

} // namespace diptych
