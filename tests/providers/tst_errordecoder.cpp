// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/errordecoder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

struct Expected {
    const char *id;
    Kind kind;
    const char *code;
    const char *parameter;
    const char *message;
};

constexpr Expected expectations[] = {
    {"azure-422-doc", Kind::Unsupported, "parameter_not_supported", "response_format",
        "One of the parameters contain invalid values."},
    {"azure-422-mistral-list", Kind::Unsupported, "extra_forbidden", "user", "Extra inputs are not permitted"},
    {"azure-422-jamba-strings", Kind::Unsupported, "", "",
        "Input should be 'user', 'assistant' or 'system'\nExtra inputs are not permitted"},
    {"azure-400-extra-parameters", Kind::Unsupported, "", "stream_options",
        "Extra parameters ['stream_options'] are not allowed when extra-parameters is not set or set to be 'error'. "
        "Set "
        "extra-parameters to 'pass-through' to pass to the model."},
    {"azure-400-aoai-validation", Kind::Unsupported, "400", "max_completion_tokens",
        "Validation error at #/max_completion_tokens: Extra inputs are not permitted\nValidation error at #/store: "
        "Extra "
        "inputs are not permitted"},
    {"azure-400-content-filter-flat", Kind::ContentFilter, "content_filter", "messages", "The response was filtered"},
    {"azure-400-content-filter-nested", Kind::ContentFilter, "content_filter", "prompt",
        "The response was filtered due to the prompt triggering Microsoft's content management policy. Please modify "
        "your "
        "prompt and retry."},
    {"azure-401-old", Kind::Authentication, "", "", "Invalid auth token"},
    {"azure-404-api-version", Kind::NotFound, "404", "", "Resource not found"},
    {"azure-405-route", Kind::Unsupported, "", "", "405 Reason"},
    {"azure-424-route", Kind::Unsupported, "", "",
        "Not Found. The container behind this endpoint has no such route; many have theirs under /v1, which then "
        "belongs "
        "to the address."},
    {"azure-spec-error", Kind::Provider, "InternalServerError", "messages", "synthetic"},
    {"openai-429", Kind::RateLimited, "rate_limit_exceeded", "", "synthetic"},
    {"llamacpp-401", Kind::Authentication, "authentication_error", "", "Invalid API Key"},
    {"llamacpp-503-loading", Kind::Provider, "unavailable_error", "", "Loading model"},
    {"ollama-error", Kind::NotFound, "", "", "the model failed to generate a response"},
    {"anthropic-error", Kind::Provider, "overloaded_error", "", "synthetic"},
    {"gemini-error", Kind::InvalidRequest, "INVALID_ARGUMENT", "", "synthetic"},
    {"cohere-error", Kind::InvalidRequest, "", "", "synthetic"},
    {"mistral-422", Kind::InvalidRequest, "float_parsing", "temperature", "synthetic"},
    {"github-models-410", Kind::NotFound, "", "", "410 Reason"},
};

QJsonObject fixture(const QString &id)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/errors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &row : rows) {
        if (row[u"id"] == id)
            return row.toObject();
    }
    return {};
}

ErrorAnswer answerOf(const QJsonObject &row)
{
    ErrorAnswer answer {.status = row[u"status"].toInt(), .reason = "Reason"};
    const QJsonObject headers = row[u"headers"].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        answer.headers.push_back({header.key().toLatin1(), header.value().toString().toLatin1()});
    if (row[u"body"].isObject())
        answer.body = QJsonDocument(row[u"body"].toObject()).toJson(QJsonDocument::Compact);
    return answer;
}

} // namespace

class TestErrorDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFixtureIsExpected();
    void fixture_data();
    void fixture();
    void shape_data();
    void shape();
    void retryAfterIsRead();
    void requestIdIsRead_data();
    void requestIdIsRead();
    void headerCodeWins();
    void bodySampleIsBounded();
    void deepNestingIsText();
};

