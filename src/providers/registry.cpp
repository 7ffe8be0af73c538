// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/registry.h"

#include "providers/anthropic/anthropicprovider.h"
#include "providers/azure/azureprovider.h"
#include "providers/cohere/cohereprovider.h"
#include "providers/gemini/geminiprovider.h"
#include "providers/ollama/ollamaprovider.h"
#include "providers/openai/openaiprovider.h"

#include <array>

namespace diptych {

namespace {

struct Entry {
    ProviderDescriptor (*describe)() = nullptr;
    std::unique_ptr<Provider> (*make)(const Endpoint &, HttpClient &) = nullptr;
};

template <typename P>
constexpr Entry entry()
{
    return {P::describe, [](const Endpoint &endpoint, HttpClient &client) -> std::unique_ptr<Provider> {
                return std::make_unique<P>(endpoint, client);
            }};
}

// A provider is one folder and one line here.
constexpr std::array entries {
    entry<azure::AzureProvider>(),
    entry<openai::OpenAiProvider>(),
    entry<ollama::OllamaProvider>(),
    entry<anthropic::AnthropicProvider>(),
    entry<gemini::GeminiProvider>(),
    entry<cohere::CohereProvider>(),
};

} // namespace

const std::vector<ProviderDescriptor> &providerDescriptors()
{
    static const std::vector<ProviderDescriptor> descriptors = [] {
        std::vector<ProviderDescriptor> all;
        for (const Entry &entry : entries)
            all.push_back(entry.describe());
        return all;
    }();
    return descriptors;
}

std::unique_ptr<Provider> makeProvider(const Endpoint &endpoint, HttpClient &client)
{
    const std::vector<ProviderDescriptor> &descriptors = providerDescriptors();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (descriptors[i].name == endpoint.provider())
            return entries[i].make(endpoint, client);
    }
    return nullptr;
}

} // namespace diptych
