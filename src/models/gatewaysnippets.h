// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QUrl>

#include <vector>

namespace diptych {

/// A client library, in a language, that can be pointed at the gateway. Those of one library stand together.
enum class GatewayClient {
    AzurePython,
    AzureJavaScript,
    OpenAiPython,
    OpenAiJavaScript,
    AnthropicPython,
    AnthropicJavaScript,
    OllamaPython,
    OllamaJavaScript,
    Curl,
};

[[nodiscard]] std::vector<GatewayClient> gatewayClients();
/// For people: "Azure AI Inference, Python".
[[nodiscard]] QString gatewayClientName(GatewayClient client);
/// What stands in front of the snippet's file name, and in an editor's mind: "python", "javascript", "bash".
[[nodiscard]] QString gatewayClientLanguage(GatewayClient client);

/// Where a client library has to be pointed, for people and to be copied.
struct GatewayAddress {
    QString name {}; ///< "OpenAI"
    QString url {};
    bool operator==(const GatewayAddress &) const = default;
};
/// One for each family of clients. `base` is without a path.
[[nodiscard]] std::vector<GatewayAddress> gatewayAddresses(const QUrl &base);

/// The variable from which snippets read the key; it never stands in them.
inline constexpr QLatin1String gatewayKeyVariable {"DIPTYCH_KEY"};
/// A name that a client could ask for so that the route answers: a pattern's stars are replaced.
[[nodiscard]] QString exampleName(const QString &routeName);
/// A short program that asks the gateway one question. `base` is without a path.
[[nodiscard]] QString gatewaySnippet(GatewayClient client, const QUrl &base, const QString &model);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::GatewayClient)
