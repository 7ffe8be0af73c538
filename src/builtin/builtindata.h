// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace diptych {

/// Makes the resources of this layer (`:/guide`, `:/builtin`) available; cheap, may be called again.
void loadBuiltinData();
/// The bytes of a file under `:/builtin`, without copying them: they are read from the program's file as they are
/// touched. Empty when there is no such file.
[[nodiscard]] QByteArray builtinData(const QString &name);

} // namespace diptych
