// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/harexport.h"
#include "api/replayfile.h"
#include "models/requestjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

void addFrame(Exchange &exchange, const QByteArray &bytes, std::chrono::microseconds at)
{
    exchange.frames.push_back({.at = at, .offset = exchange.responseBody.size(), .size = bytes.size()});
    exchange.responseBody += bytes;
}

Exchange sample()
{
    Exchange exchange {.startedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC),
        .method = "POST",
        .url = QUrl(QStringLiteral("https://me:sk-leak@h:8443/v1/chat?key=sk-leak&alt=sse&q=a%20%22b#x")),
        .requestHeaders = {{"Content-Type", "application/json"}, {"Authorization", "Bearer sk-leak"},
            {"X-Api-Key", "sk-leak"}, {"Cookie", "sk-leak"}},
        .requestBody = "{\"ä\":1}",
        .attempt = 2,
        .status = 200,
        .reason = "OK",
        .responseHeaders = {{"Content-Type", "text/event-stream"}, {"Set-Cookie", "sk-leak"}, {"x-request-id", "r1"}},
        .peerAddress = QStringLiteral("[::1]:8443"),
        .tlsProtocol = QStringLiteral("TLS 1.3")};
    addFrame(exchange, "data: 1\n\n", 40ms);
    addFrame(exchange, "data: \xff\xfe\n\n", 90ms);
    exchange.frames.back().isVisible = true;
    exchange.bytesReceived = exchange.responseBody.size();
    exchange.framesReceived = 2;
    exchange.phases = {.dequeued = 2ms,
        .resolved = 5ms,
        .connected = 12ms,
        .encrypted = 22ms,
        .sent = 23ms,
        .firstByte = 40ms,
        .firstToken = 41ms,
        .firstText = 90ms,
        .finished = 100ms};
    exchange.gaps = {.count = 1, .total = 50ms, .longest = 50ms};
    return exchange;
}

/// What comes back of it: without secrets.
Exchange clean()
{
    Exchange exchange = sample();
    exchange.url = QUrl(QStringLiteral("https://h:8443/v1/chat?key=***&alt=sse&q=a%20%22b"));
    for (HeaderList *headers : {&exchange.requestHeaders, &exchange.responseHeaders}) {
        for (HeaderField &field : *headers)
            field.value.replace("Bearer sk-leak", "***").replace("sk-leak", "***");
    }
    return exchange;
}

QJsonObject entry(const Exchange &exchange)
{
    return toHar(std::span(&exchange, 1))[u"log"][u"entries"][0].toObject();
}

} // namespace

class TestExchangeFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replayRefusesWhatItIsNot_data();
    void replayRefusesWhatItIsNot();
    void replayIsTolerant();
    void replayIsBounded();
    void replayComesBack();
    void replayKeepsOddFrames_data();
    void replayKeepsOddFrames();
    void replayCarriesNoSecrets();
    void replayFramesPlayTheBody();
    void harHasWhatTheFormatRequires();
    void harTimings_data();
    void harTimings();
    void harOfAFailure();
    void harCarriesNoSecrets();
    void harBinaryBody();
    void requestInCommonNames();
};

void TestExchangeFiles::replayRefusesWhatItIsNot_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{oops");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("another format") << QByteArray(R"({"format":"har","version":1,"attempts":[{}]})");
    QTest::newRow("no version") << QByteArray(R"({"format":"diptych-exchange"})");
    QTest::newRow("newer") << QByteArray(
        R"({"format":"diptych-exchange","version":2,"attempts":[{"request":{"method":"GET"}}]})");
    QTest::newRow("no attempts") << QByteArray(R"({"format":"diptych-exchange","version":1,"attempts":[]})");
    QTest::newRow("no request") << QByteArray(R"({"format":"diptych-exchange","version":1,"attempts":[7]})");
}

void TestExchangeFiles::replayRefusesWhatItIsNot()
{
    QFETCH(QByteArray, json);
    const auto read = fromReplayFile(json);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::InvalidRequest);
    QVERIFY(!read.error().message.isEmpty());
}

void TestExchangeFiles::replayIsTolerant()
{
    const auto read =
        fromReplayFile(R"({"format":"diptych-exchange","version":1,"unknown":[1],"changes":[{"kind":"??"},3],
        "error":{"kind":"FromTheFuture","message":"m"},"commonRequest":"text",
        "attempts":[{"request":{"method":"GET","url":"not a url","headers":[{"name":""},{"value":1},5]},
        "response":{"status":"200"},"phases":{"sent":"soon","finished":9},"frames":[{"at":"x"},null]}]})");
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->changeLog.size(), 0U);
    QCOMPARE(read->error->kind, Error::Kind::Provider);
    const Exchange &exchange = read->attempts.front();
    QCOMPARE(exchange.status, 0);
    QCOMPARE(exchange.requestHeaders.size(), 0U);
    QCOMPARE(exchange.phases, (PhaseTimes {.finished = 9us}));
}

