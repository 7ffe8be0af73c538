// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/similarity.h"

#include <QByteArray>
#include <QStringList>

namespace diptych {

/// The matrix as CSV in UTF-8, with the labels as first row and column.
/// Source: RFC 4180 (CRLF, quotes doubled).
[[nodiscard]] QByteArray similarityCsv(const SquareMatrix &matrix, const QStringList &labels);

} // namespace diptych
