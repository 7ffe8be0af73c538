// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace diptych::test {

/// The files of a folder that end in `suffix`, with their paths, sorted.
[[nodiscard]] QStringList goldenInputs(const QString &folder, const QString &suffix);
[[nodiscard]] QByteArray contentOf(const QString &path);
/// Compares with the golden file; empty when equal. On a difference `<path>.actual` is written beside it and the answer
/// says how to look at it. With UPDATE_GOLDENS=1 in the environment the golden file is written instead.
[[nodiscard]] QString goldenDifference(const QString &path, const QJsonObject &actual);

} // namespace diptych::test
