// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace diptych {

namespace {

constexpr qsizetype longestEscape = 6; // \u0000

/// For each ASCII character whether it is written as it is.
constexpr auto plainCharacters = [] {
    std::array<bool, 0x80> plain {};
    for (std::size_t character = 0x20; character < plain.size(); ++character)
        plain[character] = character != '"' && character != '\\';
    return plain;
}();

bool isPlain(char16_t unit)
{
    return unit < plainCharacters.size() && plainCharacters[unit];
}

char *writeUnitEscape(char *out, char16_t unit)
{
    constexpr char digits[] = "0123456789abcdef";
    *out++ = '\\';
    *out++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *out++ = digits[(unit >> shift) & 0xf];
    return out;
}

/// A quotation mark, a backslash or a control character.
char *writeEscape(char *out, char16_t unit)
{
    constexpr std::array<std::pair<char16_t, char>, 7> shortForms {
        {{u'"', '"'}, {u'\\', '\\'}, {u'\b', 'b'}, {u'\f', 'f'}, {u'\n', 'n'}, {u'\r', 'r'}, {u'\t', 't'}}};
    for (const auto &[character, letter] : shortForms) {
        if (character == unit) {
            *out++ = '\\';
            *out++ = letter;
            return out;
        }
    }
    return writeUnitEscape(out, unit);
}

char *writeUtf8(char *out, char32_t character)
{
    if (character < 0x800) {
        *out++ = static_cast<char>(0xC0 | (character >> 6));
    } else {
        if (character < 0x10000) {
            *out++ = static_cast<char>(0xE0 | (character >> 12));
        } else {
            *out++ = static_cast<char>(0xF0 | (character >> 18));
            *out++ = static_cast<char>(0x80 | ((character >> 12) & 0x3F));
        }
        *out++ = static_cast<char>(0x80 | ((character >> 6) & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (character & 0x3F));
    return out;
}

/// Writes the character that begins at `unit` and is not plain; moves `unit` behind it.
char *writeSpecial(char *out, const char16_t *&unit, const char16_t *end, LoneSurrogate loneSurrogate)
{
    const char16_t first = *unit++;
    if (first < 0x80)
        return writeEscape(out, first);
    if (!QChar::isSurrogate(first))
        return writeUtf8(out, first);
    if (QChar::isHighSurrogate(first) && unit != end && QChar::isLowSurrogate(*unit))
        return writeUtf8(out, QChar::surrogateToUcs4(first, *unit++));
    return loneSurrogate == LoneSurrogate::Escaped ? writeUnitEscape(out, first)
                                                   : writeUtf8(out, QChar::ReplacementCharacter);
}

void appendObject(QByteArray &json, const QJsonObject &object)
{
    json += '{';
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member != object.begin())
            json += ',';
        appendJsonText(json, member.key());
        json += ':';
        appendJson(json, member.value());
    }
    json += '}';
}

void appendArray(QByteArray &json, const QJsonArray &array)
{
    json += '[';
    for (auto element = array.begin(); element != array.end(); ++element) {
        if (element != array.begin())
            json += ',';
        appendJson(json, *element);
    }
    json += ']';
}

} // namespace

void appendJsonText(QByteArray &json, QStringView text, LoneSurrogate loneSurrogate)
{
    // Cut into blocks, so that the room for the worst case is small and on the stack.
    constexpr qsizetype blockSize = 512;
    std::array<char, blockSize * longestEscape> block; // NOLINT(cppcoreguidelines-pro-type-member-init)
    json += '"';
    const char16_t *unit = text.utf16();
    const char16_t *const end = unit + text.size();
    while (unit != end) {
        const char16_t *const blockEnd = unit + std::min<qsizetype>(end - unit, blockSize);
        char *out = block.data();
        while (unit < blockEnd) {
            const char16_t *plain = unit;
            while (plain < blockEnd && isPlain(*plain))
                *out++ = static_cast<char>(*plain++);
            unit = plain;
            if (unit < blockEnd)
                out = writeSpecial(out, unit, end, loneSurrogate);
        }
        json.append(block.data(), out - block.data());
    }
    json += '"';
}

void appendJson(QByteArray &json, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return appendJsonText(json, value.toString());
    case QJsonValue::Array:
        return appendArray(json, value.toArray());
    case QJsonValue::Object:
        return appendObject(json, value.toObject());
    case QJsonValue::Bool:
        json += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        json += "null";
        return;
    case QJsonValue::Double:
        break;
    }
    // Qt alone knows which numbers it keeps as integers.
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    json.append(wrapped.constData() + 1, wrapped.size() - 2);
}

} // namespace diptych
