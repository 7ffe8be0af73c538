// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/http/httprequestparser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

namespace diptych {

namespace http = boost::beast::http;

struct HttpRequestParser::Parser {
    http::request_parser<http::string_body> parser;
};

namespace {

QByteArray bytesOf(boost::beast::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

HttpRequestParser::HttpRequestParser(qint64 bodyLimit)
    : m_bodyLimit(bodyLimit)
{
    reset();
}

HttpRequestParser::~HttpRequestParser() = default;

void HttpRequestParser::reset()
{
    m_parser = std::make_unique<Parser>();
    m_state = State::Head;
    m_headTaken = 0;
    m_parser->parser.eager(true);
    m_parser->parser.header_limit(headLimit);
    m_parser->parser.body_limit(static_cast<std::uint64_t>(m_bodyLimit));
}

qsizetype HttpRequestParser::feed(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && (m_state == State::Head || m_state == State::Body)) {
        const bool inHead = m_state == State::Head;
        // header_limit() holds for what is not yet parsed only; the window bounds the head as a whole.
        const qsizetype window = inHead ? qsizetype(headLimit) - m_headTaken : bytes.size();
        const QByteArrayView part = bytes.sliced(taken, std::min(window, bytes.size() - taken));
        boost::beast::error_code error;
        const auto used = static_cast<qsizetype>(
            m_parser->parser.put(boost::asio::buffer(part.data(), static_cast<std::size_t>(part.size())), error));
        taken += used;
        m_headTaken += inHead ? used : 0;
        if (error && error != http::error::need_more) {
            const int status = error == http::error::header_limit ? 431 : error == http::error::body_limit ? 413 : 400;
            fail(status, QString::fromStdString(error.message()));
            break;
        }
        if (m_parser->parser.is_done())
            m_state = State::Complete;
        else if (m_parser->parser.is_header_done())
            m_state = State::Body;
        else if (part.size() == window)
            fail(431, QStringLiteral("The headers are longer than %1 bytes.").arg(headLimit));
        if (error == http::error::need_more || used == 0)
            break;
    }
    if (m_state == State::Body && bytes.size() - taken > qsizetype(headLimit))
        fail(400, QStringLiteral("A line between the chunks of the body is too long."));
    return taken;
}

void HttpRequestParser::fail(int status, const QString &text)
{
    m_state = State::Failed;
    m_errorStatus = status;
    m_errorText = text;
}

HttpServerRequest HttpRequestParser::head() const
{
    const auto &message = m_parser->parser.get();
    HttpServerRequest request {.method = bytesOf(message.method_string()),
        .target = bytesOf(message.target()),
        .http10 = message.version() < 11,
        .keepAlive = message.keep_alive()};
    for (const auto &field : message)
        request.headers.push_back({bytesOf(field.name_string()), bytesOf(field.value())});
    return request;
}

HttpServerRequest HttpRequestParser::takeRequest()
{
    Q_ASSERT(m_state == State::Complete);
    HttpServerRequest request = head();
    const std::string &body = m_parser->parser.get().body();
    request.body = QByteArray(body.data(), static_cast<qsizetype>(body.size()));
    reset();
    return request;
}

} // namespace diptych
