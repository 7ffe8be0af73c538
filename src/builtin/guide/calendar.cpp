// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/calendar.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Calendar", text);
}

QString withoutOrdinals(QString text)
{
    static const QRegularExpression ordinal(QStringLiteral("(?<=\\d)(st|nd|rd|th)\\b"));
    static const QRegularExpression small(QStringLiteral("\\b(the|of|on)\\b|,"));
    return text.toLower().remove(ordinal).replace(small, QStringLiteral(" ")).simplified();
}

/// One date as it is written; invalid when it is none.
QDate dateOf(const QString &written, QDate today)
{
    QString text = withoutOrdinals(written);
    if (text == QLatin1String("today") || text == QLatin1String("now"))
        return today;
    if (text == QLatin1String("tomorrow"))
        return today.addDays(1);
    if (text == QLatin1String("yesterday"))
        return today.addDays(-1);
    static const QHash<QString, QString> feasts {{QStringLiteral("christmas"), QStringLiteral("25 december")},
        {QStringLiteral("christmas day"), QStringLiteral("25 december")},
        {QStringLiteral("christmas eve"), QStringLiteral("24 december")},
        {QStringLiteral("new year"), QStringLiteral("1 january")},
        {QStringLiteral("new year's day"), QStringLiteral("1 january")},
        {QStringLiteral("new year's eve"), QStringLiteral("31 december")},
        {QStringLiteral("halloween"), QStringLiteral("31 october")}};
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    text = feasts.value(text, text);
    for (const QString &format :
        {QStringLiteral("yyyy-MM-dd"), QStringLiteral("yyyy/MM/dd"), QStringLiteral("d MMMM yyyy"),
            QStringLiteral("MMMM d yyyy"), QStringLiteral("d MMM yyyy"), QStringLiteral("MMM d yyyy")}) {
        const QDate date = english.toDate(text, format);
        if (date.isValid())
            return date;
    }
    // Without a year the next such day is meant.
    for (const QString &format : {QStringLiteral("d MMMM yyyy"), QStringLiteral("MMMM d yyyy")}) {
        const QDate date = english.toDate(QString(text % u' ' % QString::number(today.year())), format);
        if (date.isValid())
            return date < today ? date.addYears(1) : date;
    }
    return {};
}

QString named(QDate date)
{
    return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(date, QStringLiteral("dddd, d MMMM yyyy"));
}

QString days(qint64 count)
{
    return count == 1 ? translated("**1 day**") : translated("**%1 days**").arg(count);
}

std::optional<QString> between(const QString &text, QDate today)
{
    static const QRegularExpression range(
        QStringLiteral("\\bdays? (?:are (?:there )?)?(?:between|from) (.+?) (?:and|to|until|till) (.+)$"));
    const auto match = range.match(text);
    const QDate first = match.hasMatch() ? dateOf(match.captured(1), today) : QDate();
    const QDate last = match.hasMatch() ? dateOf(match.captured(2), today) : QDate();
    if (!first.isValid() || !last.isValid())
        return {};
    return translated("From %1 to %2: %3.").arg(named(first), named(last), days(std::abs(first.daysTo(last))));
}

std::optional<QString> distance(const QString &text, QDate today)
{
    static const QRegularExpression to(
        QStringLiteral("^(?:how (?:many days|long)|days|number of days) (?:(?:is|are|was|has) it |are there "
                       "|are |is there )?(?:left )?(until|till|to|before|since) (.+)$"));
    const auto match = to.match(text);
    const QDate date = match.hasMatch() ? dateOf(match.captured(2), today) : QDate();
    if (!date.isValid())
        return {};
    return translated("From today, %1, to %2: %3.").arg(named(today), named(date), days(std::abs(today.daysTo(date))));
}

std::optional<QString> shifted(const QString &text, QDate today)
{
    static const QRegularExpression shift(
        QStringLiteral("^(?:what (?:date|day)? ?(?:is|was|will be|will it be) )?(?:it )?(\\d{1,6}|an?|one) "
                       "(day|week|month|year)s? (after|before|from|since|ago)(?: (.+))?$"));
    static const QRegularExpression ahead(
        QStringLiteral("^what (?:date|day) (?:is it|will it be) in (\\d{1,6}|an?|one) (day|week|month|year)s?$"));
    auto match = shift.match(text);
    QDate start = match.hasMatch() && !match.captured(4).isEmpty() ? dateOf(match.captured(4), today) : today;
    int sign = match.captured(3) == QLatin1String("before") || match.captured(3) == QLatin1String("ago") ? -1 : 1;
    if (!match.hasMatch()) {
        match = ahead.match(text);
        sign = 1;
        start = today;
    }
    if (!match.hasMatch() || !start.isValid())
        return {};
    const bool one = !match.captured(1).at(0).isDigit();
    const int count = sign * (one ? 1 : match.captured(1).toInt());
    const QString unit = match.captured(2);
    const QDate date = unit == QLatin1String("month") ? start.addMonths(count)
        : unit == QLatin1String("year")               ? start.addYears(count)
                                                      : start.addDays(count * (unit == QLatin1String("week") ? 7 : 1));
    return date.isValid() ? std::optional(QString(u"**" % named(date) % u"**")) : std::nullopt;
}

std::optional<QString> weekday(const QString &text, QDate today)
{
    static const QRegularExpression asking(
        QStringLiteral("^(?:(?:on )?(?:what|which) (?:day|weekday|date)(?: of (?:the )?week)?(?:(?:'s| is| was| "
                       "will)(?: it)?(?: be)?| falls?| does)?) ?(.*?)(?: fall(?: on)?| be)?$"));
    const auto match = asking.match(text);
    if (!match.hasMatch())
        return {};
    const QString asked = match.captured(1).trimmed();
    const QDate date = asked.isEmpty() ? today : dateOf(asked, today);
    return date.isValid() ? std::optional(QString(u"**" % named(date) % u"**")) : std::nullopt;
}

} // namespace

std::optional<QString> answerAboutDates(const QString &question, const QDateTime &now)
{
    const QDate today = now.date();
    static const QRegularExpression clock(
        QStringLiteral("^(what time is it|what's the time|what is the (current )?time)( now)?$"));
    static const QRegularExpression polite(QStringLiteral("^((please|can you|could you|tell me|so|and)\\s+)+"));
    static const QRegularExpression ending(QStringLiteral("[\\s?!.]+$"));
    if (question.size() > 200)
        return {};
    const QString text = question.toLower().simplified().remove(polite).remove(ending);
    if (clock.match(text).hasMatch())
        return QString(u"**" % now.time().toString(QStringLiteral("HH:mm")) % u"**");
    for (const auto &way : {between, distance, shifted, weekday}) {
        if (const auto answer = way(text, today))
            return answer;
    }
    return {};
}

} // namespace diptych
