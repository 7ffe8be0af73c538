// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/jsontext.h"

#include <algorithm>
#include <optional>

namespace diptych {

namespace {

/// The UTF-16 unit of an escape `\uXXXX` at `position`; unset where there is no such escape.
std::optional<uint> escapedUnit(const QByteArray &json, qsizetype position)
{
    if (position + 6 > json.size() || json[position] != '\\' || json[position + 1] != 'u')
        return std::nullopt;
    bool isHex = false;
    const uint unit = json.mid(position + 2, 4).toUInt(&isHex, 16);
    return isHex ? std::optional<uint>(unit) : std::nullopt;
}

constexpr char32_t halvesBegin = 0x10D800; // of the private use area

/// Half a character, which UTF-8 can not say, as one for private use.
QByteArray halfAsText(uint unit)
{
    const char32_t stand = halvesBegin + (unit - 0xD800);
    return QString::fromUcs4(&stand, 1).toUtf8();
}

} // namespace

QString withHalves(const QString &text)
{
    QString whole;
    for (const uint letter : text.toUcs4()) {
        if (letter >= halvesBegin && letter < halvesBegin + 0x800)
            whole += QChar(char16_t(0xD800 + (letter - halvesBegin)));
        else
            whole += QChar::fromUcs4(letter);
    }
    QString result = repairedText(whole);
    // Within the text nothing can follow that completes them.
    if (!whole.isEmpty() && whole.front().isLowSurrogate())
        result.front() = whole.front();
    if (!whole.isEmpty() && whole.back().isHighSurrogate())
        result.back() = whole.back();
    return result;
}

QString repairedText(const QString &text)
{
    if (text.isValidUtf16())
        return text;
    QString repaired = text;
    for (qsizetype i = 0; i < repaired.size(); ++i) {
        if (!repaired[i].isSurrogate())
            continue;
        const bool isPair =
            repaired[i].isHighSurrogate() && i + 1 < repaired.size() && repaired[i + 1].isLowSurrogate();
        if (isPair)
            ++i;
        else
            repaired[i] = QChar::ReplacementCharacter;
    }
    return repaired;
}

QByteArray repairedJson(QByteArrayView json)
{
    QByteArray repaired = QString::fromUtf8(json).toUtf8();
    if (repaired.startsWith("\xEF\xBB\xBF"))
        repaired.remove(0, 3);
    for (qsizetype i = 0; i < repaired.size(); ++i) {
        if (repaired[i] != '\\')
            continue;
        const std::optional<uint> unit = escapedUnit(repaired, i);
        if (!unit) {
            ++i; // the escaped character may be a backslash
            continue;
        }
        if (QChar::isHighSurrogate(*unit)) {
            const std::optional<uint> next = escapedUnit(repaired, i + 6);
            if (next && QChar::isLowSurrogate(*next)) {
                i += 11;
                continue;
            }
        }
        if (QChar::isSurrogate(*unit))
            repaired.replace(i, 6, halfAsText(*unit));
        i += QChar::isSurrogate(*unit) ? 3 : 5;
    }
    return repaired;
}

QByteArray bodySampleOf(QByteArrayView body)
{
    constexpr qsizetype limit = 64 * 1024;
    return body.first(std::min(body.size(), limit)).toByteArray();
}

} // namespace diptych
