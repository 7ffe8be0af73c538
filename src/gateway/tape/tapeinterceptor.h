// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/routetable.h"
#include "gateway/interceptor.h"
#include "gateway/tape/recordings.h"

namespace diptych {

/// Records and plays the exchanges of routes that say so.
class TapeInterceptor : public Interceptor
{
public:
    /// Both must outlive it.
    TapeInterceptor(RouteTable &routes, Recordings &recordings);

    [[nodiscard]] Outcome intercept(const Call &call) override;

private:
    [[nodiscard]] Outcome replay(const Call &call, const Route &route);

    RouteTable &m_routes;
    Recordings &m_recordings;
};

} // namespace diptych
