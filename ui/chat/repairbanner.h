// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/repair.h"
#include "core/error.h"
#include "widgets/banner.h"

#include <QTimer>

namespace diptych {

/// An error with what can be done about it: the most useful repairs as buttons, the rest in a menu, what the server
/// sent one click away. Waits by itself when asked to, with a countdown.
class RepairBanner : public Banner
{
    Q_OBJECT
public:
    explicit RepairBanner(QWidget *parent = nullptr);

    /// `changes`: of the request that failed.
    void showError(const Error &error, const RequestOrigin &origin, const ChangeLog &changes);

Q_SIGNALS:
    /// Repairs that ask again come after the banner has gone; Wait comes as AskAgain when its time is over.
    void repairChosen(const diptych::Repair &repair);

private:
    void choose(const QString &id);
    void startWaiting(std::chrono::milliseconds delay);
    void showCountdown();
    void stopWaiting();
    void showRepairs();

    Error m_error;
    RequestOrigin m_origin;
    std::vector<Repair> m_repairs;
    QTimer m_clock;
    int m_secondsLeft = 0;
};

} // namespace diptych
