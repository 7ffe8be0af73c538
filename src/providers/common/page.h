// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diptych {

/// One page of a list.
template <typename Item>
struct Page {
    std::vector<Item> items {};
    QString next {}; ///< what asks for the next one; empty: this is the last
};

} // namespace diptych
