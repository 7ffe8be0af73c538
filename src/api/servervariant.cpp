// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/servervariant.h"

#include "api/endpointurl.h"

#include <algorithm>

namespace diptych {

namespace {

template <typename Predicate>
const ServerVariant *firstVariant(const ProviderDescriptor &descriptor, Predicate predicate)
{
    const auto found = std::find_if(descriptor.variants.begin(), descriptor.variants.end(), predicate);
    return found == descriptor.variants.end() ? nullptr : &*found;
}

QString nameOf(const ServerVariant *variant)
{
    return variant ? variant->name : QString();
}

} // namespace

const ServerVariant *findVariant(const ProviderDescriptor &descriptor, const QString &name)
{
    return firstVariant(descriptor, [&name](const ServerVariant &variant) { return variant.name == name; });
}

QString certainVariant(const ProviderDescriptor &descriptor, const Endpoint &endpoint)
{
    if (!endpoint.variant.isEmpty())
        return endpoint.variant;
    const QString host = endpoint.baseUrl.host();
    return nameOf(
        firstVariant(descriptor, [&host](const ServerVariant &variant) { return variant.hosts.contains(host); }));
}

QString variantOf(
    const ProviderDescriptor &descriptor, const Endpoint &endpoint, const std::vector<ModelDescription> &models)
{
    const QString certain = certainVariant(descriptor, endpoint);
    if (!certain.isEmpty())
        return certain;
    for (const ModelDescription &model : models) {
        const auto owns = [&model](const ServerVariant &variant) { return variant.ownedBy.contains(model.ownedBy); };
        if (const ServerVariant *variant = firstVariant(descriptor, owns))
            return variant->name;
    }
    const int port = endpoint.baseUrl.port();
    if (port <= 0 || !isNearbyHost(endpoint.baseUrl.host()))
        return {};
    return nameOf(firstVariant(descriptor, [port](const ServerVariant &variant) { return variant.localPort == port; }));
}

} // namespace diptych