void TestExchangeFiles::replayIsBounded()
{
    QJsonArray frames;
    const QString megabyte = QString::fromLatin1(QByteArray(1024 * 1024, 'x').toBase64());
    for (int i = 0; i < 10; ++i)
        frames.append(QJsonObject {{QStringLiteral("at"), i}, {QStringLiteral("bytesBase64"), megabyte}});
    frames.append(QJsonObject {{QStringLiteral("offset"), -5}, {QStringLiteral("size"), -5}});
    const QJsonObject attempt {
        {QStringLiteral("request"), QJsonObject {{QStringLiteral("method"), QStringLiteral("GET")}}},
        {QStringLiteral("frames"), frames}};
    const QJsonObject file {{QStringLiteral("format"), QStringLiteral("diptych-exchange")},
        {QStringLiteral("version"), 1}, {QStringLiteral("attempts"), QJsonArray {attempt}}};
    const auto read = fromReplayFile(QJsonDocument(file).toJson());
    QVERIFY(read.has_value());
    QCOMPARE(read->attempts.front().responseBody.size(), Exchange::maxRecordedBody);
    QCOMPARE(read->attempts.front().frames.back().size, 0);
    QCOMPARE(read->attempts.front().frames.back().offset, 0);
}

void TestExchangeFiles::replayComesBack()
{
    Exchange first = clean();
    first.status = 429;
    first.attempt = 1;
    first.responseBody = "slow down";
    first.frames.clear();
    first.bytesReceived = 9;
    first.framesReceived = 0;
    const RecordedExchange recorded {.attempts = {first, clean()},
        .commonRequest = {{QStringLiteral("model"), QStringLiteral("m")}},
        .changeLog = {{Change::Kind::Renamed, QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("why")},
            {Change::Kind::Added, {}, QStringLiteral("c"), {}}},
        .error = Error {.kind = Error::Kind::RateLimited,
            .httpStatus = 429,
            .message = QStringLiteral("no"),
            .providerCode = QStringLiteral("c"),
            .parameter = QStringLiteral("p"),
            .requestId = QStringLiteral("r"),
            .retryAfter = 3s,
            .bodySample = "\xff"}};
    const auto read = fromReplayFile(toReplayFile(recorded));
    QVERIFY(read.has_value());
    QVERIFY(read->attempts.back() == recorded.attempts.back());
    QVERIFY(read->attempts.front() == recorded.attempts.front());
    QVERIFY(*read == recorded);
}

void TestExchangeFiles::replayKeepsOddFrames_data()
{
    QTest::addColumn<Exchange>("exchange");
    Exchange between = clean();
    between.frames.erase(between.frames.begin());
    between.framesReceived = 1;
    QTest::newRow("bytes before the first frame") << between;
    Exchange after = clean();
    after.frames.pop_back();
    QTest::newRow("bytes after the last recorded frame") << after;
    Exchange beyond = clean();
    beyond.frames.push_back({.at = 95ms, .offset = Exchange::maxRecordedBody + 7, .size = 20});
    beyond.framesReceived = 3;
    beyond.bytesReceived = Exchange::maxRecordedBody + 27;
    QTest::newRow("frame that was not recorded") << beyond;
    QTest::newRow("no answer") << Exchange {.method = "GET", .url = QUrl(QStringLiteral("http://h/"))};
}

void TestExchangeFiles::replayKeepsOddFrames()
{
    QFETCH(Exchange, exchange);
    const auto read = fromReplayFile(toReplayFile({.attempts = {exchange}}));
    QVERIFY(read.has_value());
    QCOMPARE(read->attempts.front().responseBody, exchange.responseBody);
    QVERIFY(read->attempts.front().frames == exchange.frames);
    QVERIFY(read->attempts.front() == exchange);
}

void TestExchangeFiles::replayCarriesNoSecrets()
{
    const QByteArray file = toReplayFile({.attempts = {sample()}});
    QVERIFY2(!file.contains("sk-leak"), file.constData());
    QVERIFY(!file.contains(QByteArray("sk-leak").toBase64()));
    QVERIFY(file.contains("***"));
    // Nor does a file of somebody else bring one in.
    QByteArray foreign = file;
    foreign.replace("***", "sk-leak");
    QCOMPARE(fromReplayFile(foreign)->attempts.front().requestHeaders, clean().requestHeaders);
}

