// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "net/linereader.h"

#include <QByteArray>

namespace diptych {

/// Turns bytes into lines of newline-delimited JSON, however the bytes were cut. Blank lines are skipped, CRLF is
/// accepted, a last line without its LF is returned by finish().
class NdjsonDecoder
{
public:
    static constexpr qsizetype maxFrame = 16 * 1024 * 1024; ///< bytes; a longer line is an Error::Kind::Protocol

    void feed(QByteArrayView bytes);
    [[nodiscard]] bool next(QByteArray &line, qint64 &offset);
    [[nodiscard]] QByteArray finish(); ///< what is left after the last LF
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    void fail();

    LineReader m_reader {LineReader::Ends::Lf};
    std::optional<Error> m_error;
};

} // namespace diptych
