// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/geminiextras.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace diptych::gemini {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::KnownExtras", text);
}

std::vector<KnownExtra> samplingExtras()
{
    return {
        {.key = QStringLiteral("topK"),
            .type = KnownExtra::Type::Integer,
            .description = translated("How many of the likeliest tokens are considered."),
            .minimum = 1,
            .example = 40},
        {.key = QStringLiteral("thinkingConfig"),
            .type = KnownExtra::Type::Object,
            .description = translated("How much the model thinks, and whether it shows it."),
            .example =
                QJsonObject {{QStringLiteral("thinkingBudget"), 1024}, {QStringLiteral("includeThoughts"), true}}},
        {.key = QStringLiteral("responseModalities"),
            .type = KnownExtra::Type::List,
            .description = translated("What the answer may be made of."),
            .values = {QStringLiteral("TEXT"), QStringLiteral("IMAGE"), QStringLiteral("AUDIO")},
            .example = QJsonArray {QStringLiteral("TEXT")}},
        {.key = QStringLiteral("mediaResolution"),
            .type = KnownExtra::Type::Text,
            .description = translated("How finely pictures are looked at."),
            .values = {QStringLiteral("MEDIA_RESOLUTION_LOW"), QStringLiteral("MEDIA_RESOLUTION_MEDIUM"),
                QStringLiteral("MEDIA_RESOLUTION_HIGH")},
            .example = QStringLiteral("MEDIA_RESOLUTION_LOW")},
        {.key = QStringLiteral("speechConfig"),
            .type = KnownExtra::Type::Object,
            .description = translated("The voice of spoken answers."),
            .example = QJsonObject()},
        {.key = QStringLiteral("generationConfig"),
            .type = KnownExtra::Type::Object,
            .description = translated("Any further members of the generation settings."),
            .example = QJsonObject()},
    };
}

std::vector<KnownExtra> requestExtras()
{
    return {
        {.key = QStringLiteral("safetySettings"),
            .type = KnownExtra::Type::List,
            .description = translated("From which probability on harmful content is blocked, by category."),
            .example = QJsonArray {QJsonObject {
                {QStringLiteral("category"), QStringLiteral("HARM_CATEGORY_DANGEROUS_CONTENT")},
                {QStringLiteral("threshold"), QStringLiteral("BLOCK_ONLY_HIGH")}}}},
        {.key = QStringLiteral("cachedContent"),
            .type = KnownExtra::Type::Text,
            .description = translated("The name of content that was cached before."),
            .example = QStringLiteral("cachedContents/")},
        {.key = QStringLiteral("labels"),
            .type = KnownExtra::Type::Object,
            .description = translated("Labels for the bill, on Vertex AI."),
            .example = QJsonObject()},
        {.key = QStringLiteral("taskType"),
            .type = KnownExtra::Type::Text,
            .description = translated("What embeddings are for."),
            .values = {QStringLiteral("RETRIEVAL_QUERY"), QStringLiteral("RETRIEVAL_DOCUMENT"),
                QStringLiteral("SEMANTIC_SIMILARITY"), QStringLiteral("CLASSIFICATION"), QStringLiteral("CLUSTERING"),
                QStringLiteral("QUESTION_ANSWERING"), QStringLiteral("FACT_VERIFICATION"),
                QStringLiteral("CODE_RETRIEVAL_QUERY")},
            .example = QStringLiteral("SEMANTIC_SIMILARITY")},
        {.key = QStringLiteral("title"),
            .type = KnownExtra::Type::Text,
            .description = translated("The title of the documents that are embedded."),
            .example = QStringLiteral("")},
    };
}

} // namespace

std::vector<KnownExtra> knownExtras()
{
    std::vector<KnownExtra> extras = samplingExtras();
    for (const KnownExtra &extra : requestExtras())
        extras.push_back(extra);
    return extras;
}

} // namespace diptych::gemini
