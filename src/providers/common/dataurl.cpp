// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/dataurl.h"

#include <QByteArray>
#include <QStringList>

namespace diptych {

namespace {

constexpr QLatin1String scheme("data:");

bool isBase64(const QByteArray &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && !decoded.decoded.isEmpty();
}

} // namespace

bool isDataUrl(const QString &url)
{
    return url.startsWith(scheme, Qt::CaseInsensitive);
}

bool isWebUrl(const QString &url)
{
    return url.startsWith(QLatin1String("https://"), Qt::CaseInsensitive)
        || url.startsWith(QLatin1String("http://"), Qt::CaseInsensitive);
}

std::optional<DataUrl> parseDataUrl(const QString &url)
{
    const qsizetype comma = url.indexOf(u',');
    if (!isDataUrl(url) || comma < 0)
        return std::nullopt;
    const QStringList head = url.mid(scheme.size(), comma - scheme.size()).split(u';');
    const QByteArray payload = QByteArray::fromPercentEncoding(url.mid(comma + 1).toUtf8());
    if (head.first().isEmpty() || payload.isEmpty())
        return std::nullopt;
    const QString mediaType = head.first().trimmed().toLower();
    if (head.size() < 2 || head.last().compare(QLatin1String("base64"), Qt::CaseInsensitive) != 0)
        return DataUrl {mediaType, QString::fromLatin1(payload.toBase64())};
    if (!isBase64(payload))
        return std::nullopt;
    return DataUrl {mediaType, QString::fromLatin1(payload)};
}

} // namespace diptych
