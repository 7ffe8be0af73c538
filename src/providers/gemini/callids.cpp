// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/callids.h"

namespace diptych::gemini {

namespace {

const QLatin1String prefix("local-");

} // namespace

QString makeCallId(const QString &responseId, int choice, int position)
{
    return QStringLiteral("%1%2-%3-%4").arg(prefix, responseId).arg(choice).arg(position);
}

bool isServersId(const QString &id)
{
    return !id.isEmpty() && !id.startsWith(prefix);
}

} // namespace diptych::gemini
