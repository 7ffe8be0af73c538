// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/accesstoken.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype maxShown = 600; // characters of an error
constexpr qsizetype maxRead = 8 * 1024; // bytes of what a program wrote to standard error

QString tr(const char *text)
{
    return QCoreApplication::translate("AccessToken", text);
}

Failure unusable(const QString &message)
{
    return Failure(Error {
        .kind = Error::Kind::Authentication, .message = message, .providerCode = QStringLiteral("TokenCommandFailed")});
}

/// RFC 6750 §2.1
bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

QDateTime fromSeconds(const QJsonValue &value)
{
    bool isNumber = value.isDouble();
    const double seconds = isNumber ? value.toDouble() : value.toString().toDouble(&isNumber);
    constexpr double farFuture = 253'402'300'799; // the year 9999
    return isNumber && seconds > 0 && seconds < farFuture ? QDateTime::fromSecsSinceEpoch(qint64(seconds), Qt::UTC)
                                                          : QDateTime();
}

/// az writes local time without saying so; others write ISO 8601 or seconds.
QDateTime fromText(const QJsonValue &value)
{
    if (const QDateTime time = fromSeconds(value); time.isValid())
        return time;
    QString text = value.toString().trimmed();
    text.replace(10, 1, QStringLiteral("T"));
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

QDateTime expiryOf(const QJsonObject &object, const QDateTime &now)
{
    for (const QString &key : {QStringLiteral("expires_in"), QStringLiteral("expiresIn")}) {
        const QJsonValue value = object[key];
        if (const QDateTime time = fromSeconds(value); time.isValid())
            return now.addSecs(time.toSecsSinceEpoch()).toUTC();
    }
    // The one in seconds first: it knows no time zone.
    for (const QString &key : {QStringLiteral("expires_on"), QStringLiteral("expiresOn"), QStringLiteral("expires_at"),
             QStringLiteral("expiresAt"), QStringLiteral("expirationTimestamp"), QStringLiteral("token_expiry")}) {
        const QDateTime time = object.contains(key) ? fromText(object[key]) : QDateTime();
        if (time.isValid())
            return time;
    }
    return {};
}

QDateTime expiryOfWebToken(const QByteArray &token)
{
    const QByteArrayList parts = token.split('.');
    if (parts.size() != 3)
        return {};
    const QByteArray claims = QByteArray::fromBase64(parts.at(1), QByteArray::Base64UrlEncoding);
    return fromSeconds(QJsonDocument::fromJson(claims).object()[QStringLiteral("exp")]);
}

Result<AccessToken> readObject(const QJsonObject &object, const QDateTime &now)
{
    const QJsonObject status = object[QStringLiteral("status")].toObject();
    for (const QJsonObject &place : {object, status}) {
        for (const QString &key :
            {QStringLiteral("accessToken"), QStringLiteral("access_token"), QStringLiteral("token")}) {
            const QByteArray value = place[key].toString().trimmed().toUtf8();
            if (isToken(value)) {
                const QDateTime expiry = expiryOf(place, now);
                return AccessToken {Secret(value), expiry.isValid() ? expiry : expiryOfWebToken(value)};
            }
        }
    }
    return unusable(tr("The token command printed JSON without an accessToken."));
}

/// A long run with a digit; what has a dash every few characters, as identifiers of requests have, is left alone.
bool looksLikeToken(const QString &word)
{
    const QStringList pieces = word.split(u'-');
    const bool isLong =
        std::any_of(pieces.begin(), pieces.end(), [](const QString &piece) { return piece.size() >= 16; });
    return isLong && std::any_of(word.begin(), word.end(), [](QChar letter) { return letter.isDigit(); });
}

} // namespace

Result<AccessToken> readAccessToken(const QByteArray &printed, const QDateTime &now)
{
    QByteArray text = printed.trimmed();
    if (text.isEmpty())
        return unusable(tr("The token command printed nothing."));
    if (text.startsWith('{'))
        return readObject(QJsonDocument::fromJson(text).object(), now);
    if (text.size() > 2 && text.startsWith('"') && text.endsWith('"')) // as az prints it with --query
        text = text.mid(1, text.size() - 2);
    if (text.left(6).toLower() == "bearer")
        text = text.mid(6).trimmed();
    if (!isToken(text))
        return unusable(tr("The token command printed something that is not a token."));
    return AccessToken {Secret(text), expiryOfWebToken(text)};
}

QString redactedOutput(const QByteArray &text)
{
    static const QRegularExpression named(
        QStringLiteral("((?:token|key|secret|password)[\"']?\\s*[:=]\\s*[\"']?|bearer\\s+)[^\\s\"',;]{6,}"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression word(QStringLiteral("[\\w.+=~-]{16,}"));
    QString shown = QString::fromUtf8(text.right(maxRead)).simplified();
    shown.replace(named, QStringLiteral("\\1***"));
    qsizetype from = 0;
    for (QRegularExpressionMatch match = word.match(shown); match.hasMatch(); match = word.match(shown, from)) {
        const bool isSecret = looksLikeToken(match.captured());
        if (isSecret)
            shown.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("***"));
        from = isSecret ? match.capturedStart() + 3 : match.capturedEnd();
    }
    return shown.size() > maxShown ? QString(u"…" % shown.right(maxShown)) : shown;
}

} // namespace diptych
