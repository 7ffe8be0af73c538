// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace diptych {

/// Replaces what is not valid UTF-8 by U+FFFD; leaves valid text alone without a copy.
void repairUtf8(QByteArray &text);

} // namespace diptych
