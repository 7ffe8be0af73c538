// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logging.h"

namespace diptych {

Q_LOGGING_CATEGORY(logNet, "diptych.net", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "diptych.store", QtWarningMsg)

} // namespace diptych
