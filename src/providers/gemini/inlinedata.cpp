// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/inlinedata.h"

#include "providers/common/dataurl.h"

#include <QUrl>

namespace diptych::gemini {

namespace {

QJsonObject inlineData(const QString &mimeType, const QString &base64)
{
    return {{QStringLiteral("inlineData"),
        QJsonObject {{QStringLiteral("mimeType"), mimeType}, {QStringLiteral("data"), base64}}}};
}

bool isReachable(const QUrl &url)
{
    return url.scheme() == QLatin1String("gs") || url.host() == QLatin1String("generativelanguage.googleapis.com");
}

} // namespace

std::optional<QJsonObject> mediaPart(const QString &url)
{
    if (const std::optional<DataUrl> data = parseDataUrl(url))
        return inlineData(data->mediaType, data->base64);
    if (!isDataUrl(url) && isReachable(QUrl(url)))
        return QJsonObject {{QStringLiteral("fileData"), QJsonObject {{QStringLiteral("fileUri"), url}}}};
    return std::nullopt;
}

QJsonObject audioPart(const AudioPart &audio)
{
    return inlineData(QStringLiteral("audio/") + audio.format, QString::fromLatin1(audio.data.toBase64()));
}

} // namespace diptych::gemini