void TestExchangeFiles::replayFramesPlayTheBody()
{
    const QJsonArray frames =
        QJsonDocument::fromJson(toReplayFile({.attempts = {sample()}})).object()[u"attempts"][0][u"frames"].toArray();
    QByteArray played;
    qint64 last = 0;
    for (const QJsonValue &frame : frames) {
        played += QByteArray::fromBase64(frame[u"bytesBase64"].toString().toLatin1());
        QVERIFY(frame[u"at"].toInteger() > last);
        last = frame[u"at"].toInteger();
    }
    QCOMPARE(played, sample().responseBody);
    QCOMPARE(last, 90'000);
}

void TestExchangeFiles::harHasWhatTheFormatRequires()
{
    const QJsonObject har = toHar(std::vector {sample(), sample()});
    const QJsonObject log = har.value(u"log").toObject();
    QCOMPARE(log.value(u"version").toString(), QStringLiteral("1.2"));
    QVERIFY(!log[u"creator"][u"name"].toString().isEmpty() && !log[u"creator"][u"version"].toString().isEmpty());
    QCOMPARE(log.value(u"entries").toArray().size(), 2);
    const QJsonObject made = log[u"entries"][0].toObject();
    const auto hasAll = [](const QJsonValue &object, const QStringList &names) {
        for (const QString &name : names)
            QVERIFY2(!object[name].isUndefined(), qPrintable(name));
    };
    // Source: HAR 1.2, the members that are not marked optional.
    hasAll(made,
        {QStringLiteral("startedDateTime"), QStringLiteral("time"), QStringLiteral("request"),
            QStringLiteral("response"), QStringLiteral("cache"), QStringLiteral("timings")});
    hasAll(made[u"request"],
        {QStringLiteral("method"), QStringLiteral("url"), QStringLiteral("httpVersion"), QStringLiteral("cookies"),
            QStringLiteral("headers"), QStringLiteral("queryString"), QStringLiteral("headersSize"),
            QStringLiteral("bodySize")});
    hasAll(
        made[u"request"][u"postData"], {QStringLiteral("mimeType"), QStringLiteral("params"), QStringLiteral("text")});
    hasAll(made[u"response"],
        {QStringLiteral("status"), QStringLiteral("statusText"), QStringLiteral("httpVersion"),
            QStringLiteral("cookies"), QStringLiteral("headers"), QStringLiteral("content"),
            QStringLiteral("redirectURL"), QStringLiteral("headersSize"), QStringLiteral("bodySize")});
    hasAll(made[u"response"][u"content"], {QStringLiteral("size"), QStringLiteral("mimeType")});
    hasAll(made[u"timings"], {QStringLiteral("send"), QStringLiteral("wait"), QStringLiteral("receive")});
    QCOMPARE(made.value(u"startedDateTime").toString(), QStringLiteral("2026-01-02T03:04:05.678Z"));
    QCOMPARE(made[u"request"][u"queryString"][2][u"value"].toString(), QStringLiteral("a \"b"));
    QCOMPARE(made[u"request"][u"postData"][u"text"].toString(), QStringLiteral("{\"ä\":1}"));
    QCOMPARE(made.value(u"serverIPAddress").toString(), QStringLiteral("::1"));
    QCOMPARE(made[u"_frames"][1][u"time"].toDouble(), 90.0);
}

void TestExchangeFiles::harTimings_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::addColumn<QJsonObject>("timings");
    QTest::addColumn<double>("total");
    const auto timings = [](double blocked, double dns, double connect, double ssl, double send, double wait,
                             double receive) {
        return QJsonObject {{QStringLiteral("blocked"), blocked}, {QStringLiteral("dns"), dns},
            {QStringLiteral("connect"), connect}, {QStringLiteral("ssl"), ssl}, {QStringLiteral("send"), send},
            {QStringLiteral("wait"), wait}, {QStringLiteral("receive"), receive}};
    };
    QTest::newRow("all") << sample() << timings(2, 3, 17, 10, 1, 17, 60) << 100.0;
    Exchange plain = sample();
    plain.phases.encrypted.reset();
    plain.phases.resolved.reset();
    QTest::newRow("no TLS, no look-up") << plain << timings(2, -1, 10, -1, 11, 17, 60) << 100.0;
    Exchange reused = sample();
    reused.reusedConnection = true;
    QTest::newRow("reused connection") << reused << timings(2, -1, -1, -1, 21, 17, 60) << 100.0;
    QTest::newRow("nothing known") << Exchange {} << timings(-1, -1, -1, -1, 0, 0, 0) << 0.0;
}

