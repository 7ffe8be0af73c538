// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codecgolden.h"
#include "requestvalues.h"

#include "providers/azure/azurecodec.h"
#include "providers/openai/openaicodec.h"

#include <QTest>

using namespace diptych;

namespace {

Result<BodyEncoder> encode(
    const QString &provider, const QString &kind, const QJsonObject &request, const EncodingOptions &options)
{
    const bool isAzure = provider == QLatin1String("azure");
    if (kind == QLatin1String("image"))
        return isAzure ? azure::encodeImageEmbeddingRequest(test::imageEmbeddingRequestOf(request), options)
                       : openai::encodeImageEmbeddingRequest(test::imageEmbeddingRequestOf(request), options);
    if (kind == QLatin1String("completion")) {
        const CompletionRequest completion = test::completionRequestOf(request);
        return isAzure ? azure::encodeCompletionRequest(completion, options)
                       : openai::encodeCompletionRequest(completion, options);
    }
    if (kind == QLatin1String("embedding")) {
        const EmbeddingRequest embedding = test::embeddingRequestOf(request);
        return isAzure ? azure::encodeEmbeddingRequest(embedding, options)
                       : openai::encodeEmbeddingRequest(embedding, options);
    }
    const ChatRequest chat = test::chatRequestOf(request);
    return isAzure ? azure::encodeChatRequest(chat, options) : openai::encodeChatRequest(chat, options);
}

} // namespace

/// Requests as values against the bodies, headers and change logs that they become.
class TestRequestEncoding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void golden_data();
    void golden();
    void brokenTextIsRepaired();
    void keysKeepTheirOrder();
};

void TestRequestEncoding::golden_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("path");
    for (const QString &provider : {QStringLiteral("openai"), QStringLiteral("azure")}) {
        const QString folder = QStringLiteral(TEST_DATA_DIR "/../%1/data/requests").arg(provider);
        const QStringList paths = test::goldenInputs(folder, QStringLiteral(".in.json"));
        for (const QString &path : paths)
            QTest::addRow("%s %s", qPrintable(provider), qPrintable(path.section(u'/', -1))) << provider << path;
    }
}

void TestRequestEncoding::golden()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, path);
    const QString difference = test::requestDifference(
        path, [&provider](const QString &kind, const QJsonObject &request, const EncodingOptions &options) {
            return encode(provider, kind, request, options);
        });
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestRequestEncoding::brokenTextIsRepaired()
{
    QString text = QStringLiteral("a b");
    text[1] = QChar(u'\0');
    text += QChar(0xD800);
    const ChatRequest request {.messages = {Message::fromText(Role::User, text)}, .stream = false};
    const auto encoder = openai::encodeChatRequest(request, {});
    QVERIFY(encoder.has_value());
    QCOMPARE(encoder->body(), QByteArray("{\"messages\":[{\"content\":\"a\\u0000b\xEF\xBF\xBD\",\"role\":\"user\"}]}"));
}

void TestRequestEncoding::keysKeepTheirOrder()
{
    const ChatRequest request {.model = QStringLiteral("m"), .sampling = {.temperature = 0.7}, .stream = true};
    const auto encoder = azure::encodeChatRequest(request, {});
    QVERIFY(encoder.has_value());
    QCOMPARE(encoder->body(), QByteArray("{\"model\":\"m\",\"messages\":[],\"temperature\":0.7,\"stream\":true}"));
}

QTEST_GUILESS_MAIN(TestRequestEncoding)
#include "tst_requestencoding.moc"
