// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>
#include <QtEndian>

#include <cmath>

using namespace diptych;

class TestGatewayEmbeddings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodes_data();
    void encodes();
    void compressesFloats_data();
    void compressesFloats();
    void packsBase64();
    void passesTheRequestOn();
    void passesAnErrorOn();
    void embedsImages();
};

namespace {

constexpr auto target = "/embeddings?api-version=2024-05-01-preview";

QJsonValue firstRow(const QJsonObject &answer)
{
    return answer.value(u"data").toArray().first().toObject().value(u"embedding");
}

} // namespace

void TestGatewayEmbeddings::encodes_data()
{
    QTest::addColumn<EncodingFormat>("format");
    QTest::addColumn<QList<float>>("values");
    QTest::addColumn<QJsonArray>("expected");
    const auto row = [](const char *name, EncodingFormat format, const QList<float> &values,
                         const QJsonArray &expected) { QTest::newRow(name) << format << values << expected; };
    row("float", EncodingFormat::Float, {0.5F, -1.25F, 0.0F}, {0.5, -1.25, 0});
    row("no number", EncodingFormat::Float, {NAN, INFINITY, 1.0F}, {0, 0, 1});
    row("int8", EncodingFormat::Int8, {-128.0F, 0.0F, 127.0F}, {-128, 0, 127});
    row("uint8", EncodingFormat::UInt8, {0.0F, 200.0F, 255.0F}, {0, 200, 255});
    row("ubinary", EncodingFormat::UBinary, {1, -1, -1, -1, -1, -1, 1, 1, 1}, {131, 128});
    row("binary", EncodingFormat::Binary, {1, -1, -1, -1, -1, -1, 1, 1, 1}, {3, 0});
}

void TestGatewayEmbeddings::encodes()
{
    QFETCH(const EncodingFormat, format);
    QFETCH(const QList<float>, values);
    QFETCH(const QJsonArray, expected);
    GatewayFixture fixture;
    fixture.provider().autoEmbed = false;
    RawClient client(fixture.port());
    const QByteArray name = encodingFormatName(format).toLatin1();
    client.request("POST", target, R"({"model":"words","input":["a"],"encoding_format":")" + name + "\"}");
    QVERIFY(fixture.embedding());
    QCOMPARE(fixture.provider().embeddingRequests.front().encodingFormat, std::optional(format));
    fixture.embedding()->finishWith({.format = format,
        .dimensions = static_cast<int>(values.size()),
        .values = std::vector<float>(values.begin(), values.end()),
        .usage = Usage {.promptTokens = 4}});
    const QJsonObject answer = client.answer().json();
    QCOMPARE(firstRow(answer).toArray(), expected);
    QCOMPARE(answer.value(u"model").toString(), QStringLiteral("words"));
    QVERIFY(!answer.value(u"id").toString().isEmpty());
    QCOMPARE(answer.value(u"usage").toObject().value(u"total_tokens").toInt(), 4);
}

void TestGatewayEmbeddings::compressesFloats_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QList<float>>("values");
    QTest::addColumn<QJsonArray>("expected");
    const auto row = [](const char *format, const char *name, const QList<float> &values, const QJsonArray &expected) {
        QTest::addRow("%s %s", format, name) << QByteArray(format) << values << expected;
    };
    const QList<float> values {0.5F, -0.5F, 0.25F, 0.0F, NAN};
    row("int8", "row", values, {127, -127, 64, 0, 0});
    row("uint8", "row", values, {255, 1, 192, 128, 128});
    row("int8", "zeros", {0.0F, 0.0F}, {0, 0});
    row("uint8", "zeros", {0.0F, 0.0F}, {128, 128});
    row("ubinary", "row", values, {160});
    row("binary", "row", values, {32});
}

void TestGatewayEmbeddings::compressesFloats()
{
    QFETCH(const QByteArray, format);
    QFETCH(const QList<float>, values);
    QFETCH(const QJsonArray, expected);
    GatewayFixture fixture;
    fixture.provider().autoEmbed = false;
    RawClient client(fixture.port());
    client.request("POST", target, R"({"model":"words","input":["a"],"encoding_format":")" + format + "\"}");
    QVERIFY(fixture.embedding());
    fixture.embedding()->finishWith({.format = EncodingFormat::Float,
        .dimensions = static_cast<int>(values.size()),
        .values = std::vector<float>(values.begin(), values.end())});
    QCOMPARE(firstRow(client.answer().json()).toArray(), expected);
}

void TestGatewayEmbeddings::packsBase64()
{
    GatewayFixture fixture;
    const QByteArray body = R"({"model":"words","input":"some text"})";
    const QJsonArray plain = firstRow(fixture.ask("POST", "/v1/embeddings", body).json()).toArray();
    const QByteArray packedBody = R"({"model":"words","input":"some text","encoding_format":"base64"})";
    const QJsonValue packed = firstRow(fixture.ask("POST", "/v1/embeddings", packedBody).json());
    const QByteArray bytes = QByteArray::fromBase64(packed.toString().toLatin1());
    QCOMPARE(bytes.size(), plain.size() * 4);
    QVERIFY(!plain.isEmpty());
    for (qsizetype i = 0; i < plain.size(); ++i)
        QCOMPARE(qFromLittleEndian<float>(bytes.constData() + 4 * i), static_cast<float>(plain[i].toDouble()));
}

void TestGatewayEmbeddings::passesTheRequestOn()
{
    GatewayFixture fixture;
    const RawAnswer answer =
        fixture.ask("POST", target, R"({"model":"words","input":["a","b"],"dimensions":16,"input_type":"query"})");
    const EmbeddingRequest asked = fixture.provider().embeddingRequests.front();
    QCOMPARE(asked.input, (QStringList {QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(asked.dimensions.value_or(0), 16);
    QCOMPARE(asked.inputType, std::optional(EmbeddingInputType::Query));
    const QJsonArray data = answer.json().value(u"data").toArray();
    QCOMPARE(data.size(), 2);
    QCOMPARE(data[1].toObject().value(u"index").toInt(), 1);
}

void TestGatewayEmbeddings::passesAnErrorOn()
{
    GatewayFixture fixture;
    fixture.provider().autoEmbed = false;
    RawClient client(fixture.port());
    client.request("POST", target, R"({"model":"words","input":["a"],"dimensions":3})");
    QVERIFY(fixture.embedding());
    fixture.embedding()->failWith({.kind = Error::Kind::Unsupported,
        .message = QStringLiteral("No."),
        .parameter = QStringLiteral("dimensions")});
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 422);
    const QJsonObject detail = answer.json().value(u"detail").toObject();
    QCOMPARE(detail.value(u"loc").toArray(), (QJsonArray {QStringLiteral("body"), QStringLiteral("dimensions")}));
    QCOMPARE(detail.value(u"input").toInt(), 3);
}

void TestGatewayEmbeddings::embedsImages()
{
    GatewayFixture fixture;
    const RawAnswer answer = fixture.ask("POST", "/images/embeddings?api-version=2025-04-01",
        R"({"input":[{"image":"data:image/png;base64,AA=="},{"image":"data:image/png;base64,BB==","text":"b"}]})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json().value(u"data").toArray().size(), 2);
    QCOMPARE(answer.json().value(u"model").toString(), QStringLiteral("org/images"));
}

QTEST_GUILESS_MAIN(TestGatewayEmbeddings)
#include "tst_gatewayembeddings.moc"
