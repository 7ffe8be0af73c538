// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// Where in the tree of a JSON text a value is. Offsets count UTF-16 units.
struct JsonStep {
    int parent = -1; ///< index into JsonSpans::containers; -1: it is the whole text
    int index = 0; ///< in an array
    qsizetype nameStart = 0; ///< of the quoted name in an object
    qsizetype nameLength = 0; ///< 0: in an array
    quint64 path = 0; ///< a hash of the pointer: the same for the same place in another text
    bool operator==(const JsonStep &) const = default;
};

/// A value that is no container with something in it, and where it stands.
struct JsonLeaf {
    JsonStep step {};
    qsizetype start = 0; ///< of the name in an object, of the value elsewhere
    qsizetype valueStart = 0;
    qsizetype end = 0;
    bool operator==(const JsonLeaf &) const = default;
};

/// The leaves of a JSON text, in its order.
struct JsonSpans {
    std::vector<JsonLeaf> leaves {}; ///< those that are complete
    std::vector<JsonStep> containers {};
    bool isComplete = false; ///< the text is one whole value and nothing else

    /// RFC 6901; empty for the whole text. `text` is what was read.
    [[nodiscard]] QString pointer(const JsonStep &step, QStringView text) const;
};

/// Reads a JSON text with its places, also one of which only the beginning is there yet. Unset when it is no JSON, or
/// nested deeper than 200. A name that occurs twice in an object gives two leaves of one path.
/// Source: RFC 8259 (JSON), RFC 6901 (pointers).
[[nodiscard]] std::optional<JsonSpans> jsonSpans(QStringView text);

/// Where in an answer the JSON is: the whole of it, or all that stands in a single code fence. Unset when the answer
/// begins with something else.
struct JsonPlace {
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const JsonPlace &) const = default;
};
[[nodiscard]] std::optional<JsonPlace> jsonPlace(QStringView answer);

/// Whether two values are the same: numbers by value, strings by their characters, however they are written.
[[nodiscard]] bool sameJsonValue(QStringView left, QStringView right);

} // namespace diptych
