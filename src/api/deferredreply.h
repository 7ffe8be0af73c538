// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

#include <QTimer>

#include <functional>

namespace diptych {

/// A one-piece reply whose value is cheap: it is made when the event loop runs next.
template <typename Response>
class DeferredReply final : public ValueReply<Response>
{
public:
    using Work = std::function<Result<Response>()>;

    explicit DeferredReply(Work work)
        : m_work(std::move(work))
    {
        m_timer.setSingleShot(true);
        m_timer.callOnTimeout(this, [this] {
            Result<Response> result = m_work();
            if (!result) {
                this->fail(result.error());
                return;
            }
            this->setResponse(std::move(*result));
            this->finish();
        });
        m_timer.start(0);
    }

    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlierAttempts; }
    void retryNow() override { }

protected:
    void abortExchange() override { m_timer.stop(); }

private:
    Work m_work;
    QTimer m_timer;
    Exchange m_exchange;
    std::vector<Exchange> m_earlierAttempts;
};

} // namespace diptych
