// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../wireformat.h"

namespace diptych::test {

WireFormat ollamaStyle()
{
    return {.name = "ollama",
        .kind = Endpoint::Kind::Native,
        .native = QStringLiteral("ollama"),
        .streamType = "application/x-ndjson",
        .chatPieces = {R"({"model":"m","created_at":"2024-08-05T10:00:00Z","message":{"role":"assistant","content":"Hel"}})"
                       "\n",
            R"({"model":"m","created_at":"2024-08-05T10:00:01Z","message":{"role":"assistant","content":"lo"},"done":false})"
            "\n"},
        .chatEnd = R"({"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"})"
                   "\n",
        .chatError = "{\"error\":\"an error was encountered while running the model\"}\n",
        .chatBadJson = "{\"message\":{\n",
        .chatWrongType = "{\"message\":\"x\",\"done\":false}\n",
        .chatWhole =
            R"({"model":"m","message":{"role":"assistant","content":"Hello"},"done":true,"done_reason":"stop"})",
        .completionPieces = {"{\"response\":\"Hel\",\"done\":false}\n", "{\"response\":\"lo\",\"done\":false}\n"},
        .completionEnd = "{\"response\":\"\",\"done\":true,\"done_reason\":\"stop\"}\n",
        .embeddings = R"({"model":"m","embeddings":[[1,2],[3,4]],"total_duration":14143917,"prompt_eval_count":8})",
        .info = R"({"details":{"family":"llama"},"capabilities":["completion"]})",
        .models = R"({"models":[{"name":"m","model":"m"}]})"};
}

} // namespace diptych::test
