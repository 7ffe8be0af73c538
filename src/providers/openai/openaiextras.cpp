// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaiextras.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::KnownExtras", text);
}

} // namespace

KnownExtra booleanExtra(const char *key, const QString &description)
{
    return {.key = QString::fromLatin1(key),
        .type = KnownExtra::Type::Boolean,
        .description = description,
        .example = true};
}

KnownExtra integerExtra(const char *key, const QString &description, int example, std::optional<double> minimum)
{
    return {.key = QString::fromLatin1(key),
        .type = KnownExtra::Type::Integer,
        .description = description,
        .minimum = minimum,
        .example = example};
}

KnownExtra numberExtra(const char *key, const QString &description, double example, std::optional<double> minimum,
    std::optional<double> maximum)
{
    return {.key = QString::fromLatin1(key),
        .type = KnownExtra::Type::Number,
        .description = description,
        .minimum = minimum,
        .maximum = maximum,
        .example = example};
}

KnownExtra textExtra(const char *key, const QString &description, const char *example)
{
    return {.key = QString::fromLatin1(key),
        .type = KnownExtra::Type::Text,
        .description = description,
        .example = QString::fromUtf8(example)};
}

KnownExtra wordExtra(const char *key, const QString &description, const QStringList &words)
{
    return {.key = QString::fromLatin1(key),
        .type = KnownExtra::Type::Text,
        .description = description,
        .values = words,
        .example = words.value(0)};
}

KnownExtra jsonExtra(const char *key, const QString &description, const char *example)
{
    const QJsonDocument value = QJsonDocument::fromJson(example);
    return {.key = QString::fromLatin1(key),
        .type = value.isArray() ? KnownExtra::Type::List : KnownExtra::Type::Object,
        .description = description,
        .example = value.isArray() ? QJsonValue(value.array()) : QJsonValue(value.object())};
}

std::vector<KnownExtra> openAiExtras()
{
    return {
        wordExtra("verbosity", translated("How much the answer says."),
            {QStringLiteral("low"), QStringLiteral("medium"), QStringLiteral("high")}),
        wordExtra("service_tier", translated("How urgently, and at which price, the request is served."),
            {QStringLiteral("auto"), QStringLiteral("default"), QStringLiteral("flex"), QStringLiteral("scale"),
                QStringLiteral("priority")}),
        booleanExtra("store", translated("Whether the service keeps the answer.")),
        jsonExtra("metadata", translated("Up to 16 texts by name, kept with a stored answer."), R"({"key":"value"})"),
        jsonExtra("prediction", translated("Text that the answer will probably repeat."),
            R"({"type":"content","content":""})"),
        jsonExtra("logit_bias", translated("Added to the logits of tokens, by id; -100 to 100."), R"({"50256":-100})"),
        jsonExtra("stream_options", translated("What a stream tells besides the answer."), R"({"include_usage":true})"),
        jsonExtra("audio", translated("Voice and format of spoken answers."), R"({"voice":"alloy","format":"wav"})"),
        jsonExtra("web_search_options", translated("Lets the model search the web."), "{}"),
        textExtra("safety_identifier", translated("Stands for your user where misuse is looked for."), ""),
        textExtra("prompt_cache_key", translated("Requests with the same key share cached prompts."), ""),
    };
}

} // namespace diptych::openai
