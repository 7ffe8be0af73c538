// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpparser.h"

#include <QCoreApplication>

// The only file of this layer that sees Boost.
#include <boost/beast/http/basic_parser.hpp>

#include <limits>

namespace diptych {

namespace http = boost::beast::http;
using boost::beast::string_view;

namespace {

constexpr int maxInformational = 16; // a server that sends nothing but 1xx must end too

QByteArray toBytes(string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

QString describe(const boost::system::error_code &code)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("HttpParser", text); };
    if (code == http::error::header_limit)
        return tr(QT_TRANSLATE_NOOP("HttpParser", "The headers of the answer are longer than 64 KiB."));
    if (code == http::error::bad_version || code == http::error::bad_line_ending)
        return tr(QT_TRANSLATE_NOOP("HttpParser", "The server does not speak HTTP on this port."));
    if (code == http::error::bad_content_length || code == http::error::bad_transfer_encoding)
        return tr(QT_TRANSLATE_NOOP("HttpParser", "The answer states its length in contradictory ways."));
    if (code == http::error::bad_chunk || code == http::error::bad_chunk_extension)
        return tr(QT_TRANSLATE_NOOP("HttpParser", "The answer is not chunked correctly."));
    return tr(QT_TRANSLATE_NOOP("HttpParser", "The answer is not valid HTTP (%1)."))
        .arg(QString::fromStdString(code.message()));
}

} // namespace

class HttpParser::Message : public http::basic_parser<false>
{
public:
    explicit Message(bool answersHead)
    {
        eager(true);
        header_limit(std::uint32_t(maxHeader));
        body_limit(std::numeric_limits<std::uint64_t>::max()); // "none" refuses every Content-Length in Boost 1.74
        skip(answersHead);
    }

    int status = 0;
    QByteArray reason;
    HeaderList headers;
    QByteArray *body = nullptr;
    bool headerComplete = false;

private:
    using Code = boost::beast::error_code;

    void on_request_impl(http::verb, string_view, string_view, int, Code &) override { }
    void on_response_impl(int code, string_view text, int, Code &) override
    {
        status = code;
        reason = toBytes(text);
    }
    void on_field_impl(http::field field, string_view name, string_view value, Code &code) override
    {
        // Beast's own limit is for what it can not parse yet; this one is for all fields together.
        m_fieldBytes += qsizetype(name.size() + value.size()) + 4;
        if (m_fieldBytes > maxHeader)
            code = http::error::header_limit;
        if (headerComplete)
            return; // a trailer
        if (field == http::field::transfer_encoding && toBytes(value).compare("chunked", Qt::CaseInsensitive) != 0)
            m_foreignTransferEncoding = true;
        headers.push_back({.name = toBytes(name), .value = toBytes(value)});
    }
    void on_header_impl(Code &code) override
    {
        if (m_foreignTransferEncoding)
            code = http::error::bad_transfer_encoding;
        else
            headerComplete = true;
    }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, Code &) override { }
    std::size_t on_body_impl(string_view bytes, Code &) override { return take(bytes); }
    void on_chunk_header_impl(std::uint64_t, string_view, Code &) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, Code &) override { return take(bytes); }
    void on_finish_impl(Code &) override { }

    std::size_t take(string_view bytes)
    {
        body->append(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    }

    qsizetype m_fieldBytes = 0;
    bool m_foreignTransferEncoding = false;
};

HttpParser::HttpParser()
{
    restart();
}

HttpParser::~HttpParser() = default;

void HttpParser::reset(bool answersHead)
{
    m_answersHead = answersHead;
    m_informational = 0;
    m_error.reset();
    restart();
}

void HttpParser::restart()
{
    m_message = std::make_unique<Message>(m_answersHead);
}

qsizetype HttpParser::feed(QByteArrayView bytes, QByteArray &body)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && !isComplete() && !m_error) {
        m_message->body = &body;
        boost::system::error_code code;
        const QByteArrayView rest = bytes.sliced(taken);
        taken += qsizetype(m_message->put({rest.data(), std::size_t(rest.size())}, code));
        if (code == http::error::need_more) {
            if (bytes.size() - taken > maxHeader)
                m_error = describe(http::error::header_limit); // an endless chunk header or trailer
            break;
        }
        if (code) {
            m_error = describe(code);
            break;
        }
        if (isComplete() && status() / 100 == 1) {
            if (status() == 101 || ++m_informational > maxInformational)
                m_error = describe(http::error::bad_status);
            restart();
        }
    }
    return taken;
}

void HttpParser::feedEnd()
{
    if (isComplete() || !m_message->got_some() || !m_message->need_eof())
        return;
    boost::system::error_code code;
    m_message->put_eof(code);
}

bool HttpParser::isHeaderComplete() const
{
    return m_message->headerComplete && status() / 100 != 1;
}

bool HttpParser::isComplete() const
{
    return m_message->is_done();
}

int HttpParser::status() const
{
    return m_message->status;
}

const QByteArray &HttpParser::reason() const
{
    return m_message->reason;
}

const HeaderList &HttpParser::headers() const
{
    return m_message->headers;
}

bool HttpParser::keepAlive() const
{
    return isComplete() && m_message->keep_alive();
}

const std::optional<QString> &HttpParser::error() const
{
    return m_error;
}

} // namespace diptych
