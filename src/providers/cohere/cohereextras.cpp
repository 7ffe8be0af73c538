// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/cohereextras.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace diptych::cohere {

namespace {

using Type = KnownExtra::Type;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::CohereExtras", text);
}

void addChat(std::vector<KnownExtra> &extras)
{
    const QString type = QStringLiteral("type");
    extras.push_back({.key = QStringLiteral("k"),
        .type = Type::Integer,
        .description = translated("Chooses only among this many of the likeliest tokens; 0: among all."),
        .minimum = 0,
        .maximum = 500,
        .example = 40});
    extras.push_back({.key = QStringLiteral("thinking"),
        .type = Type::Object,
        .description = translated("Thinking before the answer: enabled or disabled, with a token_budget."),
        .example = QJsonObject {{type, QStringLiteral("enabled")}, {QStringLiteral("token_budget"), 1024}}});
    extras.push_back({.key = QStringLiteral("safety_mode"),
        .type = Type::Text,
        .description = translated("How cautious the answers are."),
        .values = {QStringLiteral("CONTEXTUAL"), QStringLiteral("STRICT"), QStringLiteral("OFF")},
        .example = QStringLiteral("CONTEXTUAL")});
    extras.push_back({.key = QStringLiteral("documents"),
        .type = Type::List,
        .description = translated("Documents that the answer may cite: texts, or objects with data and id."),
        .example = QJsonArray {QStringLiteral("text")}});
    extras.push_back({.key = QStringLiteral("citation_options"),
        .type = Type::Object,
        .description = translated("How citations are made; mode is FAST, ACCURATE or OFF."),
        .example = QJsonObject {{QStringLiteral("mode"), QStringLiteral("FAST")}}});
    extras.push_back({.key = QStringLiteral("strict_tools"),
        .type = Type::Boolean,
        .description = translated("Calls of tools keep to the schemas of all of them."),
        .example = true});
    extras.push_back({.key = QStringLiteral("priority"),
        .type = Type::Integer,
        .description = translated("Order among waiting requests; lower numbers come first."),
        .minimum = 0,
        .maximum = 999,
        .example = 0});
}

void addEmbedding(std::vector<KnownExtra> &extras)
{
    extras.push_back({.key = QStringLiteral("input_type"),
        .type = Type::Text,
        .description = translated("Embeddings: what they are for, where the parameter of the same name is not set."),
        .values = {QStringLiteral("search_document"), QStringLiteral("search_query"), QStringLiteral("classification"),
            QStringLiteral("clustering"), QStringLiteral("image")},
        .example = QStringLiteral("classification")});
    extras.push_back({.key = QStringLiteral("truncate"),
        .type = Type::Text,
        .description = translated("Embeddings: which end of a text that is too long is cut off; NONE: an error."),
        .values = {QStringLiteral("NONE"), QStringLiteral("START"), QStringLiteral("END")},
        .example = QStringLiteral("END")});
}

} // namespace

std::vector<KnownExtra> knownExtras()
{
    std::vector<KnownExtra> extras;
    addChat(extras);
    addEmbedding(extras);
    return extras;
}

} // namespace diptych::cohere
