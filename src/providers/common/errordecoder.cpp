// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/errordecoder.h"

#include "net/retrypolicy.h"
#include "providers/common/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace diptych {

namespace {

/// What the body says, whichever shape it has.
struct Finding {
    QString code {};
    QString message {};
    QString parameter {};
    QString requestId {};
    bool isExtraField = false; ///< the server named a field that it does not take
    std::optional<std::chrono::milliseconds> retryAfter {};
};

void setIfEmpty(QString &target, const QString &value)
{
    if (target.isEmpty())
        target = value;
}

QString textOrNumber(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

void appendLine(QString &text, const QString &line)
{
    if (line.isEmpty())
        return;
    if (!text.isEmpty())
        text += u'\n';
    text += line;
}

/// ["body", "messages", 0, "content"] → messages[0].content
QString parameterPath(const QJsonArray &location)
{
    QString path;
    for (qsizetype i = 0; i < location.size(); ++i) {
        const QJsonValue step = location[i];
        if (step.isDouble()) {
            path += u'[' % QString::number(step.toInteger()) % u']';
        } else if (i > 0 || step.toString() != QLatin1String("body")) {
            if (!path.isEmpty())
                path += u'.';
            path += step.toString();
        }
    }
    return path;
}

/// "/messages/0/content" → messages[0].content
QString parameterPath(const QString &pointer)
{
    QJsonArray location;
    for (const QString &step : pointer.split(u'/', Qt::SkipEmptyParts)) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        location.append(isIndex ? QJsonValue(index) : QJsonValue(step));
    }
    return parameterPath(location);
}

void readDetailItem(const QJsonObject &item, Finding &finding)
{
    setIfEmpty(finding.parameter, parameterPath(item.value(u"loc").toArray()));
    QString message = item.value(u"msg").toString();
    setIfEmpty(message, item.value(u"message").toString());
    appendLine(finding.message, message);
    const QString type = item.value(u"type").toString();
    setIfEmpty(finding.code, type);
    finding.isExtraField |= type == QLatin1String("extra_forbidden");
}

void readDetail(const QJsonValue &detail, Finding &finding)
{
    if (detail.isString())
        appendLine(finding.message, detail.toString());
    else if (detail.isObject())
        readDetailItem(detail.toObject(), finding);
    const QJsonArray items = detail.toArray();
    for (const QJsonValue &item : items) {
        if (item.isString())
            appendLine(finding.message, item.toString());
        else
            readDetailItem(item.toObject(), finding);
    }
}

/// Source: Google's google.rpc.ErrorInfo, BadRequest and RetryInfo, as Gemini sends them.
void readGoogleDetails(const QJsonArray &details, Finding &finding)
{
    for (const QJsonValue &detail : details) {
        if (detail[u"reason"] == QLatin1String("API_KEY_INVALID"))
            finding.code = QStringLiteral("API_KEY_INVALID");
        setIfEmpty(finding.parameter, detail[u"fieldViolations"][0][u"field"].toString());
        bool isNumber = false;
        const QString delay = detail[u"retryDelay"].toString();
        const double seconds = delay.chopped(delay.isEmpty() ? 0 : 1).toDouble(&isNumber);
        if (isNumber && delay.endsWith(u's') && seconds >= 0 && seconds < 1e6)
            finding.retryAfter = std::chrono::milliseconds(static_cast<qint64>(seconds * 1000));
    }
}

/// An object with `code` and `message`, nested or at the root.
void readEnvelope(const QJsonObject &envelope, Finding &finding)
{
    // A number repeats the HTTP status; a word beside it says more.
    const QJsonValue code = envelope.value(u"code");
    setIfEmpty(finding.code, code.toString());
    setIfEmpty(finding.code, envelope.value(u"type").toString());
    if (code.isDouble())
        setIfEmpty(finding.code, envelope.value(u"status").toString());
    setIfEmpty(finding.code, textOrNumber(code));
    setIfEmpty(finding.message, envelope.value(u"message").toString());
    setIfEmpty(finding.parameter, envelope.value(u"param").toString());
    setIfEmpty(finding.parameter, envelope.value(u"target").toString());
    setIfEmpty(finding.requestId, envelope.value(u"requestid").toString());
    setIfEmpty(finding.requestId, envelope.value(u"request_id").toString());
    if (finding.message.isEmpty()) {
        const QJsonArray details = envelope.value(u"details").toArray();
        for (const QJsonValue &detail : details)
            appendLine(finding.message, detail.toObject().value(u"message").toString());
    }
    readGoogleDetails(envelope.value(u"details").toArray(), finding);
    const QString innerCode = envelope.value(u"innererror").toObject().value(u"code").toString();
    if (innerCode == QLatin1String("ResponsibleAIPolicyViolation"))
        finding.code = QStringLiteral("content_filter");
}

Finding readObject(const QJsonObject &root)
{
    Finding finding;
    const QJsonValue error = root.value(u"error");
    if (error.isObject())
        readEnvelope(error.toObject(), finding);
    else if (error.isString())
        finding.message = error.toString();
    const QJsonArray lines = error.toArray();
    for (const QJsonValue &line : lines)
        appendLine(finding.message, line.isObject() ? line.toObject().value(u"message").toString() : line.toString());
    // An envelope that says enough is not mixed with what stands around it.
    if (finding.message.isEmpty()) {
        QString detailed;
        std::swap(detailed, finding.message);
        readDetail(root.value(u"detail"), finding);
        std::swap(detailed, finding.message);
        readEnvelope(root, finding);
        setIfEmpty(finding.message, detailed);
        setIfEmpty(finding.message, root.value(u"status").toString());
    }
    setIfEmpty(finding.requestId, root.value(u"request_id").toString());
    return finding;
}

/// HTML and other text: tags out, at most 2 KiB, first line with something in it.
QString plainText(const QByteArray &body)
{
    static const QRegularExpression blocks(QStringLiteral("<(script|style|head)\\b.*?</\\1\\s*>"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tags(QStringLiteral("<[^<>]*>"));
    QString text = QString::fromUtf8(body.left(64 * 1024));
    if (text.contains(u'<')) {
        text.remove(blocks);
        text.replace(tags, QStringLiteral("\n"));
        text.replace(QLatin1String("&nbsp;"), QLatin1String(" ")).replace(QLatin1String("&lt;"), QLatin1String("<"));
        text.replace(QLatin1String("&gt;"), QLatin1String(">")).replace(QLatin1String("&amp;"), QLatin1String("&"));
    }
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QString trimmed = line.simplified();
        if (!trimmed.isEmpty())
            return trimmed.left(2048);
    }
    return {};
}

/// Fields that servers name only inside a sentence.
void readParameterFromText(Finding &finding)
{
    struct Pattern {
        QRegularExpression expression;
        bool isPointer;
    };
    static const std::array<Pattern, 4> patterns {{
        {QRegularExpression(QStringLiteral("Extra parameters \\['([^']+)'")), false},
        {QRegularExpression(QStringLiteral("Validation error at #(/[^:\\s]+): Extra inputs are not permitted")), true},
        {QRegularExpression(QStringLiteral("Unrecognized request arguments? supplied: ([\\w.]+)")), false},
        {QRegularExpression(QStringLiteral("(?:Unknown|Unsupported|Unrecognized) parameter:? '([\\w.\\[\\]]+)'")),
            false},
    }};
    for (const Pattern &pattern : patterns) {
        const QRegularExpressionMatch match = pattern.expression.match(finding.message);
        if (!match.hasMatch())
            continue;
        finding.isExtraField = true;
        setIfEmpty(finding.parameter, pattern.isPointer ? parameterPath(match.captured(1)) : match.captured(1));
        return;
    }
    static const QRegularExpression pointer(QStringLiteral("Validation error at #(/[^:\\s]+):"));
    const QRegularExpressionMatch match = pointer.match(finding.message);
    if (match.hasMatch())
        setIfEmpty(finding.parameter, parameterPath(match.captured(1)));
    // Anthropic begins with the field: "messages.0.content: Field required".
    static const QRegularExpression leading(QStringLiteral("^([a-z_]\\w*(?:\\.\\w+)*): "));
    const QRegularExpressionMatch first = leading.match(finding.message);
    if (first.hasMatch() && finding.code == QLatin1String("invalid_request_error"))
        setIfEmpty(finding.parameter, parameterPath(first.captured(1).replace(u'.', u'/')));
}

/// True when the request was understood but this model or server can not do it.
bool saysUnsupported(const Finding &finding)
{
    static const std::array<QLatin1String, 5> codes {QLatin1String("parameter_not_supported"),
        QLatin1String("unsupported_parameter"), QLatin1String("unsupported_value"), QLatin1String("unknown_parameter"),
        QLatin1String("not_supported_error")};
    if (finding.isExtraField || std::find(codes.begin(), codes.end(), finding.code) != codes.end())
        return true;
    static const QRegularExpression words(
        QStringLiteral("Extra inputs are not permitted|(?:is|are) not supported|does not support|doesn't support"),
        QRegularExpression::CaseInsensitiveOption);
    return finding.message.contains(words);
}

bool isContentFilter(const QString &code)
{
    return code == QLatin1String("content_filter") || code == QLatin1String("content_policy_violation");
}

/// Of an error that came inside a good answer: only its code can say what it is.
int statusFromCode(const QJsonObject &root, const QString &code)
{
    const int number = root.value(u"error").toObject().value(u"code").toInt(root.value(u"code").toInt());
    if (number >= 400 && number < 600)
        return number;
    if (code.contains(QLatin1String("rate_limit")))
        return 429;
    if (code.contains(QLatin1String("invalid_request")))
        return 400;
    if (code.contains(QLatin1String("authentication")))
        return 401;
    // Source: Anthropic API, types of errors.
    if (code == QLatin1String("permission_error") || code == QLatin1String("billing_error"))
        return 403;
    if (code == QLatin1String("not_found_error"))
        return 404;
    return 500;
}

Error::Kind kindOf(int status, const Finding &finding)
{
    if (isContentFilter(finding.code))
        return Error::Kind::ContentFilter;
    if (finding.code == QLatin1String("API_KEY_INVALID")) // comes with a status of 400
        return Error::Kind::Authentication;
    switch (status) {
    case 401:
    case 402: // nothing is left to pay with
    case 403:
        return Error::Kind::Authentication;
    case 404:
    case 410:
        return Error::Kind::NotFound;
    case 405:
    case 501:
        return Error::Kind::Unsupported;
    case 408:
        return Error::Kind::Timeout;
    case 409:
        return Error::Kind::Provider;
    case 424: // a managed endpoint wraps the 404 of its container
        return finding.message == QLatin1String("Not Found") ? Error::Kind::Unsupported : Error::Kind::Provider;
    case 429:
        return Error::Kind::RateLimited;
    case 498: // Cohere: something in the prompt or the answer is on the list of what is not allowed
        return Error::Kind::ContentFilter;
    case 499: // Cohere: the request was cancelled on the way
        return Error::Kind::Provider;
    default:
        break;
    }
    if (status >= 500)
        return Error::Kind::Provider;
    if (status < 400)
        return Error::Kind::Network;
    return saysUnsupported(finding) ? Error::Kind::Unsupported : Error::Kind::InvalidRequest;
}

QString statusLine(const ErrorAnswer &answer)
{
    const QString number = QString::number(answer.status);
    return answer.reason.isEmpty() ? QString(u"HTTP " % number)
                                   : QString(number % u' ' % QString::fromUtf8(answer.reason));
}

} // namespace

QString requestIdOf(const HeaderList &headers)
{
    for (const char *name : {"x-request-id", "apim-request-id", "x-ms-request-id", "request-id"}) {
        const QByteArray value = headerValue(headers, name);
        if (!value.isEmpty())
            return QString::fromUtf8(value);
    }
    return {};
}

Error decodeError(const ErrorAnswer &answer)
{
    QJsonDocument document = QJsonDocument::fromJson(answer.body);
    // Gemini puts the envelope of a stream into a list.
    const QJsonObject root = document.isArray() ? document.array().at(0).toObject() : document.object();
    Finding finding = document.isNull() ? Finding {.message = plainText(answer.body)} : readObject(root);
    readParameterFromText(finding);
    const QString headerCode = QString::fromUtf8(headerValue(answer.headers, "x-ms-error-code"));
    if (!headerCode.isEmpty() && !isContentFilter(finding.code))
        finding.code = headerCode;
    const bool isInStream = answer.status > 0 && answer.status < 300;
    const int status = isInStream ? statusFromCode(root, finding.code) : answer.status;
    const Error::Kind kind = kindOf(status, finding);
    if (const auto delay = retryAfter(answer.headers, answer.receivedAt))
        finding.retryAfter = delay;
    const bool isRoute = status == 405 || status == 424 || status == 501;
    setIfEmpty(finding.message, statusLine(answer));
    if (status == 424 && kind == Error::Kind::Unsupported) {
        finding.message += QLatin1String(". ")
            + QCoreApplication::translate("diptych::ErrorDecoder",
                "The container behind this endpoint has no such route; many have theirs under /v1, which then belongs "
                "to the address.");
    }
    QString requestId = requestIdOf(answer.headers);
    setIfEmpty(requestId, finding.requestId);
    return {.kind = kind,
        .httpStatus = answer.status,
        .message = finding.message,
        .providerCode = finding.code,
        .parameter = isRoute ? QString() : finding.parameter,
        .requestId = requestId,
        .retryAfter = finding.retryAfter,
        .bodySample = bodySampleOf(answer.body)};
}

} // namespace diptych
