// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/retrypolicy.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace diptych {

using std::chrono::milliseconds;

namespace {

bool mayPass(const Error &error)
{
    const int status = error.httpStatus;
    if (status == 0)
        return error.kind == Error::Kind::Network;
    return status == 408 || status == 409 || status == 429 || (status >= 500 && status <= 599);
}

/// A number of `unit`s, fractions allowed.
std::optional<milliseconds> parseNumber(const QByteArray &text, double unit)
{
    constexpr double longest = 1e12; // ms, 30 years: whoever says more means "never"
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok) * unit;
    if (!ok || !std::isfinite(value) || value < 0)
        return {};
    return milliseconds(std::llround(std::min(value, longest)));
}

/// Source: RFC 9110 §5.6.7: IMF-fixdate, RFC 850, asctime.
QDateTime parseHttpDate(const QByteArray &text, const QDateTime &now)
{
    const QString date = QString::fromLatin1(text).simplified();
    const QLocale english = QLocale::c();
    for (const char *format : {"ddd, d MMM yyyy hh:mm:ss 'GMT'", "ddd MMM d hh:mm:ss yyyy"}) {
        QDateTime time = english.toDateTime(date, QLatin1String(format));
        time.setTimeSpec(Qt::UTC);
        if (time.isValid())
            return time;
    }
    // The weekday belongs to a year in this century, the two digits are read as one in the last: leave it out.
    QDateTime time = english.toDateTime(date.mid(date.indexOf(u',') + 2), QStringLiteral("d-MMM-yy hh:mm:ss 'GMT'"));
    time.setTimeSpec(Qt::UTC);
    while (time.isValid() && time.addYears(50) < now)
        time = time.addYears(100);
    return time;
}

} // namespace

RetryPolicy::RetryPolicy(const RetryOptions &options)
    : m_options(options)
{
}

std::optional<milliseconds> RetryPolicy::delayAfter(int attempt, const Error &error, double random) const
{
    if (attempt < 1 || attempt > m_options.maxRetries || !mayPass(error))
        return {};
    if (error.retryAfter) {
        if (*error.retryAfter > m_options.maxRetryAfter)
            return {};
        return std::max(*error.retryAfter, milliseconds(0));
    }
    const double exponential = double(m_options.baseDelay.count()) * std::exp2(attempt - 1);
    const double bounded = std::min(exponential, double(m_options.maxDelay.count()));
    return milliseconds(std::llround(bounded * (0.8 + 0.5 * random)));
}

std::optional<milliseconds> retryAfter(const HeaderList &headers, const QDateTime &now)
{
    for (const char *name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
        if (const auto delay = parseNumber(headerValue(headers, name), 1))
            return delay;
    }
    const QByteArray value = headerValue(headers, "Retry-After");
    if (const auto delay = parseNumber(value, 1000))
        return delay;
    const QDateTime time = parseHttpDate(value, now);
    if (!time.isValid())
        return {};
    return milliseconds(std::max<qint64>(0, now.msecsTo(time)));
}

} // namespace diptych
