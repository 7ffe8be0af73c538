// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/extras.h"
#include "core/connectionoptions.h"
#include "core/secret.h"

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
    };
    Q_ENUM(Kind)

    /// How the credential travels.
    enum class Auth {
        None,
        Bearer, ///< Authorization: Bearer
        ApiKey, ///< api-key
        Both, ///< both at once, as the Azure SDKs do
    };
    Q_ENUM(Auth)

    QString id {}; ///< unique, stable; also the keychain entry's name
    QString name {}; ///< for people
    Kind kind = Kind::OpenAiCompatible;
    QUrl baseUrl {}; ///< without a trailing slash; routes are appended
    Auth auth = Auth::Bearer;
    Secret credential {};
    QString apiVersion {}; ///< empty: not sent
    QString defaultModel {}; ///< used when nothing else is chosen; may be empty
    HeaderList headers {}; ///< sent with every request
    ExtrasMode extrasMode = ExtrasMode::PassThrough; ///< for requests that do not choose
    ConnectionOptions connection {};
    bool operator==(const Endpoint &) const = default;

    /// The provider (wire format) that this kind speaks: "azure" or "openai".
    [[nodiscard]] QString provider() const;
};

[[nodiscard]] QString endpointKindName(Endpoint::Kind kind); ///< for people, e.g. "Azure AI Foundry"

} // namespace diptych

Q_DECLARE_METATYPE(diptych::Endpoint)
