// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "providers/common/endpointrequest.h"
#include "providers/common/errordecoder.h"
#include "providers/common/jsontext.h"
#include "providers/common/requestrunner.h"

#include <algorithm>
#include <functional>

namespace diptych {

/// A reply whose answer comes over HTTP: what Reply asks for, done by a RequestRunner.
template <typename Base>
class HttpReply : public Base
{
public:
    static constexpr qsizetype maxBody = 256 * 1024 * 1024; ///< bytes of an answer that is not a stream

    [[nodiscard]] const Exchange &exchange() const override { return m_runner.exchange(); }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_runner.earlierAttempts(); }
    void retryNow() override { m_runner.retryNow(); }

protected:
    HttpReply(HttpClient &client, Outgoing outgoing)
        : m_runner(client, std::move(outgoing.request))
    {
        this->setChangeLog(std::move(outgoing.changeLog));
        QObject::connect(&m_runner, &RequestRunner::retryScheduled, this, &Reply::retryScheduled);
        QObject::connect(&m_runner, &RequestRunner::attemptStarted, this, &Reply::attemptStarted);
    }

    void abortExchange() override { m_runner.abort(); }
    /// Stops reading and ends with an error; the reply may be gone afterwards.
    void stopWith(Error error)
    {
        m_runner.abort();
        this->fail(std::move(error));
    }
    /// Adds to `body`; false when it has become too large and the reply has failed.
    bool gather(QByteArray &body, const QByteArray &data)
    {
        if (body.isEmpty())
            body.reserve(
                std::min(headerValue(exchange().responseHeaders, "content-length").toLongLong(), qint64(maxBody)));
        if (body.size() + data.size() <= maxBody) {
            body += data;
            return true;
        }
        stopWith(located({.kind = Error::Kind::Protocol,
            .message = Reply::tr("The answer is larger than 256 MiB."),
            .bodySample = bodySampleOf(body)}));
        return false;
    }
    /// An error that a codec found, with what only the exchange knows.
    [[nodiscard]] Error located(Error error) const
    {
        error.httpStatus = exchange().status;
        if (error.requestId.isEmpty())
            error.requestId = requestIdOf(exchange().responseHeaders);
        return m_runner.withoutSecrets(std::move(error));
    }
    RequestRunner &runner() { return m_runner; }

private:
    RequestRunner m_runner;
};

/// A reply made of one JSON body.
template <typename Response>
class BodyReply : public HttpReply<ValueReply<Response>>
{
public:
    using Decode = std::function<Result<Response>(const QByteArray &)>;
    using MapError = std::function<Error(Error)>;

    /// `mapError` gives the provider the last word on an error of the server; may be empty.
    BodyReply(HttpClient &client, Outgoing outgoing, Decode decode, MapError mapError = {})
        : HttpReply<ValueReply<Response>>(client, std::move(outgoing))
        , m_decode(std::move(decode))
        , m_mapError(std::move(mapError))
    {
        RequestRunner *runner = &this->runner();
        QObject::connect(
            runner, &RequestRunner::dataReceived, this, [this](const QByteArray &data) { this->gather(m_body, data); });
        QObject::connect(runner, &RequestRunner::finished, this, [this] { decodeBody(); });
        QObject::connect(runner, &RequestRunner::failed, this,
            [this](const Error &error) { this->fail(m_mapError ? m_mapError(error) : error); });
    }

private:
    void decodeBody()
    {
        Result<Response> response = m_decode(m_body);
        m_body.clear();
        if (response) {
            this->setResponse(std::move(*response));
            this->finish();
            return;
        }
        this->fail(this->located(std::move(response.error())));
    }

    Decode m_decode;
    MapError m_mapError;
    QByteArray m_body;
};

} // namespace diptych
