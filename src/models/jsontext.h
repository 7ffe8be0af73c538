// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// One piece of a JSON text. Walking over pieces instead of a QJsonObject keeps the order of the keys and the digits of
/// the numbers as they were written.
struct JsonToken {
    enum class Kind { Punctuation, String, Literal };
    Kind kind = Kind::Punctuation;
    char punctuation = 0; ///< one of {}[],: with Punctuation
    QString text {}; ///< the decoded string, or the number, true, false or null as written
    bool isKey = false; ///< a string that names a member
    bool operator==(const JsonToken &) const = default;
};

/// Unset when the text is not valid JSON.
[[nodiscard]] std::optional<std::vector<JsonToken>> jsonTokens(const QByteArray &json);
/// A JSON string literal with its quotes; escapes only what JSON requires, so that text stays readable.
[[nodiscard]] QString jsonQuoted(const QString &text);
/// Indented by four spaces, keys in the order of the text. What is not JSON comes back unchanged.
[[nodiscard]] QString prettyJson(const QByteArray &json);

/// How prettyTokens() writes strings and literals; the structure is the same in JSON, Python and JavaScript.
struct JsonWriter {
    QString (*string)(const JsonToken &) = nullptr;
    QString (*literal)(const QString &) = nullptr;
};
[[nodiscard]] QString prettyTokens(const std::vector<JsonToken> &tokens, const JsonWriter &writer, int startIndent = 0);

} // namespace diptych
