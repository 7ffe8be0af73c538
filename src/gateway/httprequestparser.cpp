// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/httprequestparser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

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
    m_parser->parser.eager(true);
    m_parser->parser.header_limit(headLimit);
    m_parser->parser.body_limit(static_cast<std::uint64_t>(m_bodyLimit));
}

qsizetype HttpRequestParser::feed(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && (m_state == State::Head || m_state == State::Body)) {
        boost::beast::error_code error;
        const std::size_t used = m_parser->parser.put(
            boost::asio::buffer(bytes.data() + taken, static_cast<std::size_t>(bytes.size() - taken)), error);
        taken += static_cast<qsizetype>(used);
        if (error && error != http::error::need_more) {
            m_state = State::Failed;
            m_errorStatus = error == http::error::header_limit ? 431 : error == http::error::body_limit ? 413 : 400;
            m_errorText = QString::fromStdString(error.message());
            break;
        }
        if (m_parser->parser.is_done())
            m_state = State::Complete;
        else if (m_parser->parser.is_header_done())
            m_state = State::Body;
        if (error == http::error::need_more || used == 0)
            break;
    }
    return taken;
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
