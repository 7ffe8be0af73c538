// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diptych {

/// Text of a model as it may be shown: terminal controls become their visible pictures; NUL, bidirectional overrides,
/// lone surrogates and the characters that QTextDocument uses as markers become U+FFFD. Line ends become \n.
[[nodiscard]] QString inertText(QStringView text);

/// The same for a text that is shown with places in it: every UTF-16 unit stays one. A carriage return becomes its
/// picture.
[[nodiscard]] QString visibleText(QStringView text);

/// The character that an entity such as "&amp;" or "&#x41;" stands for, made inert; the entity itself if unknown.
[[nodiscard]] QString entityText(const QString &entity);

} // namespace diptych
