// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/routetable.h"
#include "gateway/interceptor.h"
#include "gateway/tape/recordings.h"

#include <QObject>

namespace diptych {

/// Records and plays the exchanges of routes that say so.
class TapeInterceptor : public QObject, public Interceptor
{
    Q_OBJECT
public:
    /// Both must outlive it.
    TapeInterceptor(RouteTable &routes, Recordings &recordings);

    [[nodiscard]] Outcome intercept(const Call &call) override;

Q_SIGNALS:
    /// A recorded answer is given; `exchange` is the recording.
    void replayed(const QString &model, const diptych::Exchange &exchange);

private:
    [[nodiscard]] Outcome replay(const Call &call, const Route &route);

    RouteTable &m_routes;
    Recordings &m_recordings;
};

} // namespace diptych
