// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/capabilityprobeplan.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QtEndian>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CapabilityProbe", text);
}

/// A red square of 64 × 64 pixels; smaller ones are refused by some models.
const char *const redSquare =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWi"
    "P4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElF"
    "TkSuQmCC";

/// A WAV file with half a second of a 440 Hz square wave, 8 kHz, 16 bits, one channel.
QByteArray shortTone()
{
    constexpr quint32 sampleRate = 8000;
    constexpr quint32 samples = sampleRate / 2;
    constexpr quint32 bytes = samples * 2;
    constexpr quint32 halfPeriod = sampleRate / 440 / 2;
    QByteArray wav;
    const auto number = [&wav](auto value) {
        const auto little = qToLittleEndian(value);
        wav.append(reinterpret_cast<const char *>(&little), sizeof little);
    };
    wav.append("RIFF");
    number(quint32(36 + bytes));
    wav.append("WAVEfmt ");
    number(quint32(16));
    number(quint16(1)); // PCM
    number(quint16(1)); // channels
    number(sampleRate);
    number(quint32(sampleRate * 2));
    number(quint16(2)); // bytes per sample
    number(quint16(16)); // bits per sample
    wav.append("data");
    number(bytes);
    for (quint32 i = 0; i < samples; ++i)
        number(qint16((i / halfPeriod) % 2 == 0 ? 8000 : -8000));
    return wav;
}

class PlanMaker
{
public:
    explicit PlanMaker(const QString &model)
        : m_model(model)
    {
    }

    void addInfo();
    void addChat();
    void addForms();
    void addTools();
    void addModalities();
    void addCompletion();
    void addEmbeddings();
    void addImageEmbeddings();
    [[nodiscard]] ProbePlan take() { return std::move(m_plan); }

private:
    [[nodiscard]] ChatRequest ask(const QString &text, int maxTokens) const
    {
        return {.model = m_model,
            .messages = {Message::fromText(Role::User, text)},
            .sampling = {.maxTokens = maxTokens},
            .stream = false};
    }
    void add(Probe probe, qint64 promptTokens, qint64 completionTokens)
    {
        probe.promptTokens = promptTokens;
        probe.completionTokens = completionTokens;
        m_plan.push_back(std::move(probe));
    }
    void addChatProbe(
        const QString &ability, const char *question, const QString &field, ChatRequest request, int promptTokens)
    {
        const int maxTokens = request.sampling.maxTokens.value_or(0);
        add({.ability = ability,
                .question = translated(question),
                .base = ability == QLatin1String("chat") ? QString() : QStringLiteral("chat"),
                .field = field,
                .calls = {std::move(request)}},
            promptTokens, maxTokens);
    }

    QString m_model;
    ProbePlan m_plan;
};

void PlanMaker::addInfo()
{
    add({.ability = QStringLiteral("info"),
            .question =
                translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does the endpoint describe the model?")),
            .calls = {InfoCall {.model = m_model}}},
        0, 0);
}

