// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wireformat.h"

namespace diptych::test {

namespace {

QByteArray event(const char *json)
{
    return QByteArray("data: ") + json + "\n\n";
}

WireFormat openAiStyle()
{
    return {.name = "openai",
        .kind = Endpoint::Kind::OpenAiCompatible,
        .streamType = "text/event-stream",
        .chatPieces = {event(R"({"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Hel"}}]})"),
            event(R"({"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"lo"}}]})")},
        .chatEnd = event(R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})") + event("[DONE]"),
        .chatError = event(R"({"error":{"message":"overloaded","code":503}})"),
        .chatBadJson = event(R"({"choices":[{)"),
        .chatWrongType = event(R"({"choices":[{"delta":"x"}]})"),
        .chatWhole =
            R"({"id":"c","model":"m","choices":[{"index":0,"message":{"content":"Hello"},"finish_reason":"stop"}]})",
        .completionPieces = {event(R"({"choices":[{"text":"Hel"}]})"), event(R"({"choices":[{"text":"lo"}]})")},
        .completionEnd = event(R"({"choices":[{"text":"","finish_reason":"stop"}]})") + event("[DONE]"),
        .embeddings = R"({"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[3,4]}]})",
        .info = R"({"id":"m","object":"model"})",
        .models = R"({"object":"list","data":[{"id":"m"}]})"};
}

WireFormat azureStyle()
{
    WireFormat format = openAiStyle();
    format.name = "azure";
    format.kind = Endpoint::Kind::AzureCompatible;
    format.info = R"({"model_name":"m","model_type":"chat-completion","model_provider_name":"p"})";
    format.models = format.info;
    format.hasImageEmbeddings = true;
    return format;
}

WireFormat builtIn()
{
    WireFormat format = azureStyle();
    format.name = "built-in";
    format.kind = Endpoint::Kind::BuiltIn;
    format.models = openAiStyle().models;
    return format;
}

} // namespace

const std::vector<WireFormat> &wireFormats()
{
    static const std::vector<WireFormat> formats = [] {
        std::vector<WireFormat> all {azureStyle(), openAiStyle(), builtIn()};
        for (const WireFormat &format : nativeFormats())
            all.push_back(format);
        return all;
    }();
    return formats;
}

} // namespace diptych::test
