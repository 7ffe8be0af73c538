// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../codecgolden.h"
#include "../requestvalues.h"

#include "providers/gemini/chatdecoder.h"
#include "providers/gemini/geminicodec.h"
#include "providers/gemini/schemadialect.h"

#include <QJsonDocument>
#include <QTest>

using namespace diptych;

namespace {

Result<BodyEncoder> encode(const QString &kind, const QJsonObject &request, const EncodingOptions &options)
{
    if (kind == QLatin1String("image"))
        return gemini::encodeImageEmbeddingRequest(test::imageEmbeddingRequestOf(request), options);
    if (kind == QLatin1String("embedding"))
        return gemini::encodeEmbeddingRequest(test::embeddingRequestOf(request), options);
    return gemini::encodeChatRequest(test::chatRequestOf(request), options);
}

QJsonObject dumpPage(const Result<Page<ModelDescription>> &result)
{
    if (!result)
        return {{QStringLiteral("error"), test::dump(result.error())}};
    QJsonArray array;
    for (const ModelDescription &model : result->items)
        array.append(test::dump(model));
    QJsonObject page {{QStringLiteral("models"), array}};
    if (!result->next.isEmpty())
        page.insert(u"next", result->next);
    return page;
}

QJsonObject readWhole(const QString &kind, const QByteArray &json)
{
    if (kind == QLatin1String("embedding"))
        return test::dumpResult(gemini::decodeEmbeddings(json));
    if (kind == QLatin1String("models"))
        return dumpPage(gemini::decodeModelPage(json));
    if (kind == QLatin1String("info"))
        return test::dumpResult(gemini::decodeModel(json));
    return test::dumpResult(gemini::decodeChatResponse(json));
}

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

/// The Gemini API: requests against the bodies and change logs that they become, recorded answers against what they
/// decode to.
class TestGeminiCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void schemaDialect_data();
    void schemaDialect();
    void signaturesComeBackOnTheirParts();
    void request_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/requests"), QStringLiteral(".in.json")); }
    void request();
    void stream_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".sse")); }
    void stream();
    void whole_data() { test::addGoldens(QStringLiteral(TEST_DATA_DIR "/answers"), QStringLiteral(".json")); }
    void whole();
};

void TestGeminiCodec::schemaDialect_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<bool>("isOpenApi");
    const auto row = [](const char *schema, bool isOpenApi) {
        QTest::newRow(schema) << QByteArray(schema) << isOpenApi;
    };
    row(R"({"type":"object","properties":{"a":{"type":"string","enum":["x"]}},"required":["a"]})", true);
    row(R"({"type":"array","items":{"type":"integer","minimum":1}})", true);
    row(R"({"anyOf":[{"type":"string"},{"type":"number"}]})", true);
    row(R"({"type":["string","null"]})", false);
    row(R"({"properties":{}})", false);
    row(R"({"type":"object","additionalProperties":false})", false);
    row(R"({"type":"object","properties":{"a":{"$ref":"#/$defs/b"}}})", false);
    row(R"({"type":"object","properties":{"a":true}})", false);
    row(R"({"type":"integer","enum":[1,2]})", false);
    row(R"({"type":"array","items":[{"type":"string"}]})", false);
    row(R"({"type":"array","items":{"const":1}})", false);
    row(R"({"anyOf":[{"type":"string"},{"const":1}]})", false);
}

void TestGeminiCodec::schemaDialect()
{
    QFETCH(const QByteArray, schema);
    QTEST(gemini::isOpenApiSchema(json(schema)), "isOpenApi");
}

void TestGeminiCodec::signaturesComeBackOnTheirParts()
{
    const QByteArray answer =
        R"({"candidates":[{"content":{"parts":[{"text":"Hm","thought":true,"thoughtSignature":"a"},)"
        R"({"text":"One, "},{"text":"two","thoughtSignature":"b"},)"
        R"({"functionCall":{"name":"f","args":{"x":1}},"thoughtSignature":"c"},)"
        R"({"functionCall":{"name":"g","args":{}}}]},"finishReason":"STOP"}]})";
    const Result<ChatResponse> response = gemini::decodeChatResponse(answer);
    QVERIFY(response.has_value());
    ChatRequest request {.model = QStringLiteral("m"), .messages = {response->choices.front().message}};
    const Result<BodyEncoder> encoder = gemini::encodeChatRequest(request, {});
    QVERIFY(encoder.has_value());
    const QJsonArray contents = json(encoder->body())[u"contents"].toArray();
    QCOMPARE(contents.first()[u"parts"].toArray(), json(answer)[u"candidates"][0][u"content"][u"parts"].toArray());
}

void TestGeminiCodec::request()
{
    QFETCH(const QString, path);
    const QString difference = test::requestDifference(path, encode);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestGeminiCodec::stream()
{
    QFETCH(const QString, path);
    const QString difference = test::streamDifference(path, test::readStream<gemini::ChatDecoder, SseFraming>);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestGeminiCodec::whole()
{
    QFETCH(const QString, path);
    const QString kind = path.section(u'/', -1).section(u'-', 0, 0);
    const QString difference = test::wholeDifference(path, readWhole(kind, test::contentOf(path)));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

QTEST_GUILESS_MAIN(TestGeminiCodec)
#include "tst_geminicodec.moc"
