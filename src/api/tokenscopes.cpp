// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/tokenscopes.h"

#include <QCoreApplication>

namespace diptych {

namespace {

const QLatin1String cognitiveServices("https://cognitiveservices.azure.com/.default");
const QLatin1String machineLearning("https://ml.azure.com/.default");
const QLatin1String foundry("https://ai.azure.com/.default");

} // namespace

std::vector<TokenScope> tokenScopePresets()
{
    const auto text = [](const char *source) { return QCoreApplication::translate("diptych::TokenScope", source); };
    return {
        {cognitiveServices, text("Azure AI Foundry and Azure OpenAI")},
        {foundry, text("Azure OpenAI v1, since 2026")},
        {machineLearning, text("Managed online endpoints; the SDKs' default")},
    };
}

QString defaultTokenScope(Endpoint::Kind kind)
{
    switch (kind) {
    case Endpoint::Kind::AzureManaged:
        return machineLearning;
    case Endpoint::Kind::AzureOpenAiV1:
        return foundry;
    case Endpoint::Kind::AzureFoundry:
    case Endpoint::Kind::AzureOpenAiDeployment:
    case Endpoint::Kind::AzureServerless:
        return cognitiveServices;
    case Endpoint::Kind::GitHubModels:
    case Endpoint::Kind::AzureCompatible:
    case Endpoint::Kind::OpenAiCompatible:
    case Endpoint::Kind::BuiltIn:
    case Endpoint::Kind::Native:
        break;
    }
    return {};
}

QStringList tokenCommandPresets()
{
    return {QStringLiteral("az account get-access-token --scope {scope} --output json"),
        QStringLiteral("gcloud auth print-access-token")};
}

} // namespace diptych
