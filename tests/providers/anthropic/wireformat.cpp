// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../wireformat.h"

namespace diptych::test {

namespace {

QByteArray event(const char *name, const char *json)
{
    return QByteArray("event: ") + name + "\ndata: " + json + "\n\n";
}

} // namespace

WireFormat anthropicStyle()
{
    const char *const start = R"({"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",)"
                              R"("content":[],"model":"m","usage":{"input_tokens":3,"output_tokens":1}}})";
    return {.name = "anthropic",
        .kind = Endpoint::Kind::Native,
        .native = QStringLiteral("anthropic"),
        .streamType = "text/event-stream",
        .chatPieces = {event("message_start", start)
                + event("content_block_start",
                    R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})")
                + event("content_block_delta",
                    R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}})"),
            event("ping", R"({"type":"ping"})")
                + event("content_block_delta",
                    R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}})")},
        .chatEnd = event("content_block_stop", R"({"type":"content_block_stop","index":0})")
            + event("message_delta",
                R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}})")
            + event("message_stop", R"({"type":"message_stop"})"),
        .chatError = event("error", R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"),
        .chatBadJson = event("content_block_delta", R"({"type":"content_block_delta","delta":{)"),
        .chatWrongType = event("content_block_delta", R"({"type":"content_block_delta","index":0,"delta":"x"})"),
        .chatWhole = R"({"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text",)"
                     R"("text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}})",
        .info = R"({"id":"m","type":"model","display_name":"M","created_at":"2025-01-01T00:00:00Z"})",
        .models = R"({"data":[{"id":"m","type":"model","display_name":"M"}],"has_more":false})"};
}

} // namespace diptych::test
