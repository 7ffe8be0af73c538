// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/inerttext.h"

#include <QTextDocumentFragment>

namespace diptych {

namespace {

constexpr char16_t replacement = u'\xFFFD';

bool isBidiControl(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// QTextDocument keeps frames and objects as these characters inside its text.
bool isDocumentMarker(char16_t c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFFFC || c >= 0xFFFE;
}

char16_t inertCharacter(char16_t c)
{
    if (c == u'\n' || c == u'\t')
        return c;
    if (c == 0)
        return replacement;
    if (c < 0x20)
        return char16_t(0x2400 + c);
    if (c == 0x7F)
        return 0x2421;
    if (c >= 0x80 && c < 0xA0)
        return replacement;
    if (c == 0x2028 || c == 0x2029)
        return u'\n';
    return isBidiControl(c) || isDocumentMarker(c) ? replacement : c;
}

QString codePoint(uint value)
{
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return QString(QChar(replacement));
    const char32_t c = value;
    return inertText(QString::fromUcs4(&c, 1));
}

} // namespace

QString inertText(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\r') {
            if (i + 1 == text.size() || text[i + 1] != u'\n')
                result += u'\n';
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            result += c;
            result += text[++i];
        } else {
            result += c.isSurrogate() ? QChar(replacement) : QChar(inertCharacter(c.unicode()));
        }
    }
    return result;
}

QString visibleText(QStringView text)
{
    QString result(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isPair = (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            || (c.isLowSurrogate() && i > 0 && text[i - 1].isHighSurrogate());
        if (isPair)
            result[i] = c;
        else
            result[i] = c.isSurrogate() ? QChar(replacement) : QChar(inertCharacter(c.unicode()));
    }
    return result;
}

QString entityText(const QString &entity)
{
    if (!entity.startsWith(u"&#"))
        return inertText(QTextDocumentFragment::fromHtml(entity).toPlainText());
    const bool hex = entity.size() > 2 && entity[2].toLower() == u'x';
    const qsizetype from = hex ? 3 : 2;
    bool ok = false;
    const uint value = entity.mid(from, entity.size() - from - 1).toUInt(&ok, hex ? 16 : 10);
    return ok ? codePoint(value) : entity;
}

} // namespace diptych
