// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <random>
#include <vector>

namespace diptych {

struct HostileSample {
    QByteArray name {};
    QString text {};
};

/// Markdown that is made to break a renderer: deep, long, unclosed, invisible. About `size` characters each.
[[nodiscard]] std::vector<HostileSample> hostileMarkdown(qsizetype size);
/// Fragments of Markdown, of text and of what is hostile, thrown together.
[[nodiscard]] QString randomMarkdown(std::mt19937 &random, int fragments);
/// The text in pieces of random length, of 1 to `longest` characters; also between surrogates.
[[nodiscard]] std::vector<QString> randomPieces(const QString &text, std::mt19937 &random, int longest);

} // namespace diptych
