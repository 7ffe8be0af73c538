// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <span>

namespace diptych::fuzz {

/// Something that reads what others wrote. It has to survive every input; what it must hold besides, it asserts.
struct Target {
    const char *name = ""; ///< also the folder of its corpus
    void (*run)(QByteArrayView input) = nullptr;
};

/// All of them.
[[nodiscard]] std::span<const Target> targets();

/// Null when there is none of that name.
[[nodiscard]] const Target *findTarget(QByteArrayView name);

} // namespace diptych::fuzz
