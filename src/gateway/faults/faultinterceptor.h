// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/interceptor.h"

#include <functional>

namespace diptych {

/// Carries out what a request asks of the built-in model `faulty`: faults of the wire, which no provider can make.
class FaultInterceptor : public Interceptor
{
public:
    using IsFaulty = std::function<bool(const QString &model)>;

    /// `isFaulty`: which of the clients' model names lead to the model `faulty`. Unset: its own.
    explicit FaultInterceptor(IsFaulty isFaulty = {});

    [[nodiscard]] Outcome intercept(const Call &call) override;

private:
    IsFaulty m_isFaulty;
};

} // namespace diptych
