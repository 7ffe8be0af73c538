// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/jsondocument.h"

#include "providers/common/errordecoder.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace diptych {

Result<QJsonDocument> parseAnswer(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull()) {
        return Failure({.kind = Error::Kind::Protocol,
            .message = QCoreApplication::translate("diptych::JsonReader", "The answer is not valid JSON: %1")
                           .arg(error.errorString()),
            .bodySample = bodySampleOf(json)});
    }
    const QJsonValue carried = document.object().value(u"error");
    if (!carried.isUndefined() && !carried.isNull())
        return Failure(decodeError({.status = 200, .body = json}));
    return document;
}

Error malformedAnswer(const QByteArray &json, const QString &path, const QString &expected)
{
    return {.kind = Error::Kind::Protocol,
        .message =
            QCoreApplication::translate("diptych::JsonReader", "The answer does not follow the format: %1 is not %2.")
                .arg(path, expected),
        .parameter = path,
        .bodySample = bodySampleOf(json)};
}

} // namespace diptych
