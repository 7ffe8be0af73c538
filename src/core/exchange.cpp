// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange.h"

namespace diptych {

QByteArray headerValue(const HeaderList &headers, const QByteArray &name)
{
    for (const HeaderField &field : headers) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return field.value;
    }
    return {};
}

HeaderList headersWithout(HeaderList headers, const QByteArray &name)
{
    std::erase_if(
        headers, [&name](const HeaderField &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
    return headers;
}

} // namespace diptych
