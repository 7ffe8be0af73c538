// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

struct z_stream_s;

namespace diptych {

/// Undoes Content-Encoding gzip and deflate piece by piece; memory stays the same however much comes out.
class ContentDecoder
{
public:
    static constexpr qsizetype maxPiece = 256 * 1024; ///< bytes

    ContentDecoder();
    ~ContentDecoder();
    Q_DISABLE_COPY_MOVE(ContentDecoder)

    /// Names this decoder understands; identity and an empty name need no decoder and are not among them.
    [[nodiscard]] static bool understands(const QByteArray &contentEncoding);

    /// Takes from `input` and replaces `output` by at most maxPiece bytes. Call it until `output` stays empty. False:
    /// the bytes are not valid.
    [[nodiscard]] bool decode(QByteArrayView &input, QByteArray &output);
    /// Compressed data has begun and its end has not been seen.
    [[nodiscard]] bool isTruncated() const { return m_started && !m_complete; }

private:
    [[nodiscard]] bool restart(int windowBits);

    std::unique_ptr<z_stream_s> m_stream;
    bool m_complete = false;
    bool m_started = false;
};

} // namespace diptych