void TestErrorDecoder::everyFixtureIsExpected()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/errors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll()).array().size(), static_cast<qsizetype>(std::size(expectations)));
}

void TestErrorDecoder::fixture_data()
{
    QTest::addColumn<int>("row");
    for (int row = 0; row < static_cast<int>(std::size(expectations)); ++row)
        QTest::newRow(expectations[row].id) << row;
}

void TestErrorDecoder::fixture()
{
    QFETCH(const int, row);
    const Expected &expected = expectations[row];
    const QJsonObject json = ::fixture(QString::fromLatin1(expected.id));
    QVERIFY(!json.isEmpty());
    const Error error = decodeError(answerOf(json));
    QCOMPARE(error.kind, expected.kind);
    QCOMPARE(error.httpStatus, json[u"status"].toInt());
    QCOMPARE(error.providerCode, QString::fromLatin1(expected.code));
    QCOMPARE(error.parameter, QString::fromLatin1(expected.parameter));
    QCOMPARE(error.message, QString::fromLatin1(expected.message));
}

void TestErrorDecoder::shape_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, int status, const char *body, Kind kind, const char *parameter,
                         const char *message) {
        QTest::newRow(name) << status << QByteArray(body) << kind << QString::fromUtf8(parameter)
                            << QString::fromUtf8(message);
    };
    row("empty body", 500, "", Kind::Provider, "", "500 Reason");
    row("empty object", 400, "{}", Kind::InvalidRequest, "", "400 Reason");
    row("HTML", 502, "<html><head><title>T</title></head>\n<body><h1>502 Bad Gateway</h1><hr>nginx</body></html>",
        Kind::Provider, "", "502 Bad Gateway");
    row("text", 400, "\n  upstream said no \nmore", Kind::InvalidRequest, "", "upstream said no");
    row("invalid UTF-8", 400, "\xFF\xFE", Kind::InvalidRequest, "", "\xEF\xBF\xBD\xEF\xBF\xBD");
    row("empty list", 400, "[]", Kind::InvalidRequest, "", "400 Reason");
    row("Gemini's list", 429, R"([{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}])",
        Kind::RateLimited, "", "slow");
    row("nested location", 422, R"({"detail":[{"loc":["body","messages",0,"content"],"msg":"bad","type":"x"}]})",
        Kind::InvalidRequest, "messages[0].content", "bad");
    row("nested pointer", 400, R"({"error":{"message":"Validation error at #/messages/0/content: too long"}})",
        Kind::InvalidRequest, "messages[0].content", "Validation error at #/messages/0/content: too long");
    row("several details", 422, R"({"detail":[{"loc":["body","a"],"msg":"one"},{"loc":["body","b"],"msg":"two"}]})",
        Kind::InvalidRequest, "a", "one\ntwo");
    row("details in the envelope", 400, R"({"error":{"code":"BadRequest","details":[{"code":"c","message":"inner"}]}})",
        Kind::InvalidRequest, "", "inner");
    row("Google's bad key", 400,
        R"({"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})",
        Kind::Authentication, "", "no");
    row("Google's bad field", 400,
        R"({"error":{"code":400,"message":"no","details":[{"fieldViolations":[{"field":"tools[0]","description":"d"}]}]}})",
        Kind::InvalidRequest, "tools[0]", "no");
    row("inner content filter", 400,
        R"({"error":{"code":null,"message":"no","innererror":{"code":"ResponsibleAIPolicyViolation"}}})",
        Kind::ContentFilter, "", "no");
    row("unsupported by code", 400,
        R"({"error":{"message":"Unsupported value","param":"temperature","code":"unsupported_value"}})",
        Kind::Unsupported, "temperature", "Unsupported value");
    row("unsupported by words", 400,
        R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported here."}})", Kind::Unsupported,
        "max_tokens", "Unsupported parameter: 'max_tokens' is not supported here.");
    row("unrecognized argument", 400, R"({"error":{"message":"Unrecognized request argument supplied: top_k"}})",
        Kind::Unsupported, "top_k", "Unrecognized request argument supplied: top_k");
    row("llama.cpp without embeddings", 501,
        R"({"error":{"code":501,"message":"This server does not support embeddings.","type":"not_supported_error"}})",
        Kind::Unsupported, "", "This server does not support embeddings.");
    row("wrong types everywhere", 400, R"({"error":{"code":[],"message":{},"param":1},"detail":7,"message":[]})",
        Kind::InvalidRequest, "", "400 Reason");
    row("402", 402, R"({"error":"pay"})", Kind::Authentication, "", "pay");
    row("403", 403, R"({"error":"nope"})", Kind::Authentication, "", "nope");
    row("408", 408, "", Kind::Timeout, "", "408 Reason");
    row("409", 409, "", Kind::Provider, "", "409 Reason");
    row("413", 413, "", Kind::InvalidRequest, "", "413 Reason");
    row("431", 431, "", Kind::InvalidRequest, "", "431 Reason");
    row("424 of another sort", 424, R"({"message":"dependency"})", Kind::Provider, "", "dependency");
    row("307 refused", 307, "", Kind::Network, "", "307 Reason");
    row("in a stream, by number", 200, R"({"error":{"code":503,"message":"gone"}})", Kind::Provider, "", "gone");
    row("in a stream, by type", 200, R"({"error":{"type":"rate_limit_error","message":"slow"}})", Kind::RateLimited, "",
        "slow");
    row("in a stream, text only", 200, R"({"error":"boom"})", Kind::Provider, "", "boom");
}