void TestExchangeFiles::harTimings()
{
    QFETCH(Exchange, exchange);
    const QJsonObject made = entry(exchange);
    QTEST(made.value(u"timings").toObject(), "timings");
    QTEST(made.value(u"time").toDouble(), "total");
}

void TestExchangeFiles::harOfAFailure()
{
    const QJsonObject made = entry({.method = "GET", .url = QUrl(QStringLiteral("http://h/"))});
    QCOMPARE(made[u"response"][u"status"].toInt(-1), 0);
    QVERIFY(made[u"request"][u"postData"].isUndefined());
    QVERIFY(QDateTime::fromString(made.value(u"startedDateTime").toString(), Qt::ISODateWithMs).isValid());
    QVERIFY(!made.contains(u"serverIPAddress"));
}

void TestExchangeFiles::harCarriesNoSecrets()
{
    const QByteArray file = QJsonDocument(toHar(std::vector {sample()})).toJson();
    QVERIFY2(!file.contains("sk-leak"), file.constData());
    QVERIFY(file.contains("***"));
}

void TestExchangeFiles::harBinaryBody()
{
    const QJsonValue content = entry(sample())[u"response"][u"content"];
    QCOMPARE(content[u"encoding"].toString(), QStringLiteral("base64"));
    QCOMPARE(QByteArray::fromBase64(content[u"text"].toString().toLatin1()), sample().responseBody);
    Exchange cut = sample();
    cut.bytesReceived = 1000;
    QCOMPARE(entry(cut)[u"response"][u"content"][u"size"].toInt(), 1000);
    QVERIFY(entry(cut)[u"response"][u"content"][u"comment"].toString().contains(u"19"));
}

void TestExchangeFiles::requestInCommonNames()
{
    ChatRequest request {
        .model = QStringLiteral("m"), .messages = {Message::fromText(Role::User, QStringLiteral("hi"))}};
    QCOMPARE(requestJson(request).keys(),
        (QStringList {QStringLiteral("messages"), QStringLiteral("model"), QStringLiteral("stream")}));
    request.messages.push_back({.role = Role::User,
        .content = {TextPart {QStringLiteral("t")}, ImagePart {QStringLiteral("data:,x"), {}},
            AudioPart {"\xff", QStringLiteral("wav")}}});
    request.messages.push_back(
        {.role = Role::Assistant, .toolCalls = {{QStringLiteral("c"), QStringLiteral("f"), QStringLiteral("{")}}});
    request.sampling = {.temperature = 0.0, .seed = 9223372036854775807, .stop = QStringList {}};
    request.tools = {{.name = QStringLiteral("f"), .strict = false}};
    request.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Named, .name = QStringLiteral("f")};
    request.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonSchema, .name = QStringLiteral("s")};
    request.extras = {{QStringLiteral("top_k"), 5}};
    request.extrasMode = ExtrasMode::Drop;
    const QJsonValue json = requestJson(request);
    QCOMPARE(json[u"messages"][0][u"content"].toString(), QStringLiteral("hi"));
    QCOMPARE(json[u"messages"][1][u"content"][1][u"image_url"][u"url"].toString(), QStringLiteral("data:,x"));
    QCOMPARE(json[u"messages"][1][u"content"][2][u"input_audio"][u"data"].toString(), QStringLiteral("/w=="));
    QCOMPARE(json[u"messages"][2][u"tool_calls"][0][u"function"][u"arguments"].toString(), QStringLiteral("{"));
    QVERIFY(json[u"messages"][2][u"content"].isUndefined());
    QCOMPARE(json[u"temperature"].toDouble(-1), 0.0);
    QCOMPARE(json[u"seed"].toInteger(), 9223372036854775807);
    QVERIFY(json[u"stop"].isArray());
    QCOMPARE(json[u"tools"][0][u"function"][u"strict"].toBool(true), false);
    QCOMPARE(json[u"tool_choice"][u"function"][u"name"].toString(), QStringLiteral("f"));
    QCOMPARE(json[u"response_format"][u"json_schema"][u"name"].toString(), QStringLiteral("s"));
    QCOMPARE(json[u"extras"][u"top_k"].toInt(), 5);
    QCOMPARE(json[u"extra-parameters"].toString(), QStringLiteral("drop"));
}

QTEST_GUILESS_MAIN(TestExchangeFiles)
#include "tst_exchangefiles.moc"
