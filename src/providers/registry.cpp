// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/registry.h"

#include "providers/azure/azureprovider.h"
#include "providers/openai/openaiprovider.h"

#include <QHash>

namespace diptych {

namespace {

using Maker = std::unique_ptr<Provider> (*)(const Endpoint &, HttpClient &);

template <typename P>
std::unique_ptr<Provider> make(const Endpoint &endpoint, HttpClient &client)
{
    return std::make_unique<P>(endpoint, client);
}

} // namespace

std::unique_ptr<Provider> makeProvider(const Endpoint &endpoint, HttpClient &client)
{
    static const QHash<QString, Maker> makers {
        {QStringLiteral("azure"), make<azure::AzureProvider>},
        {QStringLiteral("openai"), make<openai::OpenAiProvider>},
    };
    const Maker maker = makers.value(endpoint.provider());
    Q_ASSERT_X(maker, "makeProvider", "every name that Endpoint::provider() gives is listed here");
    return maker(endpoint, client);
}

} // namespace diptych
