// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/errorencoder.h"

#include "gateway/openai/requestdecoder.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace diptych {

namespace {

using Kind = Error::Kind;

bool isAbout(const Error &error, Kind kind, bool withParameter)
{
    return error.kind == kind && error.parameter.isEmpty() != withParameter;
}

QString azureCode(const Error &error)
{
    if (!error.providerCode.isEmpty() && statusOf(error) != 405)
        return error.providerCode;
    switch (error.kind) {
    case Kind::Unsupported:
        return error.parameter.isEmpty() ? QStringLiteral("method_not_allowed")
                                         : QStringLiteral("parameter_not_supported");
    case Kind::InvalidRequest:
        return QStringLiteral("invalid_request");
    case Kind::NotFound:
        return QStringLiteral("model_not_found");
    case Kind::Authentication:
        return QString::number(statusOf(error));
    case Kind::RateLimited:
        return QStringLiteral("rate_limit_exceeded");
    case Kind::ContentFilter:
        return QStringLiteral("content_filter");
    default:
        return kindName(error.kind);
    }
}

QString openAiCode(const Error &error)
{
    if (isAbout(error, Kind::Unsupported, true))
        return QStringLiteral("unsupported_parameter");
    if (error.kind == Kind::Authentication && statusOf(error) == 401)
        return QStringLiteral("invalid_api_key");
    if (error.kind == Kind::NotFound && error.providerCode == u"404")
        return QStringLiteral("unknown_url");
    return azureCode(error);
}

QString openAiType(const Error &error)
{
    const int status = statusOf(error);
    if (status >= 500)
        return QStringLiteral("server_error");
    return status == 429 ? QStringLiteral("rate_limit_error") : QStringLiteral("invalid_request_error");
}

QJsonObject openAiError(const Error &error)
{
    return {{QStringLiteral("message"), error.message}, {QStringLiteral("type"), openAiType(error)},
        {QStringLiteral("param"),
            error.parameter.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(error.parameter)},
        {QStringLiteral("code"), openAiCode(error)}};
}

QJsonObject azureError(const Error &error)
{
    QJsonObject object {{QStringLiteral("code"), azureCode(error)}, {QStringLiteral("message"), error.message}};
    if (!error.parameter.isEmpty())
        object.insert(QStringLiteral("target"), error.parameter);
    return object;
}

/// A provider's code as a header value: no line ends, nothing beyond ASCII.
QByteArray headerText(const QString &text)
{
    QByteArray bytes;
    for (const QChar letter : text) {
        if (letter.unicode() >= u' ' && letter.unicode() < 0x7F)
            bytes += letter.toLatin1();
    }
    return bytes;
}

/// "messages[0].content" → ["messages", 0, "content"].
QJsonArray locationOf(const QString &path)
{
    QJsonArray location;
    for (const QString &member : path.split(u'.')) {
        const QStringList pieces = member.split(u'[');
        location.append(pieces.front());
        for (const QString &index : pieces.mid(1))
            location.append(index.left(index.indexOf(u']')).toInt()); // a provider's path may be broken off
    }
    return location;
}

QJsonValue valueAt(QJsonValue value, const QJsonArray &location)
{
    for (const QJsonValue &step : location)
        value = step.isString() ? value.toObject().value(step.toString()) : value.toArray().at(step.toInt());
    return value;
}

/// What the service adds around the envelope when a part of the request is at fault.
void addDetail(QJsonObject &root, const Error &error, const QJsonObject &request)
{
    root.insert(QStringLiteral("status"), statusOf(error));
    root.insert(QStringLiteral("code"), azureCode(error));
    root.insert(QStringLiteral("message"), error.message);
    if (error.providerCode == extrasRefusedCode) {
        root.insert(QStringLiteral("detail"), error.message);
        return;
    }
    if (error.parameter.isEmpty())
        return;
    QJsonArray location = locationOf(error.parameter);
    const QJsonValue input = valueAt(request, location);
    location.prepend(QStringLiteral("body"));
    QJsonObject detail {{QStringLiteral("loc"), location}};
    if (!input.isUndefined())
        detail.insert(QStringLiteral("input"), input);
    root.insert(QStringLiteral("detail"), detail);
}

QJsonObject azureBody(const Error &error, const QJsonObject &request)
{
    QJsonObject root {{QStringLiteral("error"), azureError(error)}};
    const bool isRequestsFault = error.kind == Kind::InvalidRequest || error.kind == Kind::ContentFilter
        || isAbout(error, Kind::Unsupported, true);
    if (isRequestsFault)
        addDetail(root, error, request);
    return root;
}

} // namespace

int statusOf(const Error &error)
{
    const bool isServerStatus = error.httpStatus >= 500 && error.httpStatus < 600;
    switch (error.kind) {
    case Kind::InvalidRequest:
        return error.httpStatus == 413 || error.httpStatus == 431 || error.httpStatus == 408 ? error.httpStatus : 400;
    case Kind::ContentFilter:
        return 400;
    case Kind::Unsupported:
        return error.parameter.isEmpty() ? 405 : 422;
    case Kind::Authentication:
        return error.httpStatus == 403 ? 403 : 401;
    case Kind::NotFound:
        return 404;
    case Kind::RateLimited:
        return 429;
    case Kind::Timeout:
        return 504;
    case Kind::Network:
    case Kind::Tls:
    case Kind::Protocol:
        return 502;
    case Kind::Provider:
        return isServerStatus ? error.httpStatus : 500;
    case Kind::Cancelled:
    case Kind::Storage:
        break;
    }
    return 500;
}

QString messageWithPath(const Error &error)
{
    if (error.message.isEmpty())
        return kindName(error.kind);
    const bool isNamed = error.parameter.isEmpty() || error.message.contains(error.parameter);
    return isNamed ? error.message : QStringLiteral("%1: %2").arg(error.parameter, error.message);
}

HeaderList errorHeaders(const Error &error, int status)
{
    HeaderList headers {{"Content-Type", "application/json"}};
    if (error.retryAfter) {
        const auto milliseconds = error.retryAfter->count();
        headers.push_back({"Retry-After", QByteArray::number((milliseconds + 999) / 1000)});
        headers.push_back({"retry-after-ms", QByteArray::number(milliseconds)});
    }
    if (status == 401)
        headers.push_back({"WWW-Authenticate", "Bearer"});
    if (status == 405 && (error.providerCode == u"GET" || error.providerCode == u"POST"))
        headers.push_back({"Allow", error.providerCode.toLatin1()});
    return headers;
}

SurfaceAnswer encodeError(const Error &error, Surface surface, const QJsonObject &request)
{
    const bool azure = surface == Surface::Azure;
    // OpenAI answers 400 where Azure answers 422.
    const int status = !azure && isAbout(error, Kind::Unsupported, true) ? 400 : statusOf(error);
    SurfaceAnswer answer {.status = status, .headers = errorHeaders(error, status)};
    if (azure)
        answer.headers.push_back({"x-ms-error-code", headerText(azureCode(error))});
    const QJsonObject body =
        azure ? azureBody(error, request) : QJsonObject {{QStringLiteral("error"), openAiError(error)}};
    answer.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return answer;
}

QByteArray encodeStreamError(const Error &error, Surface surface)
{
    const QJsonObject inner = surface == Surface::Azure ? azureError(error) : openAiError(error);
    return QJsonDocument(QJsonObject {{QStringLiteral("error"), inner}}).toJson(QJsonDocument::Compact);
}

} // namespace diptych
