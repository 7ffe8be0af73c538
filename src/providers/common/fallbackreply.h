// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

#include <functional>
#include <memory>
#include <utility>

namespace diptych {

/// A reply to a question that not every server has a route for. Asks one; where it does not exist (404, 405, 410 or the
/// 424 of a container), another if there is one; where that does not exist either, gives a last resort with a line in
/// the change log that says what it is. Without one it ends in the error of the first route.
template <typename Response>
class FallbackReply : public ValueReply<Response>
{
    Q_DISABLE_COPY_MOVE(FallbackReply)
public:
    using Ask = std::function<std::unique_ptr<ValueReply<Response>>()>;
    struct LastResort {
        Response response {};
        Change change {};
    };

    /// `second` may be empty. Neither may keep the provider, which the reply may outlive.
    FallbackReply(
        std::unique_ptr<ValueReply<Response>> first, Ask second, std::optional<LastResort> lastResort = std::nullopt)
        : m_current(std::move(first))
        , m_second(std::move(second))
        , m_lastResort(std::move(lastResort))
    {
        follow();
    }

    [[nodiscard]] const Exchange &exchange() const override { return m_current->exchange(); }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { m_current->retryNow(); }

protected:
    void abortExchange() override
    {
        m_current->disconnect(this);
        m_current->cancel();
    }

private:
    void follow()
    {
        QObject::connect(m_current.get(), &Reply::retryScheduled, this, &Reply::retryScheduled);
        QObject::connect(m_current.get(), &Reply::attemptStarted, this, &Reply::attemptStarted);
        QObject::connect(m_current.get(), &Reply::finished, this, [this] { takeResult(); });
    }

    void takeResult()
    {
        m_earlier.insert(m_earlier.end(), m_current->earlierAttempts().begin(), m_current->earlierAttempts().end());
        const std::optional<Error> error = m_current->error();
        if (!error) {
            this->setResponse(m_current->response());
            this->finish();
            return;
        }
        if (!m_firstError)
            m_firstError = error;
        if (!isMissingRoute(*error)) {
            this->fail(*error);
        } else if (const Ask second = std::exchange(m_second, nullptr)) {
            m_earlier.push_back(m_current->exchange());
            m_current = second();
            follow();
        } else if (m_lastResort) {
            this->setChangeLog({m_lastResort->change});
            this->setResponse(std::move(m_lastResort->response));
            this->finish();
        } else {
            this->fail(*m_firstError);
        }
    }

    static bool isMissingRoute(const Error &error)
    {
        return error.httpStatus == 404 || error.httpStatus == 405 || error.httpStatus == 410 || error.httpStatus == 424;
    }

    std::unique_ptr<ValueReply<Response>> m_current;
    Ask m_second;
    std::optional<LastResort> m_lastResort;
    std::optional<Error> m_firstError;
    std::vector<Exchange> m_earlier;
};

} // namespace diptych
