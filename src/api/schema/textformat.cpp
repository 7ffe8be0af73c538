// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/textformat.h"

#include <QDate>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>
#include <QUuid>

namespace diptych {

namespace {

bool isDate(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z"));
    return shape.match(text).hasMatch() && QDate::fromString(text, Qt::ISODate).isValid();
}

bool isTime(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral(
            "^([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\\z"),
        QRegularExpression::CaseInsensitiveOption);
    return shape.match(text).hasMatch();
}

bool isDateTime(const QString &text)
{
    constexpr qsizetype dateLength = 10;
    return text.size() > dateLength && (text[dateLength] == u'T' || text[dateLength] == u't')
        && isDate(text.left(dateLength)) && isTime(text.mid(dateLength + 1));
}

bool isEmail(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^[^\\s@]+@[^\\s@]+\\z"));
    return shape.match(text).hasMatch();
}

bool isHostname(const QString &text)
{
    static const QRegularExpression label(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\z"));
    if (text.isEmpty() || text.size() > 253)
        return false;
    for (const QString &part : text.split(u'.')) {
        if (!label.match(part).hasMatch())
            return false;
    }
    return true;
}

bool isIpv4(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!\\z)|\\z)){4}\\z"));
    return shape.match(text).hasMatch();
}

/// Source: RFC 4291 §2.2.
bool isIpv6(const QString &text)
{
    static const QRegularExpression group(QStringLiteral("^[0-9A-Fa-f]{1,4}\\z"));
    const QStringList halves = text.split(QStringLiteral("::"));
    if (halves.size() > 2 || text.isEmpty())
        return false;
    int groups = 0;
    for (qsizetype half = 0; half < halves.size(); ++half) {
        const QStringList parts = halves[half].isEmpty() ? QStringList() : halves[half].split(u':');
        for (qsizetype i = 0; i < parts.size(); ++i) {
            const bool isLast = half == halves.size() - 1 && i == parts.size() - 1;
            if (isLast && isIpv4(parts[i]))
                groups += 2;
            else if (group.match(parts[i]).hasMatch())
                groups += 1;
            else
                return false;
        }
    }
    return halves.size() == 2 ? groups < 8 : groups == 8;
}

bool isUri(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]*\\z"));
    return shape.match(text).hasMatch() && QUrl(text, QUrl::StrictMode).isValid();
}

bool isUuid(const QString &text)
{
    constexpr qsizetype length = 36; // without braces
    return text.size() == length && (!QUuid::fromString(text).isNull() || text.count(u'0') == 32);
}

using Check = bool (*)(const QString &);

const QHash<QString, Check> &checks()
{
    static const QHash<QString, Check> known = {{QStringLiteral("date"), isDate}, {QStringLiteral("time"), isTime},
        {QStringLiteral("date-time"), isDateTime}, {QStringLiteral("email"), isEmail},
        {QStringLiteral("hostname"), isHostname}, {QStringLiteral("ipv4"), isIpv4}, {QStringLiteral("ipv6"), isIpv6},
        {QStringLiteral("uri"), isUri}, {QStringLiteral("uuid"), isUuid}};
    return known;
}

} // namespace

bool isKnownFormat(const QString &format)
{
    return checks().contains(format);
}

bool hasTextFormat(const QString &text, const QString &format)
{
    const auto check = checks().find(format);
    return check == checks().end() || check.value()(text);
}

} // namespace diptych