void PlanMaker::addChat()
{
    addChatProbe(QStringLiteral("chat"), QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it answer at all?"), {},
        ask(QStringLiteral("Say hello."), 16), 10);
    addChatProbe(QStringLiteral("max_tokens"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it stop after two tokens when told to?"),
        QStringLiteral("max_tokens"), ask(QStringLiteral("Count from 1 to 30."), 2), 15);
    ChatRequest streamed = ask(QStringLiteral("Count from 1 to 10."), 48);
    streamed.stream = true;
    addChatProbe(QStringLiteral("streaming"),
        QT_TRANSLATE_NOOP(
            "diptych::CapabilityProbe", "Does the answer arrive in pieces, with token counts at the end?"),
        QStringLiteral("stream"), streamed, 15);
    ChatRequest withSystem = ask(QStringLiteral("What is the password?"), 24);
    withSystem.messages.insert(withSystem.messages.begin(),
        Message::fromText(Role::System, QStringLiteral("Whatever is asked, answer with the single word pineapple.")));
    addChatProbe(QStringLiteral("system_role"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it follow a system message?"), QStringLiteral("messages"),
        withSystem, 30);
    ChatRequest stopped =
        ask(QStringLiteral("Write the numbers from 1 to 9 with spaces between them, nothing else."), 32);
    stopped.sampling.stop = QStringList {QStringLiteral("5")};
    addChatProbe(QStringLiteral("stop"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it end before a stop sequence?"), QStringLiteral("stop"),
        stopped, 25);
    ChatRequest seeded = ask(QStringLiteral("Write twelve random letters, nothing else."), 24);
    seeded.sampling.seed = 42;
    seeded.sampling.temperature = 1.0;
    addChatProbe(QStringLiteral("seed"),
        QT_TRANSLATE_NOOP(
            "diptych::CapabilityProbe", "Is the answer the same twice with one seed, and another with another?"),
        QStringLiteral("seed"), seeded, 15);
    m_plan.back().calls.emplace_back(seeded);
    seeded.sampling.seed = 43; // a model that always says the same proves nothing
    m_plan.back().calls.emplace_back(seeded);
    m_plan.back().promptTokens *= 3;
    m_plan.back().completionTokens *= 3;
    ChatRequest weighed = ask(QStringLiteral("Say hello."), 8);
    weighed.logprobs = true;
    weighed.topLogprobs = 2;
    addChatProbe(QStringLiteral("logprobs"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it tell how likely its tokens were?"),
        QStringLiteral("logprobs"), weighed, 10);
}

void PlanMaker::addForms()
{
    ChatRequest object = ask(QStringLiteral("Name a fruit and its colour, as JSON."), 160);
    object.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonObject};
    addChatProbe(QStringLiteral("json_object"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Is the answer a JSON object?"),
        QStringLiteral("response_format"), object, 20);
    // Nothing in the question tells the form, so that the schema alone can bring it about.
    ChatRequest schema = ask(QStringLiteral("Describe a banana."), 160);
    schema.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonSchema,
        .name = QStringLiteral("fruit"),
        .schema = {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"),
                QJsonObject {
                    {QStringLiteral("shade_code"),
                        QJsonObject {{QStringLiteral("type"), QStringLiteral("string")},
                            {QStringLiteral("enum"), QJsonArray {QStringLiteral("K7"), QStringLiteral("Q2")}}}},
                    {QStringLiteral("grams"), QJsonObject {{QStringLiteral("type"), QStringLiteral("integer")}}}}},
            {QStringLiteral("required"), QJsonArray {QStringLiteral("shade_code"), QStringLiteral("grams")}},
            {QStringLiteral("additionalProperties"), false}},
        .strict = true};
    addChatProbe(QStringLiteral("json_schema"),
        QT_TRANSLATE_NOOP(
            "diptych::CapabilityProbe", "Does the answer follow a schema that the question does not mention?"),
        QStringLiteral("response_format"), schema, 60);
}

void PlanMaker::addTools()
{
    const Tool clock {.name = QStringLiteral("get_time"),
        .description = QStringLiteral("The current time in a city."),
        .parameters = {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"),
                QJsonObject {
                    {QStringLiteral("city"), QJsonObject {{QStringLiteral("type"), QStringLiteral("string")}}}}},
            {QStringLiteral("required"), QJsonArray {QStringLiteral("city")}}}};
    ChatRequest one = ask(QStringLiteral("What time is it in Berlin? Use the tool."), 96);
    one.tools = {clock};
    addChatProbe(QStringLiteral("tools"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it call a tool when the question needs one?"),
        QStringLiteral("tools"), one, 80);
    ChatRequest required = ask(QStringLiteral("Say hello."), 96);
    required.tools = {clock};
    required.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required};
    addChatProbe(QStringLiteral("tool_choice"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it call a tool because it has to?"),
        QStringLiteral("tool_choice"), required, 80);
    ChatRequest two =
        ask(QStringLiteral(
                "What time is it in Berlin, and what time is it in Tokyo? Call the tool for both cities at once."),
            160);
    two.tools = {clock};
    two.parallelToolCalls = true;
    addChatProbe(QStringLiteral("parallel_tool_calls"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it call a tool twice in one answer?"),
        QStringLiteral("parallel_tool_calls"), two, 95);
}

void PlanMaker::addModalities()
{
    ChatRequest seeing = ask(QStringLiteral("Which colour fills this picture? One word."), 16);
    seeing.messages.front().content.emplace_back(ImagePart {.url = QString::fromLatin1(redSquare)});
    addChatProbe(QStringLiteral("images"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it see that a picture is red?"), QStringLiteral("messages"),
        seeing, 300);
    ChatRequest hearing =
        ask(QStringLiteral("Is there music, speech or a plain tone in this recording? One word."), 16);
    hearing.messages.front().content.emplace_back(AudioPart {.data = shortTone(), .format = QStringLiteral("wav")});
    addChatProbe(QStringLiteral("audio"),
        QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it hear a tone of half a second?"),
        QStringLiteral("messages"), hearing, 60);
}

void PlanMaker::addCompletion()
{
    add({.ability = QStringLiteral("completion"),
            .question = translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it continue a text?")),
            .calls = {CompletionRequest {.model = m_model,
                .prompt = QStringLiteral("One, two, three,"),
                .sampling = {.maxTokens = 8},
                .stream = false}}},
        5, 8);
}

void PlanMaker::addEmbeddings()
{
    const EmbeddingRequest plain {.model = m_model, .input = {QStringLiteral("A quiet lake at dawn.")}};
    const QString base = QStringLiteral("text_embeddings");
    add({.ability = base,
            .question = translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it embed a text?")),
            .calls = {plain}},
        8, 0);
    for (const EncodingFormat format : {EncodingFormat::Float, EncodingFormat::Base64, EncodingFormat::Int8,
             EncodingFormat::UInt8, EncodingFormat::Binary, EncodingFormat::UBinary}) {
        EmbeddingRequest formatted = plain;
        formatted.encodingFormat = format;
        const QString name = encodingFormatName(format);
        add({.ability = QStringLiteral("encoding_format.%1").arg(name),
                .question =
                    translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Do its numbers come as %1?")).arg(name),
                .base = base,
                .field = QStringLiteral("encoding_format"),
                .calls = {formatted}},
            8, 0);
    }
    EmbeddingRequest shorter = plain;
    shorter.dimensions = 256;
    add({.ability = QStringLiteral("dimensions"),
            .question =
                translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Can it be asked for 256 dimensions?")),
            .base = base,
            .field = QStringLiteral("dimensions"),
            .calls = {plain, shorter}}, // 256 may be what it gives anyway
        16, 0);
    EmbeddingRequest query = plain;
    query.inputType = EmbeddingInputType::Query;
    EmbeddingRequest document = plain;
    document.inputType = EmbeddingInputType::Document;
    add({.ability = QStringLiteral("input_type"),
            .question = translated(
                QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it embed a query differently from a document?")),
            .base = base,
            .field = QStringLiteral("input_type"),
            .calls = {query, document}},
        16, 0);
}

void PlanMaker::addImageEmbeddings()
{
    add({.ability = QStringLiteral("image_embeddings"),
            .question = translated(QT_TRANSLATE_NOOP("diptych::CapabilityProbe", "Does it embed a picture?")),
            .calls = {ImageEmbeddingRequest {.model = m_model, .input = {{.image = QString::fromLatin1(redSquare)}}}}},
        300, 0);
}

} // namespace

ProbePlan probePlan(const QString &model, ModelType type)
{
    PlanMaker maker(model);
    const bool isAny = type == ModelType::Unknown;
    maker.addInfo();
    if (isAny || type == ModelType::Chat) {
        maker.addChat();
        maker.addForms();
        maker.addTools();
        maker.addModalities();
    }
    if (isAny || type == ModelType::Chat || type == ModelType::Completion)
        maker.addCompletion();
    if (isAny || type == ModelType::TextEmbeddings || type == ModelType::ImageEmbeddings)
        maker.addEmbeddings();
    if (isAny || type == ModelType::TextEmbeddings || type == ModelType::ImageEmbeddings)
        maker.addImageEmbeddings();
    return maker.take();
}

ProbeTotals totalsOf(const ProbePlan &plan)
{
    ProbeTotals totals {.usage = {.promptTokens = 0, .completionTokens = 0, .source = Usage::Source::Estimated}};
    for (const Probe &probe : plan) {
        if (!probe.isSelected)
            continue;
        totals.requests += static_cast<int>(probe.calls.size());
        *totals.usage.promptTokens += probe.promptTokens;
        *totals.usage.completionTokens += probe.completionTokens;
    }
    return totals;
}

void limitWithCompletionTokens(ProbePlan &plan)
{
    for (Probe &probe : plan) {
        // A probe of max_tokens itself goes on asking about that.
        if (probe.ability == QLatin1String("max_tokens"))
            continue;
        for (ProbeCall &call : probe.calls) {
            if (auto *chat = std::get_if<ChatRequest>(&call))
                chat->maxCompletionTokens = std::exchange(chat->sampling.maxTokens, std::nullopt);
        }
    }
}

} // namespace diptych
