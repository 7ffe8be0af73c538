// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"
#include "providers/common/endpointrequest.h"
#include "providers/common/page.h"
#include "providers/common/requestrunner.h"

#include <functional>
#include <iterator>
#include <memory>

namespace diptych {

/// A list that comes in pages, each asked for when the one before has arrived. exchange() is that of the page at hand.
template <typename Item>
class PagedReply : public ValueReply<std::vector<Item>>
{
    Q_DISABLE_COPY_MOVE(PagedReply)
public:
    static constexpr int maxPages = 100; ///< a server that never ends is not followed further
    static constexpr qsizetype maxBody = 16 * 1024 * 1024; ///< bytes of a page
    /// `next` is empty for the first page. May not keep the provider, which the reply may outlive.
    using Ask = std::function<Outgoing(const QString &next)>;
    using Decode = std::function<Result<Page<Item>>(const QByteArray &)>;

    PagedReply(HttpClient &client, Ask ask, Decode decode)
        : m_client(client)
        , m_ask(std::move(ask))
        , m_decode(std::move(decode))
    {
        start({});
    }

    [[nodiscard]] const Exchange &exchange() const override { return m_runner->exchange(); }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_runner->earlierAttempts(); }
    void retryNow() override { m_runner->retryNow(); }

protected:
    void abortExchange() override { m_runner->abort(); }

private:
    void start(const QString &next)
    {
        m_body.clear();
        ++m_pages;
        m_runner = std::make_unique<RequestRunner>(m_client, m_ask(next).request);
        RequestRunner *runner = m_runner.get();
        QObject::connect(runner, &RequestRunner::retryScheduled, this, &Reply::retryScheduled);
        QObject::connect(runner, &RequestRunner::attemptStarted, this, &Reply::attemptStarted);
        QObject::connect(runner, &RequestRunner::failed, this, [this](const Error &error) { this->fail(error); });
        QObject::connect(runner, &RequestRunner::finished, this, [this] { takePage(); });
        QObject::connect(runner, &RequestRunner::dataReceived, this, [this](const QByteArray &data) { gather(data); });
    }

    void gather(const QByteArray &data)
    {
        m_body += data;
        if (m_body.size() <= maxBody)
            return;
        m_runner->abort();
        this->fail({.kind = Error::Kind::Protocol,
            .httpStatus = exchange().status,
            .message = Reply::tr("A page of the list is larger than 16 MiB.")});
    }

    void takePage()
    {
        Result<Page<Item>> page = m_decode(m_body);
        if (!page) {
            Error error = std::move(page.error());
            error.httpStatus = exchange().status;
            this->fail(m_runner->withoutSecrets(std::move(error)));
            return;
        }
        std::move(page->items.begin(), page->items.end(), std::back_inserter(m_items));
        if (!page->next.isEmpty() && m_pages < maxPages) {
            start(page->next);
            return;
        }
        this->setResponse(std::move(m_items));
        this->finish();
    }

    HttpClient &m_client;
    Ask m_ask;
    Decode m_decode;
    std::unique_ptr<RequestRunner> m_runner;
    QByteArray m_body;
    std::vector<Item> m_items;
    int m_pages = 0;
};

} // namespace diptych
