// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codecgolden.h"

#include "providers/openai/chatdecoder.h"
#include "providers/openai/completiondecoder.h"
#include "providers/openai/embeddingdecoder.h"
#include "providers/openai/modellistdecoder.h"

#include <QTest>

using namespace diptych;

namespace {

QJsonObject readStream(const QString &kind, QByteArrayView first, QByteArrayView second)
{
    return kind == QLatin1String("completion") ? test::readStream<openai::CompletionDecoder, SseFraming>(first, second)
                                               : test::readStream<openai::ChatDecoder, SseFraming>(first, second);
}

QJsonObject dumpCompletion(const CompletionResponse &response)
{
    QJsonArray choices;
    for (const CompletionChoice &choice : response.choices) {
        choices.append(test::dump(CompletionDelta {.choice = choice.index,
            .text = choice.text,
            .finishReason = choice.finishReason,
            .logprobs = choice.logprobs}));
    }
    QJsonObject object = test::dump(CompletionDelta {
        .usage = response.usage, .id = response.id, .model = response.model, .created = response.created});
    object.insert(u"choices", choices);
    return object;
}

QJsonObject dumpModels(const std::vector<ModelDescription> &models)
{
    QJsonArray array;
    for (const ModelDescription &model : models)
        array.append(test::dump(model));
    return {{QStringLiteral("models"), array}};
}

template <typename Value, typename Dump>
QJsonObject dumpResult(const Result<Value> &result, Dump dumpValue)
{
    return result ? dumpValue(*result) : QJsonObject {{QStringLiteral("error"), test::dump(result.error())}};
}

/// The format that was asked for is the first word of an embedding file's name.
EncodingFormat askedFormat(const QString &name)
{
    if (name.contains(QLatin1String("base64")))
        return EncodingFormat::Base64;
    const QString word = name.section(u'-', 1).section(u'.', 0, 0).section(u'-', 0, 0);
    return encodingFormatFromName(word).value_or(EncodingFormat::Float);
}

QJsonObject readWhole(const QString &name, const QByteArray &json)
{
    const QString kind = name.section(u'-', 0, 0);
    if (kind == QLatin1String("completion"))
        return dumpResult(openai::decodeCompletionResponse(json), dumpCompletion);
    if (kind == QLatin1String("embedding"))
        return dumpResult(openai::decodeEmbeddingResponse(json, askedFormat(name)),
            [](const EmbeddingResponse &response) { return test::dump(response); });
    if (kind == QLatin1String("models"))
        return dumpResult(openai::decodeModelList(json), dumpModels);
    return dumpResult(
        openai::decodeChatResponse(json), [](const ChatResponse &response) { return test::dump(response); });
}

void addGoldens(const QString &suffix)
{
    QTest::addColumn<QString>("path");
    for (const QString &provider : {QStringLiteral("openai"), QStringLiteral("azure")}) {
        const QStringList paths =
            test::goldenInputs(QStringLiteral(TEST_DATA_DIR "/../%1/data/answers").arg(provider), suffix);
        for (const QString &path : paths) {
            if (!path.endsWith(QLatin1String(".out.json")))
                QTest::addRow("%s %s", qPrintable(provider), qPrintable(path.section(u'/', -1))) << path;
        }
    }
}

} // namespace

/// Recorded answers against what they have to decode to.
class TestAnswerDecoding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stream_data() { addGoldens(QStringLiteral(".sse")); }
    void stream();
    void whole_data() { addGoldens(QStringLiteral(".json")); }
    void whole();
};

void TestAnswerDecoding::stream()
{
    QFETCH(const QString, path);
    const QString kind = path.section(u'/', -1).section(u'-', 0, 0);
    const QString difference = test::streamDifference(
        path, [&kind](QByteArrayView first, QByteArrayView second) { return readStream(kind, first, second); });
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAnswerDecoding::whole()
{
    QFETCH(const QString, path);
    const QJsonObject actual = readWhole(path.section(u'/', -1), test::contentOf(path));
    const QString golden = QString(path).replace(QLatin1String(".json"), QLatin1String(".out.json"));
    const QString difference = test::goldenDifference(golden, actual);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

QTEST_GUILESS_MAIN(TestAnswerDecoding)
#include "tst_answerdecoding.moc"
