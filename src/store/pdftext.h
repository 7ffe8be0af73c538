// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace diptych {

/// The words of a PDF.
struct PdfText {
    QString text {}; ///< pages one after the other, a blank line between them
    int pages = 0; ///< that the document has
    int readPages = 0; ///< less than `pages` when the text became too long
    bool operator==(const PdfText &) const = default;
};

/// Takes its time with long documents: not for the window's thread. `isStopped` is asked before each page.
/// Errors: InvalidRequest when the document is damaged, asks for a password, or has pages but no words (a scan);
/// Cancelled.
[[nodiscard]] Result<PdfText> pdfText(
    const QByteArray &pdf, qsizetype maxCharacters, const std::function<bool()> &isStopped = {});

} // namespace diptych
