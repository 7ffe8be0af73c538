// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonhighlighter.h"

#include "theme/theme.h"

#include <QGuiApplication>

namespace diptych {

namespace {

// Pretty text seldom has longer lines; an image as base64 is not worth the time.
constexpr qsizetype maxHighlighted = 10'000;

qsizetype endOfString(const QString &text, qsizetype start)
{
    qsizetype position = start + 1;
    while (position < text.size() && text.at(position) != u'"')
        position += text.at(position) == u'\\' ? 2 : 1;
    return qMin(position + 1, text.size());
}

bool isWordCharacter(QChar letter)
{
    return letter.isLetterOrNumber() || letter == u'.' || letter == u'+' || letter == u'-' || letter == u'_';
}

} // namespace

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (text.size() > maxHighlighted)
        return;
    const QPalette palette = QGuiApplication::palette();
    const QColor key = themeColor(ThemeColor::Accent, palette);
    const QColor string = themeColor(ThemeColor::Success, palette);
    const QColor literal = themeColor(ThemeColor::Warning, palette);
    qsizetype position = 0;
    while (position < text.size()) {
        const QChar letter = text.at(position);
        qsizetype end = position + 1;
        if (letter == u'"') {
            end = endOfString(text, position);
            const bool isKey = QStringView(text).mid(end).trimmed().startsWith(u':');
            setFormat(static_cast<int>(position), static_cast<int>(end - position), isKey ? key : string);
        } else if (isWordCharacter(letter)) {
            while (end < text.size() && isWordCharacter(text.at(end)))
                ++end;
            const QStringView word = QStringView(text).mid(position, end - position);
            bool isNumber = false;
            static_cast<void>(word.toDouble(&isNumber));
            if (isNumber || word == u"true" || word == u"false" || word == u"null")
                setFormat(static_cast<int>(position), static_cast<int>(end - position), literal);
        }
        position = end;
    }
}

} // namespace diptych
