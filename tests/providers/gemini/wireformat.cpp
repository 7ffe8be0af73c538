// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../wireformat.h"

namespace diptych::test {

namespace {

QByteArray event(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

QByteArray candidate(const QByteArray &members)
{
    return R"({"candidates":[{"content":{"parts":[{"text":")" + members + R"(}],"responseId":"r","modelVersion":"m"})";
}

} // namespace

WireFormat geminiStyle()
{
    return {.name = "gemini",
        .kind = Endpoint::Kind::Native,
        .native = QStringLiteral("gemini"),
        .streamType = "text/event-stream",
        .chatPieces = {event(candidate(R"(Hel"}],"role":"model"},"index":0)")),
            event(candidate(R"(lo"}],"role":"model"},"index":0)"))},
        .chatEnd = event(candidate(R"("}],"role":"model"},"finishReason":"STOP","index":0)")),
        .chatError = event(R"({"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}})"),
        .chatBadJson = event(R"({"candidates":[{)"),
        .chatWrongType = event(R"({"candidates":[{"content":"x"}]})"),
        .chatWhole = candidate(R"(Hello"}],"role":"model"},"finishReason":"STOP","index":0)"),
        .embeddings = R"({"embeddings":[{"values":[1,2]},{"values":[3,4]}]})",
        .info = R"({"name":"models/m","supportedGenerationMethods":["generateContent"]})",
        .models = R"({"models":[{"name":"models/m","supportedGenerationMethods":["generateContent"]}]})",
        .hasImageEmbeddings = true};
}

} // namespace diptych::test
