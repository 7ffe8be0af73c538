// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/contentdecoder.h"

#include <zlib.h>

#include <algorithm>

namespace diptych {

namespace {

constexpr int gzipOrZlib = 32 + MAX_WBITS; // zlib finds out which
constexpr int rawDeflate = -MAX_WBITS; // what some servers send as "deflate"

} // namespace

ContentDecoder::ContentDecoder()
    : m_stream(std::make_unique<z_stream_s>())
{
    inflateInit2(m_stream.get(), gzipOrZlib);
}

ContentDecoder::~ContentDecoder()
{
    inflateEnd(m_stream.get());
}

bool ContentDecoder::understands(const QByteArray &contentEncoding)
{
    const QByteArray name = contentEncoding.trimmed().toLower();
    return name == "gzip" || name == "x-gzip" || name == "deflate";
}

bool ContentDecoder::decode(QByteArrayView &input, QByteArray &output)
{
    output.resize(0);
    while (!input.isEmpty() || m_stream->avail_out == 0) {
        if (m_complete) {
            // RFC 1952 allows several members one after another. Anything else behind the end is ignored.
            if (input.isEmpty() || input.front() != '\x1f' || !restart(gzipOrZlib)) {
                input = {};
                return true;
            }
        }
        if (output.isEmpty())
            output.resize(maxPiece);
        const qsizetype inputSize = std::min<qsizetype>(input.size(), 1 << 30);
        m_stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
        m_stream->avail_in = uInt(inputSize);
        m_stream->next_out = reinterpret_cast<Bytef *>(output.data());
        m_stream->avail_out = uInt(output.size());
        const int code = inflate(m_stream.get(), Z_SYNC_FLUSH);
        if (code == Z_DATA_ERROR && !m_started && restart(rawDeflate))
            continue;
        m_started = m_started || inputSize > 0;
        input = input.sliced(inputSize - m_stream->avail_in);
        const qsizetype produced = output.size() - m_stream->avail_out;
        m_complete = code == Z_STREAM_END;
        if (produced > 0) {
            output.resize(produced);
            return true;
        }
        output.resize(0);
        m_stream->avail_out = 1; // nothing is waiting inside
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return false;
    }
    return true;
}

bool ContentDecoder::restart(int windowBits)
{
    m_complete = false;
    m_started = windowBits == rawDeflate;
    return inflateReset2(m_stream.get(), windowBits) == Z_OK;
}

} // namespace diptych
