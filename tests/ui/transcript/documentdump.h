// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>

namespace diptych {

/// Everything of a document that a reader can see, as text: a line per block with its layout, its text and its formats.
QString documentDump(const QTextDocument &document);

} // namespace diptych