void TestErrorDecoder::shape()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const Kind, kind);
    QFETCH(const QString, parameter);
    QFETCH(const QString, message);
    const Error error = decodeError({.status = status, .reason = "Reason", .body = body});
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.parameter, parameter);
    QCOMPARE(error.message, message);
    QCOMPARE(error.bodySample, body);
}

void TestErrorDecoder::retryAfterIsRead()
{
    const Error error = decodeError({.status = 429, .headers = {{"Retry-After", "20"}}});
    QVERIFY(error.retryAfter == std::optional<std::chrono::milliseconds>(20s));
    QVERIFY(!decodeError({.status = 429}).retryAfter);
    const QByteArray google = R"({"error":{"code":429,"details":[{"retryDelay":"1.5s"}]}})";
    QVERIFY(
        decodeError({.status = 429, .body = google}).retryAfter == std::optional<std::chrono::milliseconds>(1500ms));
    QVERIFY(!decodeError({.status = 429, .body = R"({"error":{"details":[{"retryDelay":"soon"},{"retryDelay":""}]}})"})
                 .retryAfter);
}

void TestErrorDecoder::requestIdIsRead_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char *header : {"X-Request-Id", "apim-request-id", "x-ms-request-id", "request-id"})
        QTest::newRow(header) << QByteArray(header);
}

void TestErrorDecoder::requestIdIsRead()
{
    QFETCH(const QByteArray, header);
    QCOMPARE(decodeError({.status = 500, .headers = {{header, "r-1"}}}).requestId, QStringLiteral("r-1"));
}

void TestErrorDecoder::headerCodeWins()
{
    const Error error = decodeError(
        {.status = 404, .headers = {{"x-ms-error-code", "DeploymentNotFound"}}, .body = R"({"error":{"code":"404"}})"});
    QCOMPARE(error.providerCode, QStringLiteral("DeploymentNotFound"));
}

void TestErrorDecoder::bodySampleIsBounded()
{
    const Error error = decodeError({.status = 500, .body = QByteArray(1024 * 1024, 'x')});
    QCOMPARE(error.bodySample.size(), 64 * 1024);
    QCOMPARE(error.message.size(), 2048);
}

void TestErrorDecoder::deepNestingIsText()
{
    const QByteArray body = QByteArray(100'000, '[');
    QCOMPARE(decodeError({.status = 500, .body = body}).kind, Kind::Provider);
}

QTEST_GUILESS_MAIN(TestErrorDecoder)
#include "tst_errordecoder.moc"
