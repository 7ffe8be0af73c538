// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

namespace diptych {

/// Colours keys, texts and the rest of JSON, also in text that is only partly JSON (a request with its headers).
class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    /// Colours are taken from the application's palette; call it when that changed.
    void refresh() { rehighlight(); }

protected:
    void highlightBlock(const QString &text) override;
};

} // namespace diptych
