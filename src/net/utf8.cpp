// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/utf8.h"

#include <QString>

#include <simdjson.h>

namespace diptych {

void repairUtf8(QByteArray &text)
{
    if (!simdjson::validate_utf8(text.constData(), std::size_t(text.size())))
        text = QString::fromUtf8(text).toUtf8();
}

} // namespace diptych
