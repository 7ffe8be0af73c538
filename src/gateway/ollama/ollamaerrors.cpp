// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamaerrors.h"

#include "gateway/openai/errorencoder.h"

#include <QJsonDocument>

namespace diptych {

namespace {

int ollamaStatusOf(const Error &error)
{
    // 405 is for methods; what a model can not do is 400 here, whether it is a parameter or a whole route.
    if (error.kind == Error::Kind::Unsupported)
        return error.httpStatus == 405 && error.parameter.isEmpty() ? 405 : 400;
    return statusOf(error);
}

/// Clients look for this very sentence to offer a download.
QString messageOf(const Error &error, const QString &model)
{
    const bool isModelMissing = error.kind == Error::Kind::NotFound
        && (error.providerCode.isEmpty() || error.providerCode == u"model_not_found");
    if (isModelMissing && !model.isEmpty())
        return QStringLiteral("model '%1' not found").arg(model);
    return messageWithPath(error);
}

QByteArray bodyOf(const Error &error, const QString &model)
{
    const QJsonObject object {{QStringLiteral("error"), messageOf(error, model)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

SurfaceAnswer encodeOllamaError(const Error &error, const QJsonObject &request)
{
    const int status = ollamaStatusOf(error);
    const QString model = request.value(u"model").toString(request.value(u"name").toString());
    SurfaceAnswer answer {.status = status, .headers = errorHeaders(error, status), .body = bodyOf(error, model)};
    if (status == 405 && error.providerCode.isEmpty())
        answer.headers.push_back({"Allow", ""}); // there is no method for it
    return answer;
}

QByteArray encodeOllamaErrorLine(const Error &error, const QString &model)
{
    return bodyOf(error, model) + '\n';
}

} // namespace diptych
