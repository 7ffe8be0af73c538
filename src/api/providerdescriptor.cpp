// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/providerdescriptor.h"

#include <algorithm>

namespace diptych {

const ProviderDescriptor *findDescriptor(std::span<const ProviderDescriptor> descriptors, const QString &provider)
{
    const auto found = std::find_if(descriptors.begin(), descriptors.end(),
        [&provider](const ProviderDescriptor &descriptor) { return descriptor.name == provider; });
    return found == descriptors.end() ? nullptr : &*found;
}

Endpoint nativeEndpoint(const ProviderDescriptor &descriptor)
{
    return {.name = descriptor.displayName,
        .kind = Endpoint::Kind::Native,
        .native = descriptor.name,
        .baseUrl = QUrl(descriptor.baseUrl),
        .auth = descriptor.auth};
}

} // namespace diptych
