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

WireFormat cohereStyle()
{
    return {.name = "cohere",
        .kind = Endpoint::Kind::Native,
        .native = QStringLiteral("cohere"),
        .streamType = "text/event-stream",
        .chatPieces = {event("message-start",
                           R"({"type":"message-start","id":"c","delta":{"message":{"role":"assistant","content":[]}}})")
                + event("content-start",
                    R"({"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}})")
                + event("content-delta",
                    R"({"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hel"}}}})"),
            event("content-delta",
                R"({"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"lo"}}}})")},
        .chatEnd = event("content-end", R"({"type":"content-end","index":0})")
            + event("message-end", R"({"type":"message-end","delta":{"finish_reason":"COMPLETE"}})"),
        .chatError = event("message-end",
            R"({"type":"message-end","delta":{"finish_reason":"ERROR","error":"the model is overloaded"}})"),
        .chatBadJson = event("content-delta", R"({"type":"content-delta","delta":{)"),
        .chatWrongType = event("content-delta", R"({"type":"content-delta","index":0,"delta":"x"})"),
        .chatWhole = R"({"id":"c","finish_reason":"COMPLETE","message":{"role":"assistant","content":[{"type":"text",)"
                     R"("text":"Hello"}]}})",
        .embeddings = R"({"id":"e","embeddings":{"float":[[1,2],[3,4]]},"response_type":"embeddings_by_type"})",
        .info = R"({"name":"m","endpoints":["chat"],"context_length":128000})",
        .models = R"({"models":[{"name":"m","endpoints":["chat"]}]})",
        .hasImageEmbeddings = true};
}

} // namespace diptych::test
