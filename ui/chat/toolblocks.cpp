// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/toolblocks.h"

#include "models/toolanswers.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace diptych {

namespace {

const QString fence = QStringLiteral("```json\n");

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ToolBlocks", text);
}

TranscriptBlock toolBlock(const QString &caption, const QString &text, int turn)
{
    TranscriptBlock block;
    block.speaker = TranscriptSpeaker::Tool;
    block.caption = caption;
    block.markdown = text;
    block.turn = turn;
    return block;
}

} // namespace

QString shownAnswer(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool looksLikeJson = trimmed.startsWith(u'{') || trimmed.startsWith(u'[');
    if (!looksLikeJson || QJsonDocument::fromJson(trimmed.toUtf8()).isNull())
        return text;
    return QString(fence % text % QLatin1String("\n```"));
}

QString jsonOpening(const ChatRequest *request, const QString &firstText)
{
    const QString trimmed = firstText.trimmed();
    const bool isAsked =
        request && request->responseFormat && request->responseFormat->type != ResponseFormat::Type::Text;
    return isAsked && (trimmed.startsWith(u'{') || trimmed.startsWith(u'[')) ? fence : QString();
}

void addToolRounds(std::vector<TranscriptBlock> &blocks, const Answer &answer, const QString &caption, int turn)
{
    const Message *asked = nullptr;
    for (const Message &message : answer.toolRounds) {
        if (message.role == Role::Assistant) {
            asked = &message;
            if (!message.text().isEmpty() || !message.reasoning.isEmpty()) {
                TranscriptBlock block;
                block.speaker = TranscriptSpeaker::Assistant;
                block.caption = caption;
                block.markdown = message.text();
                block.reasoning = message.reasoning;
                block.turn = turn;
                blocks.push_back(std::move(block));
            }
            for (const ToolCall &call : message.toolCalls)
                blocks.push_back(
                    toolBlock(translated("Tool call: %1").arg(call.name), prettyArguments(call.arguments), turn));
            continue;
        }
        QString name;
        for (const ToolCall &call : asked ? asked->toolCalls : std::vector<ToolCall>()) {
            if (call.id == message.toolCallId)
                name = call.name;
        }
        blocks.push_back(toolBlock(translated("Result of %1").arg(name), message.text(), turn));
    }
}

} // namespace diptych
