// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/endpoint.h"

#include <QCoreApplication>

namespace diptych {

QString Endpoint::provider() const
{
    switch (kind) {
    case Kind::AzureOpenAiDeployment:
    case Kind::AzureOpenAiV1:
    case Kind::OpenAiCompatible:
        return QStringLiteral("openai");
    case Kind::Native:
        return native;
    case Kind::AzureServerless:
    case Kind::AzureManaged:
    case Kind::AzureFoundry:
    case Kind::GitHubModels:
    case Kind::AzureCompatible:
    case Kind::BuiltIn:
        break;
    }
    return QStringLiteral("azure");
}

QString endpointKindName(Endpoint::Kind kind)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("diptych::Endpoint", source); };
    switch (kind) {
    case Endpoint::Kind::AzureServerless:
        return text("Azure serverless API");
    case Endpoint::Kind::AzureManaged:
        return text("Azure managed online endpoint");
    case Endpoint::Kind::AzureFoundry:
        return text("Azure AI Foundry (Model Inference)");
    case Endpoint::Kind::AzureOpenAiDeployment:
        return text("Azure OpenAI deployment");
    case Endpoint::Kind::AzureOpenAiV1:
        return text("Azure OpenAI v1");
    case Endpoint::Kind::GitHubModels:
        return text("GitHub Models (retired)");
    case Endpoint::Kind::AzureCompatible:
        return text("Azure AI Model Inference compatible");
    case Endpoint::Kind::OpenAiCompatible:
        return text("OpenAI-compatible");
    case Endpoint::Kind::BuiltIn:
        return text("Built-in");
    case Endpoint::Kind::Native:
        return text("Native");
    }
    return {};
}

} // namespace diptych
