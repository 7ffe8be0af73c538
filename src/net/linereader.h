// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace diptych {

/// Cuts a stream of bytes into lines. Bytes are copied once, in feed(); lines are views that live until the next
/// feed(). Memory is what has been fed and not yet been read as a line.
class LineReader
{
public:
    enum class Ends {
        Lf, ///< LF only
        Any, ///< LF, CR, or CR LF as one (also when the CR ends one feed() and the LF begins the next)
    };
    explicit LineReader(Ends ends);

    void feed(QByteArrayView bytes);
    /// The next complete line without its end.
    [[nodiscard]] bool next(QByteArrayView &line);
    /// What follows the last complete line.
    [[nodiscard]] QByteArrayView rest() const;
    /// Where rest() begins in the whole stream: behind the last line and its end. The LF of a CR LF is left to the
    /// next call of next(), because it may not have come yet.
    [[nodiscard]] qint64 position() const { return m_dropped + m_begin; }
    void clear(); ///< frees the memory

private:
    void skipSecondHalfOfCrLf();
    void skipByteOrderMark();

    QByteArray m_bytes;
    qint64 m_dropped = 0; // bytes of the stream before m_bytes
    qsizetype m_begin = 0; // of the unread line in m_bytes
    qsizetype m_searched = 0; // no line end before this
    Ends m_ends;
    bool m_hasCr = false; // a CR was fed, ever; without one a single memchr finds the end
    bool m_skipLf = false;
    bool m_atStart = true;
};

} // namespace diptych
