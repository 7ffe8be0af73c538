// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <span>

namespace diptych {

/// Bytes as text that can be looked at without harm: what is not UTF-8 reads \xff, control characters (those of
/// terminals too) and characters that turn the direction of text are written out as \u001b. Line breaks and tabs stay.
[[nodiscard]] QString inertText(QByteArrayView bytes);

/// The request line and the headers as they go over the wire, secrets ***, with an empty line at the end.
[[nodiscard]] QByteArray requestHead(const WirePreview &request);
/// A line for each header, secrets ***.
[[nodiscard]] QByteArray headerLines(const HeaderList &headers);
/// JSON indented, also behind the "data:" of server-sent events; other lines stay.
[[nodiscard]] QByteArray prettyFrame(const QByteArray &frame);

/// What became of each attempt: "1 · 503 Service Unavailable · 120 ms · waited 1.0 s". The last may be under way.
[[nodiscard]] QStringList attemptLines(std::span<const Exchange> attempts);

/// A place in what went over the wire.
struct WireMatch {
    enum class Part { RequestHead, RequestBody, ResponseHeaders, ResponseBody };
    Part part = Part::RequestHead;
    qint64 offset = 0; ///< bytes: in requestHead(), the body, headerLines() of the answer, or the recorded body
    qint64 size = 0;
    bool operator==(const WireMatch &) const = default;
};
/// Where `needle` occurs, in the order of the wire; letters of ASCII match either case. At most `maxMatches`.
[[nodiscard]] std::vector<WireMatch> findInWire(
    const WirePreview &request, const Exchange *exchange, const QByteArray &needle);
inline constexpr std::size_t maxMatches = 10'000;

/// The member of a JSON text that a path names: "temperature", "options.top_k", "messages[0].content". A key with dots
/// in it is found too. From the key's first quote to the end of the value, in bytes; size 0: not there.
struct ByteRange {
    qint64 offset = 0;
    qint64 size = 0;
    bool operator==(const ByteRange &) const = default;
};
[[nodiscard]] ByteRange locateMember(QByteArrayView json, const QString &path);

} // namespace diptych
