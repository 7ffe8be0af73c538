// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/adaptation.h"
#include "api/extras.h"
#include "core/connectionoptions.h"
#include "core/secret.h"

#include <QJsonObject>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QUrl>

namespace diptych {

/// A connection: where a provider is and how to talk to it. The credential is held here only in memory; it is stored
/// in the keychain under the endpoint's id.
struct Endpoint {
    Q_GADGET
public:
    /// What stands behind the base URL; decides routes and defaults.
    /// Source: the endpoint kinds of Azure AI Foundry and the usual compatible servers.
    enum class Kind {
        AzureServerless, ///< https://<name>.<region>.models.ai.azure.com
        AzureManaged, ///< https://<name>.<region>.inference.ml.azure.com
        AzureFoundry, ///< https://<resource>.services.ai.azure.com/models
        AzureOpenAiDeployment, ///< …/openai/deployments/<name>
        AzureOpenAiV1, ///< …/openai/v1
        GitHubModels, ///< https://models.github.ai/inference (retired; compatible gateways remain)
        AzureCompatible, ///< any other server of the Azure AI Model Inference API
        OpenAiCompatible, ///< OpenAI v1 and everything that imitates it
        BuiltIn, ///< the models inside Diptych, over loopback
        Native, ///< a provider's own API; `native` names it
    };
    Q_ENUM(Kind)

    /// How the credential travels.
    enum class Auth {
        None,
        Bearer, ///< Authorization: Bearer
        ApiKey, ///< api-key; for Kind::Native the header of the provider's descriptor
        Both, ///< both at once, as the Azure SDKs do
    };
    Q_ENUM(Auth)

    QString id {}; ///< unique, stable; also the keychain entry's name
    QString name {}; ///< for people
    Kind kind = Kind::OpenAiCompatible;
    QString native {}; ///< with Kind::Native the provider's name: "ollama", "anthropic", "gemini", "cohere"
    QString variant {}; ///< which of the servers that speak this format it is, e.g. "llamacpp"; empty: found out
    QUrl baseUrl {}; ///< without a trailing slash; routes are appended
    Auth auth = Auth::Bearer;
    Secret credential {};
    /// A program and its arguments that print a token, run without a shell before the first request and again when the
    /// token has expired; {scope} is replaced by `tokenScope`. Used instead of `credential` when not empty.
    QString tokenCommand {};
    QString tokenScope {}; ///< of a Microsoft Entra token, e.g. https://cognitiveservices.azure.com/.default
    QString apiVersion {}; ///< empty: not sent
    QString defaultModel {}; ///< used when nothing else is chosen; may be empty
    HeaderList headers {}; ///< sent with every request
    ExtrasMode extrasMode = ExtrasMode::PassThrough; ///< for requests that do not choose
    Adaptation adaptation = Adaptation::Adapt; ///< for what does not map to this wire format
    QJsonObject extras {}; ///< sent with every request, unless overridden by those of the model or of the request
    QMap<QString, QJsonObject> modelExtras {}; ///< the same for one model
    ConnectionOptions connection {};
    bool operator==(const Endpoint &) const = default;

    /// The provider (wire format) that this kind speaks: "azure", "openai", or the value of `native`.
    [[nodiscard]] QString provider() const;
};

[[nodiscard]] QString endpointKindName(Endpoint::Kind kind); ///< for people, e.g. "Azure AI Foundry"

} // namespace diptych

Q_DECLARE_METATYPE(diptych::Endpoint)
