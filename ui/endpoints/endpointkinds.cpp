// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointkinds.h"

#include "api/endpointurl.h"

#include <QComboBox>
#include <QCoreApplication>

namespace diptych {

namespace {

using Kind = Endpoint::Kind;

constexpr int nativeRole = Qt::UserRole + 1;

/// What follows the host in the base URL of a new endpoint.
QString usualPath(const Endpoint &endpoint, std::span<const ProviderDescriptor> descriptors)
{
    if (endpoint.kind == Kind::OpenAiCompatible)
        return QStringLiteral("/v1");
    const ProviderDescriptor *native = findDescriptor(descriptors, endpoint.native);
    return endpoint.kind == Kind::Native && native ? QUrl(native->baseUrl).path() : QString();
}

} // namespace

void fillKinds(QComboBox &box, std::span<const ProviderDescriptor> descriptors)
{
    box.addItem(endpointKindName(Kind::OpenAiCompatible), int(Kind::OpenAiCompatible));
    for (const ProviderDescriptor &descriptor : descriptors) {
        if (descriptor.baseUrl.isEmpty())
            continue;
        box.addItem(descriptor.displayName, int(Kind::Native));
        box.setItemData(box.count() - 1, descriptor.name, nativeRole);
    }
    box.insertSeparator(box.count());
    for (const auto kind : {Kind::AzureFoundry, Kind::AzureOpenAiV1, Kind::AzureOpenAiDeployment, Kind::AzureServerless,
             Kind::AzureManaged, Kind::AzureCompatible, Kind::GitHubModels})
        box.addItem(endpointKindName(kind), int(kind));
}

void chooseKind(QComboBox &box, const Endpoint &endpoint)
{
    for (int row = 0; row < box.count(); ++row) {
        const bool isSame = box.itemData(row).isValid() && box.itemData(row).toInt() == int(endpoint.kind);
        if (isSame && (endpoint.kind != Kind::Native || box.itemData(row, nativeRole).toString() == endpoint.native)) {
            box.setCurrentIndex(row);
            return;
        }
    }
}

void takeChosenKind(const QComboBox &box, Endpoint &endpoint)
{
    endpoint.kind = Kind(box.currentData().toInt());
    endpoint.native = box.currentData(nativeRole).toString();
}

QString kindTitle(const Endpoint &endpoint, std::span<const ProviderDescriptor> descriptors)
{
    const ProviderDescriptor *native = findDescriptor(descriptors, endpoint.native);
    return endpoint.kind == Kind::Native && native ? native->displayName : endpointKindName(endpoint.kind);
}

void fillVariants(QComboBox &box, const ProviderDescriptor *descriptor)
{
    box.clear();
    if (!descriptor || descriptor->variants.empty())
        return;
    box.addItem(QCoreApplication::translate("diptych::EndpointDialog", "found out by itself"), QString());
    for (const ServerVariant &variant : descriptor->variants)
        box.addItem(variant.displayName, variant.name);
}

Endpoint withDefaultsOfKind(
    Endpoint endpoint, const Endpoint &before, bool hasAddedPath, std::span<const ProviderDescriptor> descriptors)
{
    const ProviderDescriptor *native = findDescriptor(descriptors, endpoint.native);
    if (endpoint.kind == Kind::Native && native && endpoint.baseUrl.isEmpty())
        endpoint.baseUrl = QUrl(native->baseUrl);
    endpoint.auth = endpoint.kind == Kind::Native && native ? native->auth : defaultAuth(endpoint.kind);
    endpoint.apiVersion = defaultApiVersion(endpoint.kind);
    if (endpoint.provider() != before.provider())
        endpoint.variant.clear();
    // The prefix of one kind is not another's; a path that somebody typed stays.
    const bool isUsual = before.kind == Kind::Native && endpoint.baseUrl.path() == usualPath(before, descriptors);
    if (hasAddedPath || isUsual)
        endpoint.baseUrl.setPath(usualPath(endpoint, descriptors));
    return endpoint;
}

} // namespace diptych
