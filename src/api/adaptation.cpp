// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/adaptation.h"

namespace diptych {

QString adaptationName(Adaptation adaptation)
{
    return adaptation == Adaptation::Strict ? QStringLiteral("strict") : QStringLiteral("adapt");
}

std::optional<Adaptation> adaptationFromName(QStringView name)
{
    for (const Adaptation adaptation : {Adaptation::Strict, Adaptation::Adapt}) {
        if (adaptationName(adaptation).compare(name, Qt::CaseInsensitive) == 0)
            return adaptation;
    }
    return std::nullopt;
}

} // namespace diptych
