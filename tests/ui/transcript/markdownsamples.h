// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diptych {

struct MarkdownSample {
    const char *name = nullptr;
    QString text {};
};

/// Texts as models write them, and their unhappy cousins.
std::vector<MarkdownSample> markdownSamples();
/// About `size` characters of mixed Markdown: headings, paragraphs, lists, code, tables.
QString longMarkdown(qsizetype size);

} // namespace diptych
