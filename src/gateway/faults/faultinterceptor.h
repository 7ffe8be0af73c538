// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/interceptor.h"

namespace diptych {

/// Carries out what a request asks of the built-in model `faulty`: faults of the wire, which no provider can make.
class FaultInterceptor : public Interceptor
{
public:
    [[nodiscard]] Outcome intercept(const Call &call) override;
};

} // namespace diptych
