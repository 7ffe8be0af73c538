// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/extras.h"

namespace diptych {

QString extrasModeName(ExtrasMode mode)
{
    switch (mode) {
    case ExtrasMode::Error:
        return QStringLiteral("error");
    case ExtrasMode::Drop:
        return QStringLiteral("drop");
    case ExtrasMode::PassThrough:
        return QStringLiteral("pass-through");
    }
    return {};
}

std::optional<ExtrasMode> extrasModeFromName(QStringView name)
{
    if (name == u"error")
        return ExtrasMode::Error;
    if (name == u"drop" || name == u"ignore")
        return ExtrasMode::Drop;
    if (name == u"pass-through" || name == u"allow")
        return ExtrasMode::PassThrough;
    return std::nullopt;
}

} // namespace diptych
