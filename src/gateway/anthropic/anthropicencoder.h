// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answerencoder.h"

#include <QSet>

#include <deque>
#include <utility>

namespace diptych {

/// A chat as the events of a message, or as one message. Only the first choice is written.
/// Blocks come one after the other, as clients expect them, however the pieces of an answer mix: a block of text or
/// thoughts ends where something else begins, a call when its arguments are complete; what comes before that waits.
/// Source: Anthropic Messages API, the Message object and streaming events.
class AnthropicChatEncoder : public ChatEncoder
{
public:
    void setModel(const QString &model) override { m_model = model; }
    [[nodiscard]] QByteArray contentType() const override;
    [[nodiscard]] QByteArray encode(const ChatDelta &delta) override;
    [[nodiscard]] QByteArray finish(const ChatResponse &response) override;
    [[nodiscard]] QByteArray fail(const Error &error) override;
    [[nodiscard]] QByteArray whole(const ChatResponse &response) override;

private:
    enum class BlockType { Text, Thinking, ToolUse };
    struct Block {
        BlockType type = BlockType::Text;
        QJsonObject content {}; ///< with which it begins
        int call = -1; ///< of ToolUse: which call
        QString arguments {}; ///< of ToolUse: what came so far
        QString signature {}; ///< of Thinking: its last piece
        QString waiting {}; ///< not yet written
        bool isOpen = false;
        [[nodiscard]] bool isFinished() const;
    };

    void begin(const QString &id, const QString &model, const std::optional<Usage> &usage);
    void addText(BlockType type, const QString &text);
    void addCall(const ToolCallDelta &piece);
    void addThoughts(const QJsonObject &block);
    /// Writes what can be written now; everything at the end.
    void advance(bool isEnd);
    void writeBlock(Block &block);
    void writeEnd(const Block &block);
    void writePiece(const char *type, const QString &member, const QString &text);
    void write(const char *event, QJsonObject data);
    [[nodiscard]] QByteArray take() { return std::exchange(m_bytes, {}); }

    QString m_model; ///< what the client called it
    QByteArray m_bytes; ///< not yet handed out
    std::deque<Block> m_blocks; ///< the first is being written, the others wait for its end
    int m_index = 0; ///< of the first
    QSet<int> m_endedCalls;
    bool m_hasBegun = false;
    bool m_hasCalls = false;
};

} // namespace diptych
