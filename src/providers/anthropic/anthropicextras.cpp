// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/anthropicextras.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace diptych::anthropic {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::AnthropicExtras", text);
}

} // namespace

std::vector<KnownExtra> knownExtras()
{
    using Type = KnownExtra::Type;
    const QString type = QStringLiteral("type");
    return {
        {.key = QStringLiteral("thinking"),
            .type = Type::Object,
            .description = translated("Thinking before the answer: enabled with budget_tokens (at least 1024 and less "
                                      "than max_tokens), adaptive, or disabled."),
            .example = QJsonObject {{type, QStringLiteral("enabled")}, {QStringLiteral("budget_tokens"), 2048}}},
        {.key = QStringLiteral("top_k"),
            .type = Type::Integer,
            .description = translated("Chooses only among this many of the likeliest tokens."),
            .minimum = 0,
            .example = 40},
        {.key = QStringLiteral("output_config"),
            .type = Type::Object,
            .description = translated("Form of the answer: effort (low, medium, high, max) and format."),
            .example = QJsonObject {{QStringLiteral("effort"), QStringLiteral("medium")}}},
        {.key = QStringLiteral("metadata"),
            .type = Type::Object,
            .description = translated("Facts about the request; user_id is an opaque name of the person asking."),
            .example = QJsonObject {{QStringLiteral("user_id"), QStringLiteral("user-1")}}},
        {.key = QStringLiteral("service_tier"),
            .type = Type::Text,
            .description = translated("Whether capacity that was reserved may be used."),
            .values = {QStringLiteral("auto"), QStringLiteral("standard_only")},
            .example = QStringLiteral("auto")},
        {.key = QStringLiteral("stop_sequences"),
            .type = Type::List,
            .description = translated("Texts that end the answer; the parameter \"stop\" writes the same field."),
            .example = QJsonArray {QStringLiteral("END")}},
        {.key = QStringLiteral("cache_control"),
            .type = Type::Object,
            .description = translated("Keeps the beginning of the conversation in the service's cache."),
            .example = QJsonObject {{type, QStringLiteral("ephemeral")}}},
        {.key = QStringLiteral("container"),
            .type = Type::Text,
            .description = translated("The id of a container that tools of the service use again."),
            .example = QStringLiteral("container_1")},
        {.key = QStringLiteral("system"),
            .type = Type::Any,
            .description = translated("The system prompt as text or blocks, in place of system messages."),
            .example = QString()},
    };
}

} // namespace diptych::anthropic
