// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace diptych {

/// The tokens of the built-in models: words with the blanks before them, at most twelve letters a piece, and single
/// punctuation marks. The pieces joined give the text again; no character is cut in two.
[[nodiscard]] QStringList wordPieces(QStringView text);
/// How many pieces a text has, without making them.
[[nodiscard]] qint64 countWordPieces(QStringView text);

} // namespace diptych
