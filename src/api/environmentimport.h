// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpointurl.h"

#include <QProcessEnvironment>

namespace diptych {

/// An endpoint that environment variables describe, to be offered. The key is in the endpoint, never in a sentence.
struct EnvironmentProposal {
    EndpointProposal proposal {};
    QStringList variables {}; ///< whose values it was made of, that of the URL first
    bool operator==(const EnvironmentProposal &) const = default;
};

/// What an environment has to offer.
struct EnvironmentImport {
    std::vector<EnvironmentProposal> proposals {}; ///< each endpoint once, however many variables name it
    QStringList problems {}; ///< one sentence for each variable that is set and can not be used; never its value
    bool operator==(const EnvironmentImport &) const = default;
};

/// Reads the variables that the SDKs of the known services read: AZURE_AI_CHAT_ENDPOINT and _KEY, AZURE_INFERENCE_*,
/// AZURE_OPENAI_*, OPENAI_API_KEY, OPENAI_BASE_URL, OLLAMA_HOST and those of the descriptors. A placeholder such as
/// "your-key-here" counts as no key. Whether an equal endpoint exists already is the caller's question.
/// Source: samples of the Azure AI Inference SDKs, READMEs of the services' SDKs.
[[nodiscard]] EnvironmentImport importEnvironment(
    const QProcessEnvironment &environment, std::span<const ProviderDescriptor> descriptors);

} // namespace diptych
