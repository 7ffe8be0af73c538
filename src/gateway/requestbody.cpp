// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/requestbody.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace diptych {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("diptych::RequestBody", source);
}

} // namespace

Result<ExtrasMode> extrasModeOf(const HttpServerRequest &request, Surface surface)
{
    if (surface != Surface::Azure)
        return ExtrasMode::PassThrough;
    const QByteArray value = request.header("extra-parameters");
    if (value.isEmpty())
        return ExtrasMode::Error;
    if (value.compare("ignore", Qt::CaseInsensitive) == 0) // what the documentation of 2024 calls drop
        return ExtrasMode::Drop;
    if (const auto mode = extrasModeFromName(QString::fromLatin1(value).toLower()))
        return *mode;
    return Failure(Error {.kind = Error::Kind::InvalidRequest,
        .httpStatus = 400,
        .message = text("The header extra-parameters must be error, drop or pass-through.")});
}

Result<QJsonObject> parseBody(const QByteArray &body)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (document.isObject())
        return document.object();
    const QString reason = problem.error == QJsonParseError::NoError
        ? text("The body must be a JSON object.")
        : text("The body is not valid JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset);
    return Failure(Error {.kind = Error::Kind::InvalidRequest,
        .httpStatus = 400,
        .message = reason,
        .providerCode = QStringLiteral("invalid_json")});
}

} // namespace diptych
