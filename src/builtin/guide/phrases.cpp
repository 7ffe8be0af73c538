// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/phrases.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUuid>

namespace diptych {

namespace {

QRegularExpression phraseExpression(const QString &phrase, const QString &before = {})
{
    const QString pattern =
        before % u"(?<![\\p{L}\\p{N}])" % QRegularExpression::escape(phrase) % u"(?![\\p{L}\\p{N}])";
    return QRegularExpression(
        pattern, QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

QString found(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption).match(text).captured();
}

QString dateIn(const QString &text)
{
    const QString written = found(text, QStringLiteral("\\b\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])\\b"));
    if (QDate::fromString(written, Qt::ISODate).isValid())
        return written;
    const int ahead = mentions(text, QStringLiteral("tomorrow")) ? 1
        : mentions(text, QStringLiteral("yesterday"))            ? -1
                                                                 : 0;
    return QDate::currentDate().addDays(ahead).toString(Qt::ISODate);
}

QString timeIn(const QString &text)
{
    const QString written = found(text, QStringLiteral("\\b([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?\\b"));
    if (written.isEmpty())
        return QStringLiteral("12:00:00");
    return written.size() == 5 ? QString(written % u":00") : written;
}

} // namespace

bool mentions(const QString &text, const QString &phrase)
{
    return !phrase.isEmpty() && phraseExpression(phrase).match(text).hasMatch();
}

bool isAffirmed(const QString &text, const QString &phrase)
{
    if (!mentions(text, phrase))
        return false;
    const QString denial =
        QStringLiteral("(?<![\\p{L}])(no|not|without|isn't|don't|never)\\s+(a\\s+|be\\s+|the\\s+|it\\s+)?");
    return !phraseExpression(phrase, denial).match(text).hasMatch();
}

QString spacedName(const QString &name)
{
    static const QRegularExpression hump(QStringLiteral("(?<=[a-z0-9])(?=[A-Z])"));
    QString spaced = name;
    return spaced.replace(hump, QStringLiteral(" ")).replace(u'_', u' ').replace(u'-', u' ').toLower().simplified();
}

std::deque<double> numbersIn(const QString &text)
{
    static const QRegularExpression number(
        QStringLiteral("(?<![\\p{L}\\p{N}.])-?\\d{1,15}(\\.\\d{1,10})?(?![\\p{N}])"));
    std::deque<double> numbers;
    for (auto matches = number.globalMatch(text); matches.hasNext();)
        numbers.push_back(matches.next().captured().toDouble());
    return numbers;
}

QStringList namesIn(const QString &text)
{
    static const QRegularExpression quoted(QStringLiteral("[\"“«]([^\"”»]+)[\"”»]|(?<!\\p{L})'([^']+)'(?!\\p{L})"));
    static const QRegularExpression capitalised(
        QStringLiteral("(?<=[\\p{L}\\p{N},;:] )\\p{Lu}[\\p{L}\\p{N}'-]*( \\p{Lu}[\\p{L}\\p{N}'-]*)*"));
    QStringList names;
    for (auto matches = quoted.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        names.push_back(match.captured(1) % match.captured(2));
    }
    for (auto matches = capitalised.globalMatch(text); matches.hasNext();) {
        const QString name = matches.next().captured();
        if (name != QLatin1String("I") && name != QLatin1String("JSON"))
            names.push_back(name);
    }
    names.removeDuplicates();
    return names;
}

QString subjectOf(const QString &question)
{
    static const QRegularExpression afterPreposition(
        QStringLiteral(".*\\b(?:in|at|for|to|of|about|from|named|called)\\s+(?:the\\s+|a\\s+|an\\s+)?([^?.!,]+)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const QString subject = afterPreposition.match(question).captured(1).trimmed();
    return subject.isEmpty() ? question.trimmed() : subject;
}

QString formattedText(const QString &question, const QString &form)
{
    if (form == QLatin1String("date"))
        return dateIn(question);
    if (form == QLatin1String("time"))
        return QString(timeIn(question) % u'Z');
    if (form == QLatin1String("date-time"))
        return QString(dateIn(question) % u'T' % timeIn(question) % u'Z');
    if (form == QLatin1String("email")) {
        const QString written = found(question, QStringLiteral("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"));
        return written.isEmpty() ? QStringLiteral("someone@example.org") : written;
    }
    if (form == QLatin1String("uri") || form == QLatin1String("url")) {
        const QString written = found(question, QStringLiteral("https?://[^\\s\"<>]+"));
        return written.isEmpty() ? QStringLiteral("https://example.org/") : written;
    }
    if (form == QLatin1String("ipv4")) {
        const QString written =
            found(question, QStringLiteral("\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.|\\b)){4}(?<!\\.)"));
        return written.isEmpty() ? QStringLiteral("127.0.0.1") : written;
    }
    if (form == QLatin1String("ipv6"))
        return QStringLiteral("::1");
    if (form == QLatin1String("hostname")) {
        const QString written = found(question, QStringLiteral("\\b(?:[a-z0-9-]+\\.)+[a-z]{2,}\\b"));
        return written.isEmpty() ? QStringLiteral("example.org") : written;
    }
    if (form == QLatin1String("uuid"))
        return QUuid::createUuidV5(QUuid(), question).toString(QUuid::WithoutBraces);
    if (form == QLatin1String("expression"))
        return found(question, QStringLiteral("[\\d(][\\d\\s.+*/^()%-]*[\\d)%]"));
    return {};
}

std::optional<QString> firstMatch(const QString &text, const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid())
        return {};
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    static const QRegularExpression edges(QStringLiteral("^[\"'(]+|[\"').,;:!?]+$"));
    for (QString word : text.split(blanks, Qt::SkipEmptyParts)) {
        if (expression.match(word.remove(edges)).hasMatch())
            return word;
    }
    if (expression.match(text).hasMatch())
        return text;
    // Patterns for codes and dates are met by one of these more often than not.
    for (const QString &usual :
        {QDate::currentDate().toString(Qt::ISODate), QStringLiteral("12:00"), QStringLiteral("0"), QStringLiteral("a"),
            QStringLiteral("A"), QStringLiteral("abc"), QStringLiteral("000"), QStringLiteral("00000"),
            QStringLiteral("ABC-123"), QStringLiteral("#000000"), QString()}) {
        if (expression.match(usual).hasMatch())
            return usual;
    }
    return {};
}

} // namespace diptych
