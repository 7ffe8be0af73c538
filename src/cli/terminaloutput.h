// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringDecoder>
#include <QStringEncoder>

#include <cstdio>

namespace diptych {

/// The text with every character spelled out (\u001b) that could drive a terminal or reorder what it shows: C0 and C1
/// controls except line feed and tab, DEL, and the bidirectional overrides. Carriage returns are left out. The spelling
/// is that of JSON, so a line of JSON stays the same JSON.
[[nodiscard]] QString withoutControls(QStringView text);

/// The same with line feeds, tabs and the other ends of lines spelled out too: what somebody sent, as a part of one
/// line.
[[nodiscard]] QString onOneLine(QStringView text);

/// Text on its way to standard output or standard error, as UTF-8 and at once. On a terminal control characters are
/// spelled out, because the text may be a model's; in a pipe or file it stays what it was.
class TerminalOutput
{
public:
    /// Does not own the file.
    explicit TerminalOutput(std::FILE *file);
    TerminalOutput(std::FILE *file, bool isTerminal);

    void write(const QString &text);
    void writeLine(const QString &line = {});
    /// Pieces of what somebody sent: as they are in a pipe or file; on a terminal as text, which may be cut anywhere.
    void writeBytes(const QByteArray &bytes);

    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }
    /// True when the reader has gone away or the disk is full.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    void put(const QByteArray &bytes);

    std::FILE *m_file;
    QStringEncoder m_encoder {QStringEncoder::Utf8}; // remembers half of a character between two pieces
    QStringDecoder m_decoder {QStringDecoder::Utf8};
    bool m_isTerminal;
    bool m_hasFailed = false;
};

/// Where a command writes to.
struct Console {
    TerminalOutput out {stdout}; ///< answers
    TerminalOutput err {stderr}; ///< everything else
};

} // namespace diptych
